//! Names by how they sound: full pinyin, the beginning of it, initials; every reading of a character that has several.

use std::collections::BTreeSet;

use super::readings;
use super::words::{self, Run};

/// Characters whose reading as a family name is another than elsewhere. The table of readings has most; this has all.
const FAMILY_NAMES: &[(&str, &[&str])] = &[
    ("尉迟", &["yu", "chi"]),
    ("长孙", &["zhang", "sun"]),
    ("万俟", &["mo", "qi"]),
    ("单于", &["chan", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("宰父", &["zai", "fu"]),
    ("亓官", &["qi", "guan"]),
    ("令狐", &["ling", "hu"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("解", &["xie"]),
    ("仇", &["qiu"]),
    ("查", &["zha"]),
    ("区", &["ou"]),
    ("任", &["ren"]),
    ("朴", &["piao"]),
    ("盖", &["ge"]),
    ("尉", &["wei"]),
    ("缪", &["miao"]),
    ("乐", &["yue"]),
    ("召", &["shao"]),
    ("黑", &["he"]),
    ("洗", &["xian"]),
    ("冼", &["xian"]),
    ("晁", &["chao"]),
    ("覃", &["qin"]),
    ("逄", &["pang"]),
    ("繁", &["po"]),
    ("秘", &["bi"]),
    ("种", &["chong"]),
    ("员", &["yun"]),
    ("訾", &["zi"]),
    ("祭", &["zhai"]),
    ("翟", &["zhai"]),
    ("折", &["she"]),
    ("那", &["na"]),
    ("纪", &["ji"]),
    ("宓", &["mi"]),
    ("哈", &["ha"]),
    ("撒", &["sa"]),
    ("能", &["nai"]),
    ("过", &["guo"]),
    ("句", &["gou"]),
    ("佴", &["nai"]),
    ("牟", &["mu"]),
    ("莘", &["shen"]),
    ("隗", &["wei", "kui"]),
];
/// Readings of one character that are kept, the usual ones.
const EACH_MAX: usize = 4;
/// Readings of a whole name that are kept.
const READINGS_MAX: usize = 36;
/// Characters of a name or of the name of an org that are read together.
const TOGETHER_MAX: usize = 8;

/// Adds a reading, unless it is there.
fn add(reading: &str, to: &mut Vec<String>) {
    // ü is typed as v or as u.
    let typed = if reading.contains('ü') {
        vec![reading.replace('ü', "v"), reading.replace('ü', "u")]
    } else {
        vec![reading.to_owned()]
    };
    for reading in typed {
        if !to.contains(&reading) {
            to.push(reading);
        }
    }
}

/// Each character of a name with its readings, the likeliest first; one that is no Chinese reads as itself.
fn readings(name: &[char]) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new(); name.len()];
    for (family, special) in FAMILY_NAMES {
        let family: Vec<char> = family.chars().collect();
        if !name.starts_with(&family) {
            continue;
        }
        if family.len() == special.len() {
            for (place, reading) in all.iter_mut().zip(*special) {
                add(reading, place);
            }
        } else if let Some(place) = all.first_mut() {
            special.iter().for_each(|reading| add(reading, place));
        }
    }
    for (place, c) in all.iter_mut().zip(name) {
        readings::of(*c).for_each(|reading| add(reading, place));
        if !words::is_han(*c) {
            add(&c.to_string(), place);
        }
        place.truncate(EACH_MAX);
    }
    all
}

/// Every way to read characters in a row, the likeliest first, at most [`READINGS_MAX`].
fn ways(readings: &[Vec<String>]) -> Vec<Vec<&str>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![]];
    for place in readings.iter().filter(|place| !place.is_empty()) {
        let longer = place
            .iter()
            .flat_map(|reading| ways.iter().map(|way| way.iter().copied().chain([reading.as_str()]).collect::<Vec<_>>()));
        ways = longer.take(READINGS_MAX).collect();
    }
    ways
}

/// What a name is indexed under by sound, parted by spaces: from each of its characters on, the full reading and the initials.
pub(crate) fn indexed(name: &str, out: &mut String) {
    for run in words::runs(name) {
        let Run::Han(run) = run else { continue };
        let readings = readings(&run);
        let mut found = BTreeSet::new();
        for start in 0..run.len() {
            for way in ways(&readings[start..run.len().min(start + TOGETHER_MAX)]) {
                found.insert(way.concat());
                found.insert(way.iter().filter_map(|reading| reading.chars().next()).collect());
            }
        }
        for word in found {
            out.push_str(&word);
            out.push(' ');
        }
    }
}

