//! What reads bytes from the network, from a database, from a file or from a camera: it says no, or it reads what writes back.

use haitang_contract::samples;
use haitang_domain::activity::code::HostCode;
use haitang_domain::calendar::Calendar;
use haitang_domain::{Action, Body, Id, Kind};
use haitang_protocol::Envelope;
use haitang_protocol::frame::{self, FrameKind, FrameReader};
use haitang_protocol::limits::{FEEDS_MAX, FRAME_RAW_BYTES_MAX};
use haitang_protocol::pull::{End, Head, Page, PageBuilder, Pull};
use haitang_protocol::push::{Push, PushAnswer};
use haitang_protocol::qr::EnrolCode;

use crate::drawn::Bytes;
use crate::rules::check_body;
use crate::town;

/// A stream of frames in pieces: the same frames come out, however it was cut.
pub fn frame(bytes: &[u8]) {
    let whole = read_all(bytes, usize::MAX);
    let step = bytes.first().map_or(1, |byte| 1 + usize::from(*byte % 61));
    assert_eq!(whole, read_all(bytes, step), "cut every {step} bytes");
}

/// The frames of a stream that arrives in pieces of so many bytes, and whether it ended in an error.
fn read_all(bytes: &[u8], step: usize) -> (Vec<String>, bool) {
    let mut reader = FrameReader::default();
    let mut seen = vec![];
    for piece in bytes.chunks(step) {
        reader.push(piece);
        loop {
            match reader.take() {
                Ok(Some(frame)) => {
                    seen.push(format!("{:?}", frame.kind));
                    let _ = frame.read::<Head>(FrameKind::Head);
                    let _ = frame.read::<End>(FrameKind::End);
                    let _ = frame
                        .read::<PushAnswer>(FrameKind::PushAnswer)
                        .map(|answer| answer.answers.iter().map(haitang_protocol::push::Answer::refusal).count());
                }
                Ok(None) => break,
                Err(_) => return (seen, true),
            }
        }
    }
    (seen, false)
}

pub fn frame_seeds() -> Vec<Vec<u8>> {
    let all = [
        frame::to_vec(FrameKind::Push, &samples::push()),
        frame::to_vec(FrameKind::PushAnswer, &samples::push_answer()),
        frame::to_vec(FrameKind::Pull, &samples::pull()),
        frame::to_vec(FrameKind::Head, &samples::head()),
        frame::to_vec(FrameKind::Page, &samples::page().page(1, 9)),
        frame::to_vec(FrameKind::End, &samples::end()),
    ];
    let mut all: Vec<Vec<u8>> = all.into_iter().map(|frame| frame.expect("packs")).collect();
    all.push(all.concat());
    all
}

/// What is inside a push or a pull: the bytes after they were unpacked. They are packed here, so that chance need not find out how.
pub fn push(bytes: &[u8]) {
    let Some((choice, raw)) = bytes.split_first() else { return };
    let kind = if choice % 2 == 0 { FrameKind::Push } else { FrameKind::Pull };
    let Some(frame) = packed(kind, raw) else { return };
    if let Ok(push) = frame.read::<Push>(FrameKind::Push) {
        let again = frame::to_vec(FrameKind::Push, &push).expect("packs");
        assert_eq!(frame::only(&again).expect("a frame").read::<Push>(FrameKind::Push).expect("reads"), push);
        for command in &push.commands {
            read_envelope(command);
        }
    }
    if let Ok(pull) = frame.read::<Pull>(FrameKind::Pull) {
        let again = frame::to_vec(FrameKind::Pull, &pull).expect("packs");
        assert_eq!(frame::only(&again).expect("a frame").read::<Pull>(FrameKind::Pull).expect("reads"), pull);
        assert!(
            pull.cursors.len() <= FRAME_RAW_BYTES_MAX / 34,
            "no more cursors than there are bytes for ({FEEDS_MAX} are allowed)"
        );
    }
}

