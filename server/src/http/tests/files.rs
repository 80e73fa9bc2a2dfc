use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use haitang_domain::attachment::FILE_BYTES_MAX;
use haitang_protocol::ProblemCode;
use reqwest::{Method, RequestBuilder, Response};
use sha2::{Digest, Sha256};

use super::rig::{ANNA, BO, CHEN, Rig, TestPhone, id, problem};

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn photo(seed: u8, bytes: usize) -> Vec<u8> {
    (0..bytes).map(|n| (n as u8).wrapping_mul(31).wrapping_add(seed)).collect()
}

fn ask(rig: &Rig, phone: &TestPhone, method: Method, path: &str) -> RequestBuilder {
    rig.client.request(method, rig.url(path)).bearer_auth(&phone.token).header("tus-resumable", "1.0.0")
}

async fn create(rig: &Rig, phone: &TestPhone, sha256: &str, bytes: u64) -> Response {
    let name = STANDARD.encode("楼道.jpg");
    let metadata = format!("sha256 {},media_type {},name {name}", STANDARD.encode(sha256), STANDARD.encode("image/jpeg"));
    let ask = ask(rig, phone, Method::POST, "/v1/files").header("upload-length", bytes).header("upload-metadata", metadata);
    ask.send().await.expect("answers")
}

async fn created(rig: &Rig, phone: &TestPhone, bytes: &[u8]) -> (String, u64) {
    let response = create(rig, phone, &hash(bytes), bytes.len() as u64).await;
    assert_eq!(response.status(), 201);
    (response.headers()["location"].to_str().expect("text").to_owned(), offset(&response))
}

fn offset(response: &Response) -> u64 {
    response.headers()["upload-offset"].to_str().expect("text").parse().expect("a number")
}

fn piece(rig: &Rig, phone: &TestPhone, path: &str, at: u64) -> RequestBuilder {
    let ask = ask(rig, phone, Method::PATCH, path).header("upload-offset", at);
    ask.header("content-type", "application/offset+octet-stream")
}

async fn head(rig: &Rig, phone: &TestPhone, path: &str) -> Response {
    ask(rig, phone, Method::HEAD, path).send().await.expect("answers")
}

#[tokio::test]
async fn a_file_arrives_in_pieces_and_is_read_back_whole_or_from_the_middle() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let bytes = photo(1, 300_000);
    let (path, at) = created(&rig, &bo, &bytes).await;
    assert_eq!(at, 0);
    let first = piece(&rig, &bo, &path, 0).body(bytes[..100_000].to_vec()).send().await.expect("answers");
    assert_eq!((first.status().as_u16(), offset(&first)), (204, 100_000));
    assert!(first.headers()["upload-expires"].to_str().expect("text").ends_with("GMT"));
    let told = head(&rig, &bo, &path).await;
    assert_eq!((offset(&told), told.headers()["upload-length"].to_str().expect("text")), (100_000, "300000"));
    let (status, elsewhere) = problem(piece(&rig, &bo, &path, 5).body("x").send().await.expect("answers")).await;
    assert_eq!((status, elsewhere.code, elsewhere.values["offset"].as_str()), (409, ProblemCode::WrongOffset, "100000"));
    let last = piece(&rig, &bo, &path, 100_000).body(bytes[100_000..].to_vec()).send().await.expect("answers");
    assert_eq!((last.status().as_u16(), offset(&last)), (204, 300_000));
    assert_eq!(offset(&head(&rig, &bo, &path).await), 300_000, "a phone that missed the last answer asks again");

    let by_hash = format!("/v1/files/by-hash/{}", hash(&bytes));
    let whole = rig.get(&by_hash).bearer_auth(&bo.token).send().await.expect("answers");
    assert_eq!(whole.headers()["content-type"], "image/jpeg");
    assert_eq!(whole.headers()["content-disposition"], format!("attachment; filename=\"{}\"", hash(&bytes)));
    assert_eq!(whole.headers()["cache-control"], "no-store");
    assert_eq!(whole.bytes().await.expect("a body"), bytes);
    let rest = rig.get(&by_hash).bearer_auth(&bo.token).header("range", "bytes=299990-").send().await.expect("answers");
    assert_eq!(rest.status(), 206);
    assert_eq!(rest.headers()["content-range"], "bytes 299990-299999/300000");
    assert_eq!(rest.bytes().await.expect("a body"), &bytes[299_990..]);
}

#[tokio::test]
async fn an_upload_that_is_cut_goes_on_from_where_it_was() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let bytes = photo(2, 200_000);
    let (path, _) = created(&rig, &bo, &bytes).await;
    // Half the bytes, then silence on a connection that stays open: a phone in a lift.
    let half = bytes::Bytes::copy_from_slice(&bytes[..100_000]);
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(half)]).chain(futures_util::stream::pending());
    let silent = piece(&rig, &bo, &path, 0).body(reqwest::Body::wrap_stream(stream)).send();
    assert!(tokio::time::timeout(Duration::from_millis(500), silent).await.is_err());
    let at = offset(&head(&rig, &bo, &path).await);
    assert!(at > 0 && at <= 100_000, "{at}");
    let rest = piece(&rig, &bo, &path, at).body(bytes[at as usize..].to_vec()).send();
    let rest = tokio::time::timeout(Duration::from_secs(5), rest).await.expect("the old connection gives way").expect("answers");
    assert_eq!((rest.status().as_u16(), offset(&rest)), (204, 200_000));
}

