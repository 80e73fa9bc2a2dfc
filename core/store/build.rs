//! Writes the table of how each Chinese character is read, for `src/search/readings.rs`.
//!
//! The crate `pinyin` has its tables with each reading in five spellings, and a row for every character in each of two arrays:
//! 560 kB in a phone's library, and its relocations. Of that only the readings without tones are asked for: 190 kB.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

use pinyin::ToPinyinMulti as _;

/// Holes in the table up to this many characters are filled with "no reading", which costs less than another run.
const HOLE_MAX: u32 = 64;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let mut texts: Vec<String> = vec![String::new()];
    let mut known: BTreeMap<String, u16> = BTreeMap::from([(String::new(), 0)]);
    let mut runs: Vec<(u32, Vec<u16>)> = Vec::new();
    for (code, readings) in all_readings() {
        let place = match known.get(&readings) {
            Some(place) => *place,
            None => {
                let place = u16::try_from(texts.len()).map_err(io::Error::other)?;
                known.insert(readings.clone(), place);
                texts.push(readings);
                place
            }
        };
        match runs.last_mut() {
            Some((start, places)) if code - *start < places.len() as u32 + HOLE_MAX => {
                places.resize((code - *start) as usize, 0);
                places.push(place);
            }
            _ => runs.push((code, vec![place])),
        }
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(PathBuf::from(out).join("readings.rs"), source(&texts, &runs)?)
}

/// Every character that has readings, with these: distinct, without tones, the likeliest first, parted by spaces.
fn all_readings() -> impl Iterator<Item = (u32, String)> {
    (0..=u32::from(char::MAX)).filter_map(|code| {
        let mut found: Vec<&str> = Vec::new();
        for reading in char::from_u32(code)?.to_pinyin_multi()? {
            if !found.contains(&reading.plain()) {
                found.push(reading.plain());
            }
        }
        Some((code, found.join(" ")))
    })
}

fn source(texts: &[String], runs: &[(u32, Vec<u16>)]) -> io::Result<String> {
    let mut at = 0;
    let mut ends = Vec::new();
    for text in texts {
        at += text.len();
        ends.push(u16::try_from(at).map_err(io::Error::other)?);
    }
    let mut source = String::new();
    let mut row = |line: std::fmt::Arguments<'_>| source.write_fmt(line).map_err(io::Error::other);
    row(format_args!("static TEXT: &str = {:?};\n", texts.concat()))?;
    row(format_args!("static TEXT_ENDS: &[u16] = &{ends:?};\n"))?;
    row(format_args!("static RUNS: &[(char, &[u16])] = &[\n"))?;
    for (start, places) in runs {
        row(format_args!("    ('\\u{{{start:x}}}', &{places:?}),\n"))?;
    }
    row(format_args!("];\n"))?;
    Ok(source)
}
