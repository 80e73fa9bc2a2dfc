//! What is printed: JSON for programs, tables and sentences for people.

use std::collections::BTreeMap;
use std::io::Write as _;

use comfy_table::{Table, presets};
use haitang_app::AppError;
use haitang_app::domain::{Timestamp, Zone};
use serde::Serialize;
use serde_json::{Value, json};

use crate::words::{Language, sentence, word};

/// Columns that hold moments, in milliseconds.
const TIMES: [&str; 5] = ["starts", "due", "held", "made", "last_contact"];

/// What a command has to say.
#[derive(Debug)]
pub struct Output {
    json: Value,
    text: String,
}

impl Output {
    /// A sentence, and the values in it.
    pub fn done(language: Language, key: &str, values: &[(&str, &str)], json: Value) -> Self {
        let values: BTreeMap<_, _> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { json, text: sentence(language, key, &values) }
    }

    /// Several lines and what they were made of.
    pub fn text(text: String, json: &impl Serialize) -> Result<Self, AppError> {
        Ok(Self { json: to_json(json)?, text })
    }

    /// A table of the named columns, which are fields of the JSON.
    pub fn list(language: Language, items: &impl Serialize, columns: &[&str]) -> Result<Self, AppError> {
        let json = to_json(items)?;
        let rows = json.as_array().cloned().unwrap_or_default();
        if rows.is_empty() {
            return Ok(Self { json, text: word(language, "empty").to_owned() });
        }
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.set_header(columns.iter().map(|column| word(language, &format!("column.{column}")).to_owned()));
        for row in &rows {
            table.add_row(columns.iter().map(|column| cell(language, column, &row[*column])));
        }
        Ok(Self { json, text: table.to_string() })
    }

    /// Prints it.
    pub fn print(&self, as_json: bool) {
        let text = if as_json { self.json.to_string() } else { self.text.clone() };
        // Whoever reads may have read enough and gone: that is no error of this program.
        let _ = writeln!(std::io::stdout(), "{text}");
    }
}

fn to_json(value: &impl Serialize) -> Result<Value, AppError> {
    serde_json::to_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

fn cell(language: Language, column: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(code) => {
            let key = format!("{column}.{code}");
            let said = word(language, &key);
            if said == key { code.clone() } else { said.to_owned() }
        }
        Value::Number(number) if TIMES.contains(&column) => {
            number.as_i64().map_or_else(String::new, |ms| Zone::CHINA.format(Timestamp::from_millis(ms)))
        }
        Value::Bool(yes) => if *yes { "✓" } else { "" }.to_owned(),
        Value::Array(items) => items.iter().map(|item| cell(language, column, item)).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// The sentence for an error.
pub fn explain(error: &AppError, language: Language) -> String {
    // A request that failed as a whole and a refusal may share a code and mean different things.
    let room = if matches!(error, AppError::Server(_)) { "problem" } else { "error" };
    let key = format!("{room}.{}", error.code());
    let values = match error {
        AppError::Refused(refusal) => refusal.values.clone(),
        AppError::Server(problem) => problem_values(problem),
        AppError::BadInput(text) => BTreeMap::from([("detail".to_owned(), text.clone())]),
        _ => BTreeMap::new(),
    };
    let text = sentence(language, &key, &values);
    // A code without a sentence of its own keeps the programmer's text.
    if text == key { error.to_string() } else { text }
}

fn problem_values(problem: &haitang_app::Problem) -> BTreeMap<String, String> {
    problem.values.clone()
}

/// Prints an error where errors go.
pub fn print_error(error: &AppError, language: Language, as_json: bool) {
    let message = explain(error, language);
    if as_json {
        let values = if let AppError::Refused(refusal) = error { json!(refusal.values) } else { json!({}) };
        eprintln!("{}", json!({ "error": { "code": error.code(), "values": values, "message": message } }));
    } else {
        eprintln!("{message}");
    }
}