/// Letters without the marks of tones.
fn toneless(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        _ => c,
    }
}

/// How the index is asked for a member's name; `None` where there is nothing to look for.
///
/// Syllables may be parted or not, with tones or without: `zhāng wěi`, `zhangwei`, `zhangw`, `zw` all find 张伟, and so does 张wei.
pub(crate) fn question(text: &str) -> Option<String> {
    let mut parts = vec![format!("kind : \"k{}\"", haitang_domain::Kind::Member as u8)];
    let mut letters = String::new();
    for run in words::runs(text) {
        match run {
            Run::Han(run) if run.len() == 1 => parts.push(format!("word : \"{}\" *", run[0])),
            Run::Han(run) => {
                let pairs = run.windows(2).map(|pair| format!("word : \"{}{}\"", pair[0], pair[1]));
                parts.extend(pairs);
            }
            Run::Word(word) if word.starts_with(|c: char| c.is_ascii_digit()) => parts.push(format!("word : \"{word}\" *")),
            Run::Word(word) => letters.extend(word.chars().map(toneless)),
        }
    }
    if !letters.is_empty() {
        parts.push(format!("(pinyin : \"{letters}\" * OR word : \"{letters}\" *)"));
    }
    (parts.len() > 1).then(|| parts.join(" AND "))
}

/// How far a name is from what was asked for: 0 for the very name or its whole reading, then names that begin so, then the rest.
pub(crate) fn distance(name: &str, asked: &str) -> u8 {
    let asked: String = words::runs(asked)
        .into_iter()
        .map(|run| match run {
            Run::Han(run) => run.into_iter().collect(),
            Run::Word(word) => word.chars().map(toneless).collect::<String>(),
        })
        .collect();
    if name == asked {
        return 0;
    }
    let chars: Vec<char> = name.chars().collect();
    let readings = readings(&chars);
    let ways = ways(&readings[..chars.len().min(TOGETHER_MAX)]);
    let full = |way: &Vec<&str>| way.concat();
    let initials = |way: &Vec<&str>| way.iter().filter_map(|reading| reading.chars().next()).collect::<String>();
    if ways.iter().any(|way| full(way) == asked || initials(way) == asked) {
        1
    } else if name.starts_with(&asked)
        || ways.iter().any(|way| full(way).starts_with(&asked) || initials(way).starts_with(&asked))
    {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(name: &str) -> Vec<String> {
        let mut out = String::new();
        indexed(name, &mut out);
        out.split_whitespace().map(ToOwned::to_owned).collect()
    }

    fn has(name: &str, sound: &str) -> bool {
        sounds(name).iter().any(|found| found == sound)
    }

    #[test]
    fn a_family_name_is_read_as_one() {
        for (name, sound) in [
            ("单雪梅", "shanxuemei"),
            ("曾国强", "zengguoqiang"),
            ("解晓东", "xiexiaodong"),
            ("仇和", "qiuhe"),
            ("查良镛", "zhaliangyong"),
            ("区志航", "ouzhihang"),
            ("尉迟恭", "yuchigong"),
            ("万俟洛", "moqiluo"),
            ("长孙无忌", "zhangsunwuji"),
            ("盖叫天", "gejiaotian"),
            ("朴树", "piaoshu"),
            ("乐毅", "yueyi"),
        ] {
            assert!(has(name, sound), "{name}: {:?}", sounds(name));
        }
        assert!(has("单雪梅", "danxuemei"), "whoever does not know finds it too");
    }

    #[test]
    fn any_part_of_a_name_can_be_typed_in_full_or_by_initials() {
        for sound in ["zhangwei", "wei", "zw", "w"] {
            assert!(has("张伟", sound), "{sound}");
        }
        assert!(has("吕梁", "lvliang") && has("吕梁", "luliang"), "{:?}", sounds("吕梁"));
    }

    #[test]
    fn a_long_name_of_many_readings_stays_small() {
        assert!(sounds("重庆行长单曾解仇乐朴查区").join(" ").len() < 12_000);
    }
}
