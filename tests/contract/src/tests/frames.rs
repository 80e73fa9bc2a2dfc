//! Frames: what is inside stays as it was, and whatever is cut or damaged is declined or means the same.

use haitang_protocol::frame::{self, Frame, FrameError, FrameKind};
use haitang_protocol::pull::{End, Head, Page, Pull};
use haitang_protocol::push::{Push, PushAnswer};
use minicbor::Encode;
use minicbor::encode::{Encoder, Error, Write};

use super::{flips, golden, prefixes};
use crate::samples;

/// CBOR that goes into a frame as it is, good or bad.
struct Raw<'a>(&'a [u8]);

impl Encode<()> for Raw<'_> {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, (): &mut ()) -> Result<(), Error<W::Error>> {
        e.writer_mut().write_all(self.0).map_err(Error::write)
    }
}

fn packed(kind: FrameKind, cbor: &[u8]) -> Frame {
    frame::only(&frame::to_vec(kind, &Raw(cbor)).expect("packs")).expect("a frame")
}

/// Holds one golden frame against its sample. `same` reads a frame and says whether it is the sample.
fn check<T: Encode<()>>(name: &str, kind: FrameKind, sample: &T, same: impl Fn(&Frame) -> Result<bool, FrameError>) {
    let bytes = golden(name, &frame::to_vec(kind, sample).expect("packs"));
    let whole = frame::only(&bytes).expect("a frame");
    assert_eq!(whole.kind, kind, "{name}");
    assert_eq!(same(&whole), Ok(true), "{name} reads as what it was");
    let cbor = minicbor::to_vec(sample).expect("writes");
    assert_eq!(whole.payload(), cbor, "{name}: the CBOR inside is what it was");

    for cut in prefixes(&bytes) {
        assert_eq!(frame::only(cut).err(), Some(FrameError::Truncated), "{name} cut after {} bytes", cut.len());
    }
    for damaged in flips(&bytes) {
        match frame::only(&damaged) {
            // Another kind is no damage that a frame could tell; whoever reads it expects one kind.
            Ok(read) if read.kind != kind => assert!(matches!(same(&read), Err(FrameError::WrongKind { .. })), "{name}"),
            // Damage that zstd itself does not mind changes nothing that is meant.
            Ok(read) => assert_eq!(read.payload(), cbor, "{name} damaged and believed"),
            Err(_) => {}
        }
    }
    // What a hostile sender packs well and fills badly.
    for cut in prefixes(&cbor) {
        let read = same(&packed(kind, cut));
        assert!(matches!(read, Err(FrameError::Unreadable(_))), "{name} filled with {} bytes: {read:?}", cut.len());
    }
    for damaged in flips(&cbor) {
        let read = same(&packed(kind, &damaged));
        assert!(matches!(read, Ok(_) | Err(FrameError::Unreadable(_))), "{name}: {read:?}");
    }
}

#[test]
fn a_push_is_what_it_was() {
    let same = |frame: &Frame| Ok(frame.read::<Push>(FrameKind::Push)? == samples::push());
    check("push.hex", FrameKind::Push, &samples::push(), same);
}

#[test]
fn the_answer_to_a_push_is_what_it_was() {
    let same = |frame: &Frame| {
        let read: PushAnswer = frame.read(FrameKind::PushAnswer)?;
        // A refusal that cannot be read is a refusal still.
        assert!(read.answers.iter().all(|answer| answer.refusal().is_some() == answer.refusal.is_some()));
        Ok(read == samples::push_answer())
    };
    check("push_answer.hex", FrameKind::PushAnswer, &samples::push_answer(), same);
}

#[test]
fn a_pull_is_what_it_was() {
    for (name, pull) in [("pull.hex", samples::pull()), ("pull_first.hex", samples::first_pull())] {
        check(name, FrameKind::Pull, &pull, |frame| Ok(frame.read::<Pull>(FrameKind::Pull)? == pull));
    }
}

#[test]
fn the_head_of_an_answer_is_what_it_was() {
    check("head.hex", FrameKind::Head, &samples::head(), |frame| Ok(frame.read::<Head>(FrameKind::Head)? == samples::head()));
}

#[test]
fn a_page_is_what_it_was() {
    for (name, feed, builder) in [("page.hex", 1, samples::page()), ("page_of_kin.hex", 0, samples::page_of_kin())] {
        let page = builder.page(feed, 9);
        let same = |frame: &Frame| {
            let read: Page<'_> = frame.read(FrameKind::Page)?;
            // Columns that do not fit together are declined before anything is made of them.
            let changes = read.changes().map(Iterator::count);
            assert!(changes.is_err() || changes == Ok(read.kinds.len()));
            Ok(read == page)
        };
        check(name, FrameKind::Page, &page, same);
    }
}

#[test]
fn the_end_of_an_answer_is_what_it_was() {
    for (name, end) in [("end.hex", samples::end()), ("end_with_more.hex", samples::end_with_more())] {
        check(name, FrameKind::End, &end, |frame| Ok(frame.read::<End>(FrameKind::End)? == end));
    }
}

/// An answer that is cut anywhere gives the frames that were whole and then nothing: never half a page.
#[test]
fn an_answer_that_is_cut_gives_whole_frames_only() {
    let names = ["head.hex", "page.hex", "page_of_kin.hex", "end.hex"];
    let frames: Vec<_> = names.iter().map(|name| golden(name, &[])).collect();
    let answer = frames.concat();
    for cut in prefixes(&answer) {
        let mut reader = frame::FrameReader::default();
        reader.push(cut);
        let taken = std::iter::from_fn(|| reader.take().expect("is well")).count();
        let whole = (1..=frames.len()).filter(|count| frames[..*count].concat().len() <= cut.len()).count();
        assert_eq!(taken, whole, "cut after {} bytes", cut.len());
    }
}
