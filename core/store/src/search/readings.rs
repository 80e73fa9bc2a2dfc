//! How a Chinese character is read: the table that `build.rs` writes.

// TEXT: all lists of readings behind one another, those of a list parted by spaces; TEXT_ENDS: where each list ends;
// RUNS: for characters that follow one another, from the first on, which list each has. List 0 is empty.
include!(concat!(env!("OUT_DIR"), "/readings.rs"));

/// The readings of `c` without tones, with ü as such, the likeliest first; none for what is no Chinese character.
pub(super) fn of(c: char) -> impl Iterator<Item = &'static str> {
    list(c).unwrap_or_default().split_ascii_whitespace()
}

fn list(c: char) -> Option<&'static str> {
    let (start, places) = RUNS.get(RUNS.partition_point(|(start, _)| *start <= c).checked_sub(1)?)?;
    let place = usize::from(*places.get((u32::from(c) - u32::from(*start)) as usize)?);
    let begin = TEXT_ENDS.get(place.checked_sub(1)?)?;
    TEXT.get(usize::from(*begin)..usize::from(*TEXT_ENDS.get(place)?))
}

#[cfg(test)]
mod tests {
    use pinyin::ToPinyinMulti as _;

    #[test]
    fn every_character_is_read_as_the_source_of_the_table_has_it() {
        let mut with_readings = 0;
        for c in '\0'..=char::MAX {
            let mut expected: Vec<&str> = Vec::new();
            for reading in c.to_pinyin_multi().into_iter().flatten() {
                if !expected.contains(&reading.plain()) {
                    expected.push(reading.plain());
                }
            }
            with_readings += usize::from(!expected.is_empty());
            assert_eq!(super::of(c).collect::<Vec<_>>(), expected, "{c}");
        }
        assert!(with_readings > 40_000, "{with_readings}");
    }

    #[test]
    fn the_likeliest_reading_comes_first() {
        for (c, readings) in [('重', vec!["zhong", "chong", "tong"]), ('吕', vec!["lü"]), ('a', vec![]), ('\u{0}', vec![])] {
            assert_eq!(super::of(c).collect::<Vec<_>>(), readings, "{c}");
        }
    }
}