#[tokio::test]
async fn bytes_of_another_hash_are_discarded() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let bytes = photo(3, 1_000);
    let (path, _) = created(&rig, &bo, &bytes).await;
    let sent = piece(&rig, &bo, &path, 0).body(photo(4, 1_000)).send().await.expect("answers");
    let (status, told) = problem(sent).await;
    assert_eq!((status, told.code), (460, ProblemCode::HashMismatch));
    assert_eq!(head(&rig, &bo, &path).await.status(), 404, "the upload is gone");
    let (again, at) = created(&rig, &bo, &bytes).await;
    assert_eq!(at, 0);
    let sent = piece(&rig, &bo, &again, 0).body(bytes).send().await.expect("answers");
    assert_eq!(sent.status(), 204);
}

#[tokio::test]
async fn a_piece_with_a_checksum_is_taken_whole_or_not_at_all() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let bytes = photo(5, 2_000);
    let (path, _) = created(&rig, &bo, &bytes).await;
    let half = &bytes[..1_000];
    let wrong = format!("sha256 {}", STANDARD.encode(Sha256::digest(b"other")));
    let sent = piece(&rig, &bo, &path, 0).header("upload-checksum", wrong).body(half.to_vec()).send().await.expect("answers");
    assert_eq!(problem(sent).await.0, 460);
    assert_eq!(offset(&head(&rig, &bo, &path).await), 0);
    let right = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(half)));
    let sent = piece(&rig, &bo, &path, 0).header("upload-checksum", right).body(half.to_vec()).send().await.expect("answers");
    assert_eq!(offset(&sent), 1_000);
}

#[tokio::test]
async fn more_than_was_announced_or_allowed_is_declined() {
    let rig = Rig::start().await;
    let bo = rig.phone(BO).await;
    let (status, told) = problem(create(&rig, &bo, &hash(b"x"), FILE_BYTES_MAX + 1).await).await;
    assert_eq!((status, told.code), (413, ProblemCode::TooLarge));
    let bytes = photo(6, 1_000);
    let (path, _) = created(&rig, &bo, &bytes).await;
    let sent = piece(&rig, &bo, &path, 0).body(photo(6, 1_001)).send().await.expect("answers");
    assert_eq!(problem(sent).await.1.code, ProblemCode::TooLarge);
    // The same without saying how much will come.
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(photo(6, 1_001))]);
    let sent = piece(&rig, &bo, &path, 0).body(reqwest::Body::wrap_stream(stream)).send().await.expect("answers");
    assert_eq!(problem(sent).await.1.code, ProblemCode::TooLarge);
}

#[tokio::test]
async fn bytes_that_are_here_already_need_not_be_sent_and_open_no_door() {
    let rig = Rig::start().await;
    let (anna, bo, chen) = (rig.phone(ANNA).await, rig.phone(BO).await, rig.phone(CHEN).await);
    let bytes = photo(7, 1_000);
    let (path, _) = created(&rig, &bo, &bytes).await;
    piece(&rig, &bo, &path, 0).body(bytes.clone()).send().await.expect("answers");
    let (second, at) = created(&rig, &anna, &bytes).await;
    assert_eq!(at, 1_000);
    assert_eq!(offset(&head(&rig, &anna, &second).await), 1_000);
    // Who only knows the hash must not get the bytes by claiming to have them.
    created(&rig, &chen, &bytes).await;
    let by_hash = format!("/v1/files/by-hash/{}", hash(&bytes));
    let asked = rig.get(&by_hash).bearer_auth(&chen.token).send().await.expect("answers");
    assert_eq!(problem(asked).await.1.code, ProblemCode::NotFound);
    let named = format!("{by_hash}?kind=member&id={}", id(CHEN));
    let asked = rig.get(&named).bearer_auth(&chen.token).send().await.expect("answers");
    assert_eq!(problem(asked).await.1.code, ProblemCode::NotFound, "a record that does not name it");
}

#[tokio::test]
async fn an_upload_is_its_devices_own_and_can_be_given_up() {
    let rig = Rig::start().await;
    let (anna, bo) = (rig.phone(ANNA).await, rig.phone(BO).await);
    let bytes = photo(8, 1_000);
    let (path, _) = created(&rig, &bo, &bytes).await;
    assert_eq!(head(&rig, &anna, &path).await.status(), 404);
    assert_eq!(problem(piece(&rig, &anna, &path, 0).body("x").send().await.expect("answers")).await.0, 404);
    assert_eq!(ask(&rig, &bo, Method::DELETE, &path).send().await.expect("answers").status(), 204);
    assert_eq!(head(&rig, &bo, &path).await.status(), 404);
    let without = rig.post("/v1/files").bearer_auth(&bo.token).send().await.expect("answers");
    assert_eq!(problem(without).await.0, 412, "tus asks for its version");
    let options = rig.client.request(Method::OPTIONS, rig.url("/v1/files")).send().await.expect("answers");
    assert_eq!(options.status(), 204);
    assert!(options.headers()["tus-extension"].to_str().expect("text").contains("checksum"));
}

#[tokio::test]
async fn an_upload_never_finished_is_forgotten_in_the_end() {
    let rig = Rig::start_with(|config| crate::config::Config { upload_days: 0, ..config }).await;
    let bo = rig.phone(BO).await;
    let (path, _) = created(&rig, &bo, &photo(9, 10)).await;
    assert_eq!(head(&rig, &bo, &path).await.status(), 410);
    assert_eq!(crate::http::files::sweep(&rig.running.app).await.expect("sweeps"), 1);
    assert_eq!(head(&rig, &bo, &path).await.status(), 404);
}