/// Raw bytes as the payload of a frame.
fn packed(kind: FrameKind, raw: &[u8]) -> Option<frame::Frame> {
    struct Raw<'a>(&'a [u8]);
    impl<C> minicbor::Encode<C> for Raw<'_> {
        fn encode<W: minicbor::encode::Write>(
            &self,
            e: &mut minicbor::Encoder<W>,
            _: &mut C,
        ) -> Result<(), minicbor::encode::Error<W::Error>> {
            e.writer_mut().write_all(self.0).map_err(minicbor::encode::Error::write)
        }
    }
    frame::only(&frame::to_vec(kind, &Raw(raw)).ok()?).ok()
}

pub fn push_seeds() -> Vec<Vec<u8>> {
    let push = minicbor::to_vec(samples::push()).expect("is written");
    let pull = minicbor::to_vec(samples::pull()).expect("is written");
    vec![[vec![0], push].concat(), [vec![1], pull].concat()]
}

/// A page of a pull: its columns fit, and it says the same when it is built again.
pub fn pull_page(raw: &[u8]) {
    let Some(frame) = packed(FrameKind::Page, raw) else { return };
    let Ok(page) = frame.read::<Page<'_>>(FrameKind::Page) else { return };
    let Ok(changes) = page.changes() else { return };
    let mut again = PageBuilder::default();
    let mut rising = true;
    let mut last = 0;
    let changes: Vec<_> = changes.collect();
    for change in &changes {
        rising &= change.version >= last;
        last = change.version;
        again.push(*change);
        if let (Some(kind), Some(body)) = (Kind::from_number(change.kind), change.body) {
            read_body(kind, change.id, body);
        }
    }
    assert!(rising, "versions rise");
    let again = again.page(page.feed, page.cursor);
    assert!(again.changes().expect("fits").eq(changes));
}

pub fn page_seeds() -> Vec<Vec<u8>> {
    let mut builder = samples::page();
    let one = minicbor::to_vec(builder.page(1, 9)).expect("is written");
    for (n, (_, body)) in (0..).zip(samples::bodies::all().take(40)) {
        let (kind, body) = (body.kind() as u8, body.to_json());
        builder.push(haitang_protocol::pull::Change {
            kind,
            id: samples::id(70 + n),
            version: 20 + u64::from(n),
            body: Some(&body),
        });
    }
    vec![
        one,
        minicbor::to_vec(builder.page(0, 99)).expect("is written"),
        minicbor::to_vec(PageBuilder::default().page(0, 1)).expect("is written"),
    ]
}

/// An envelope: refused by its number, or read whole.
pub fn envelope(bytes: &[u8]) {
    read_envelope(bytes);
}

fn read_envelope(bytes: &[u8]) {
    let peeked = Envelope::peek(bytes);
    let Ok(envelope) = Envelope::parse(bytes) else { return };
    assert_eq!(Envelope::parse(&envelope.to_vec()).expect("reads back"), envelope);
    // A map with the fields in any order is an envelope too, and only then its number cannot be read at a glance.
    if let Some(numbers) = peeked {
        assert_eq!(numbers, (envelope.seq, envelope.prev_seq));
    }
    let _ = envelope.times();
    if let Ok(command) = envelope.command() {
        read_command(&command.action.to_json());
    }
}

pub fn envelope_seeds() -> Vec<Vec<u8>> {
    vec![samples::envelope().to_vec()]
}

/// The body of a record; the first byte says of which kind.
pub fn body(bytes: &[u8]) {
    let Some((choice, json)) = bytes.split_first() else { return };
    read_body(Kind::ALL[usize::from(*choice) % Kind::ALL.len()], town::id(1), json);
}

/// A number too large for its type is read as endless, which JSON cannot write. The rules refuse one that comes with a command
/// (`Location::check`), so that no record holds one: `decide` is held to that.
fn is_endless(error: &serde_json::Error) -> bool {
    error.to_string().contains("invalid type: null, expected f32")
}

