//! The golden files: what travels, byte for byte, so that no later build speaks another language without noticing.
//!
//! Each file in `golden/` holds one sample in hexadecimal. Frames are compared after unpacking, because zstd may pack the same bytes differently
//! from one release to the next; what is inside may not change. `HAITANG_GOLDEN=write cargo test -p haitang-contract` writes files
//! that are missing; one that is there is never overwritten.

#![deny(missing_docs)]

pub mod samples;

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use haitang_domain::activity::code::HostCode;
    use haitang_protocol::frame::{self, FrameKind};
    use haitang_protocol::pull::{End, Head, Page, Pull};
    use haitang_protocol::push::{Push, PushAnswer};
    use haitang_protocol::{ChainHash, Envelope};

    use crate::samples;

    fn golden(name: &str, made: &[u8]) -> Vec<u8> {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
        if !path.exists() && std::env::var("HAITANG_GOLDEN").as_deref() == Ok("write") {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes the folder");
            std::fs::write(&path, hex::encode(made) + "\n").expect("writes");
        }
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} is missing: see the crate's documentation"));
        hex::decode(text.trim()).expect("hexadecimal")
    }

    #[test]
    fn frames_of_every_kind_read_as_they_did() {
        let push = golden("push.hex", &frame::to_vec(FrameKind::Push, &samples::push()).expect("packs"));
        assert_eq!(frame::only(&push).expect("a frame").read::<Push>(FrameKind::Push).expect("reads"), samples::push());
        let answer = golden("push_answer.hex", &frame::to_vec(FrameKind::PushAnswer, &samples::push_answer()).expect("packs"));
        let read: PushAnswer = frame::only(&answer).expect("a frame").read(FrameKind::PushAnswer).expect("reads");
        assert_eq!(read, samples::push_answer());
        let pull = golden("pull.hex", &frame::to_vec(FrameKind::Pull, &samples::pull()).expect("packs"));
        assert_eq!(frame::only(&pull).expect("a frame").read::<Pull>(FrameKind::Pull).expect("reads"), samples::pull());
        let head = golden("head.hex", &frame::to_vec(FrameKind::Head, &samples::head()).expect("packs"));
        assert_eq!(frame::only(&head).expect("a frame").read::<Head>(FrameKind::Head).expect("reads"), samples::head());
        let builder = samples::page();
        let page = golden("page.hex", &frame::to_vec(FrameKind::Page, &builder.page(1, 9)).expect("packs"));
        assert_eq!(frame::only(&page).expect("a frame").read::<Page<'_>>(FrameKind::Page).expect("reads"), builder.page(1, 9));
        let end = golden("end.hex", &frame::to_vec(FrameKind::End, &samples::end()).expect("packs"));
        assert_eq!(frame::only(&end).expect("a frame").read::<End>(FrameKind::End).expect("reads"), samples::end());
    }

    #[test]
    fn an_envelope_its_link_and_its_signature_are_what_they_were() {
        let bytes = samples::envelope().to_vec();
        assert_eq!(golden("envelope.hex", &bytes), bytes);
        assert_eq!(Envelope::parse(&bytes).expect("reads"), samples::envelope());
        let link = ChainHash::start(samples::id(1), samples::id(2)).next(&bytes);
        assert_eq!(golden("chain.hex", &link.0), link.0);
        let signature = link.sign(&samples::device_key());
        assert_eq!(golden("signature.hex", &signature), signature);
    }

    #[test]
    fn a_check_in_code_is_what_it_was() {
        let text = samples::host_code().to_text();
        let kept = String::from_utf8(golden("check_in_code.hex", text.as_bytes())).expect("text");
        assert_eq!(kept, text);
        assert!(HostCode::parse(&kept).expect("reads").is_genuine(&samples::server_key().verifying_key().to_bytes()));
    }

    #[test]
    fn bodies_read_and_write_as_they_did() {
        for (name, body) in samples::bodies() {
            let made = body.to_json();
            assert_eq!(golden(&format!("bodies/{name}.hex"), &made), made, "{name}");
            assert_eq!(haitang_domain::Body::parse(body.kind(), &made).expect("reads"), body);
        }
    }
}
