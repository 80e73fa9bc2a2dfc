//! Cutting text into the words it can be found by.

/// Whether a character is written without spaces between words.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Wide letters and digits as their usual forms, capitals as small ones.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        })
        .flat_map(char::to_lowercase)
}

/// A stretch of one sort of characters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// Chinese.
    Han(Vec<char>),
    /// A word or number of anything else.
    Word(String),
}

/// The runs of a text, in order; what is neither letter nor digit only parts them.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut parted = true;
    for c in folded(text) {
        if is_han(c) {
            match runs.last_mut() {
                Some(Run::Han(run)) if !parted => run.push(c),
                _ => runs.push(Run::Han(vec![c])),
            }
        } else if c.is_alphanumeric() {
            match runs.last_mut() {
                Some(Run::Word(run)) if !parted => run.push(c),
                _ => runs.push(Run::Word(c.to_string())),
            }
        } else {
            parted = true;
            continue;
        }
        parted = false;
    }
    runs
}

/// What a text is indexed under, parted by spaces: each pair of neighbours in Chinese and the last character of a run (so that
/// every character begins something), and words and numbers whole.
pub(crate) fn indexed(text: &str, out: &mut String) {
    for run in runs(text) {
        match run {
            Run::Han(run) => {
                for pair in run.windows(2) {
                    out.extend(pair);
                    out.push(' ');
                }
                out.extend(run.last());
            }
            Run::Word(word) => out.push_str(&word),
        }
        out.push(' ');
    }
}

/// A word that must be there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// It, or
    pub text: String,
    /// something that begins with it.
    pub is_prefix: bool,
}

/// What must be found for a question.
pub(crate) fn asked(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for run in runs(text) {
        match run {
            Run::Han(run) if run.len() == 1 => terms.push(Term { text: run.into_iter().collect(), is_prefix: true }),
            Run::Han(run) => {
                terms.extend(run.windows(2).map(|pair| Term { text: pair.iter().collect(), is_prefix: false }));
            }
            Run::Word(word) => terms.push(Term { text: word, is_prefix: true }),
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut out = String::new();
        indexed(text, &mut out);
        out
    }

    #[test]
    fn chinese_is_cut_into_pairs_and_the_rest_into_words() {
        assert_eq!(cut("消防安全，3幢"), "消防 防安 安全 全 3 幢 ");
        assert_eq!(cut("ＡＢｃ App-2026"), "abc app 2026 ");
    }

    #[test]
    fn a_single_character_asks_for_whatever_begins_with_it() {
        assert_eq!(asked("全"), [Term { text: "全".into(), is_prefix: true }]);
        assert_eq!(asked("安全").len(), 1);
        assert!(asked(" ，\"*").is_empty());
    }
}