fn read_body(kind: Kind, id: Id, json: &[u8]) {
    if let Ok(body) = Body::parse(kind, json) {
        if Body::parse(kind, &body.to_json()).is_err_and(|error| is_endless(&error)) {
            return;
        }
        check_body(haitang_domain::Key::new(kind, id), &body);
        let _ = body.home(id);
    }
}

pub fn body_seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![];
    for (n, kind) in (0u8..).zip(Kind::ALL) {
        let mut shortest: Option<Vec<u8>> = None;
        for seed in 0..60 {
            let bytes = crate::mutate::random(seed, 600);
            if let Some(json) = town::body(*kind, &mut Bytes::new(&bytes)).map(|body| body.to_json())
                && shortest.as_ref().is_none_or(|known| json.len() < known.len())
            {
                shortest = Some(json);
            }
        }
        seeds.push([vec![n], shortest.expect("one can be drawn")].concat());
    }
    seeds
}

/// A command's action as JSON.
pub fn command(bytes: &[u8]) {
    read_command(bytes);
}

fn read_command(json: &[u8]) {
    let Ok(action) = Action::parse(json) else { return };
    match Action::parse(&action.to_json()) {
        Ok(again) => assert_eq!(again, action),
        Err(error) => assert!(is_endless(&error), "{error}"),
    }
    assert!(action.name().contains('.'), "{}", action.name());
}

pub fn command_seeds() -> Vec<Vec<u8>> {
    let mut seeds = std::collections::BTreeMap::new();
    for seed in 0..3_000 {
        let bytes = crate::mutate::random(seed, 300);
        if let Some(action) = Bytes::new(&bytes).draw::<Action>() {
            let json = action.to_json();
            if json.len() < 2_000 {
                seeds.entry(action.name()).or_insert(json);
            }
        }
    }
    seeds.into_values().collect()
}

/// What a camera has read: a check-in code or an enrolment code.
pub fn qr(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(code) = HostCode::parse(&text) {
        assert_eq!(HostCode::parse(&code.to_text()), Some(code.clone()));
        let _ = code.is_genuine(&town::authority().verifying_key().to_bytes());
        let made = haitang_domain::evidence::Interval::at(haitang_domain::Timestamp::from_millis(town::NOW));
        let _ = code.shown_during(made);
    }
    if let Some(code) = EnrolCode::parse(&text) {
        assert_eq!(EnrolCode::parse(&code.to_text()), Some(code));
    }
}

pub fn qr_seeds() -> Vec<Vec<u8>> {
    let enrol = EnrolCode { server: "https://haitang.example/a".into(), code: "7K3M9-2QXAC".into() };
    vec![samples::host_code().to_text().into_bytes(), enrol.to_text().into_bytes()]
}

/// A calendar pack.
pub fn calendar(bytes: &[u8]) {
    let Ok(calendar) = Calendar::parse(&String::from_utf8_lossy(bytes)) else { return };
    for day in ["2026-02-14", "2026-10-01", "1900-01-01"] {
        let day: chrono::NaiveDate = day.parse().expect("a day");
        let _ = (calendar.day(day), calendar.is_working_day(day));
        // However few days a pack leaves for work, the search for one ends.
        assert!(calendar.next_working_day(day) > day);
        let _ = calendar.add_working_days(day, 20);
    }
}

pub fn calendar_seeds() -> Vec<Vec<u8>> {
    let small = r#"{"format":1,"made_from":"x","years":[{"year":2026,"source":["s"],"off":[{"name":"春节","from":"2026-02-15","to":"2026-02-23"}],"work":[{"date":"2026-02-14","name":"春节"}]}]}"#;
    vec![small.into(), include_bytes!("../../../core/domain/data/calendar-cn.json").to_vec()]
}
