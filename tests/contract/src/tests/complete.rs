//! Nothing that travels is without a golden file.

use std::collections::BTreeSet;

use haitang_domain::Kind;
use haitang_protocol::frame;

use super::path;
use crate::samples::problems;

/// Golden files in a folder, less their ending.
fn files(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(path(folder)).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    names.filter_map(|name| name.strip_suffix(ending).map(ToOwned::to_owned)).collect()
}

#[test]
fn every_kind_of_frame_has_a_golden_file() {
    let hex = |name: &str| hex::decode(std::fs::read_to_string(path(name)).expect("reads").trim()).expect("hexadecimal");
    let files: Vec<_> = files("", ".hex").iter().map(|name| hex(&format!("{name}.hex"))).collect();
    let shown: BTreeSet<u8> = files.iter().filter_map(|bytes| frame::only(bytes).ok()).map(|frame| frame.kind as u8).collect();
    // A frame is well whatever its kind, as long as there is such a kind.
    let with_kind = |number: u8| {
        let mut bytes = hex("end.hex");
        bytes[3] = number;
        frame::only(&bytes).is_ok()
    };
    let known: BTreeSet<u8> = (0..=u8::MAX).filter(|number| with_kind(*number)).collect();
    assert!(known.len() >= 6, "{known:?}");
    assert_eq!(shown, known);
}

#[test]
fn every_code_of_a_problem_has_a_golden_file() {
    let known: BTreeSet<String> = problems::names().into_iter().collect();
    assert!(known.len() >= 21, "{known:?}");
    assert_eq!(files("problems", ".json"), known);
}

#[test]
fn every_kind_of_record_has_a_golden_file() {
    let known: BTreeSet<String> = Kind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
    assert_eq!(files("bodies", ".hex"), known);
}
