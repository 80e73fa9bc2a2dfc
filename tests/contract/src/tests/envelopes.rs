//! Envelopes, their chain and their signature, and the code of a check-in.

use haitang_domain::activity::code::HostCode;
use haitang_protocol::envelope::EnvelopeError;
use haitang_protocol::{ChainHash, Envelope};

use super::{flips, golden, prefixes};
use crate::samples;

#[test]
fn an_envelope_its_link_and_its_signature_are_what_they_were() {
    let bytes = samples::envelope().to_vec();
    assert_eq!(golden("envelope.hex", &bytes), bytes);
    let first = samples::first_envelope().to_vec();
    assert_eq!(golden("envelope_first.hex", &first), first);
    let link = ChainHash::start(samples::id(1), samples::id(2)).next(&bytes);
    assert_eq!(golden("chain.hex", &link.0), link.0);
    let signature = link.sign(&samples::device_key());
    assert_eq!(golden("signature.hex", &signature), signature);
}

#[test]
fn an_envelope_reads_as_it_did_and_is_written_again_byte_for_byte() {
    for (name, sample) in [("envelope.hex", samples::envelope()), ("envelope_first.hex", samples::first_envelope())] {
        let bytes = golden(name, &sample.to_vec());
        let read = Envelope::parse(&bytes).expect("reads");
        assert_eq!(read, sample, "{name}");
        assert_eq!(read.to_vec(), bytes, "{name}");
        assert_eq!(Envelope::peek(&bytes), Some((sample.seq, sample.prev_seq)), "{name}");
        for cut in prefixes(&bytes) {
            assert!(matches!(Envelope::parse(cut), Err(EnvelopeError::Unreadable(_))), "{name} cut after {}", cut.len());
            let _ = Envelope::peek(cut);
        }
    }
}

/// An envelope has no checksum of its own: the chain notices whatever was done to it.
#[test]
fn a_damaged_envelope_no_longer_fits_its_signature() {
    let bytes = golden("envelope.hex", &samples::envelope().to_vec());
    let start = ChainHash::start(samples::id(1), samples::id(2));
    let public = samples::device_key().verifying_key().to_bytes();
    let signature = golden("signature.hex", &[]).try_into().expect("64 bytes");
    assert!(start.next(&bytes).is_signed(&public, &signature));
    for damaged in flips(&bytes) {
        if let Ok(read) = Envelope::parse(&damaged) {
            let _ = read.command();
        }
        let _ = Envelope::peek(&damaged);
    }
    // A verification costs a hundred times what the rest does: a bit of each byte says as much as all eight.
    for damaged in flips(&bytes).step_by(9) {
        assert!(!start.next(&damaged).is_signed(&public, &signature));
    }
}

#[test]
fn a_check_in_code_is_what_it_was() {
    let text = samples::host_code().to_text();
    let kept = String::from_utf8(golden("check_in_code.hex", text.as_bytes())).expect("text");
    assert_eq!(kept, text);
    let authority = samples::server_key().verifying_key().to_bytes();
    let genuine = |text: &str| HostCode::parse(text).is_some_and(|code| code.is_genuine(&authority));
    assert!(genuine(&kept));
    for cut in prefixes(kept.as_bytes()) {
        assert!(HostCode::parse(std::str::from_utf8(cut).expect("text")).is_none(), "cut after {} characters", cut.len());
    }
    for damaged in flips(kept.as_bytes()).step_by(5) {
        let Ok(damaged) = std::str::from_utf8(&damaged) else { continue };
        // Base64 has bits at its end that mean nothing, and space around a text is no part of it.
        let same = HostCode::parse(damaged).is_some_and(|code| code == samples::host_code());
        assert!(same || !genuine(damaged), "{damaged}");
    }
}
