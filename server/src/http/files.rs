//! Files, by tus 1.0 with the extensions creation, checksum and expiration; read back by their hash.

pub mod header;
pub mod store;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header as http_header};
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use haitang_domain::attachment::{FILE_BYTES_MAX, Sha256};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Id, Key, Kind, Timestamp};
use haitang_protocol::{Problem, ProblemCode};
use metrics::counter;
use serde::Deserialize;

use super::App;
use super::body::announced as content_length;
use super::caller::{Caller, Phone};
use super::fault::Fault;
use super::health;
use crate::account::code::new_id;
use crate::account::token::Holder;
use crate::storage::{StoredFile, Upload};

type Tus = [(HeaderName, HeaderValue); 1];

fn tus() -> Tus {
    [(header::RESUMABLE, HeaderValue::from_static(header::VERSION))]
}

fn offset_header(offset: u64) -> [(HeaderName, HeaderValue); 1] {
    [(header::OFFSET, offset.into())]
}

/// `Upload-Expires`, as RFC 9110 writes dates.
fn expires_header(expires: Timestamp) -> [(HeaderName, String); 1] {
    let date = DateTime::from_timestamp_millis(expires.millis()).unwrap_or_default();
    [(header::EXPIRES, date.format("%a, %d %b %Y %H:%M:%S GMT").to_string())]
}

fn id(text: &str) -> Result<Id, Fault> {
    text.parse().map_err(|_| Fault::new(ProblemCode::NotFound, "there is no such upload"))
}

/// `OPTIONS /v1/files`: what this server can do.
pub async fn options() -> impl IntoResponse {
    let can = [
        ("tus-version", header::VERSION.to_owned()),
        ("tus-extension", "creation,checksum,expiration,termination".to_owned()),
        ("tus-checksum-algorithm", "sha1,sha256".to_owned()),
        ("tus-max-size", FILE_BYTES_MAX.to_string()),
    ];
    (StatusCode::NO_CONTENT, tus(), can)
}

/// `POST /v1/files`: a new upload. One whose bytes are here already is complete at once.
pub async fn create(State(app): State<Arc<App>>, phone: Phone, headers: HeaderMap) -> Result<Response, Fault> {
    header::check_version(&headers)?;
    let announced = header::announced(&headers)?;
    let now = app.now();
    let upload = Upload {
        id: new_id(now).map_err(Fault::internal)?,
        device: phone.device,
        sha256: announced.sha256,
        bytes: announced.bytes,
        media_type: announced.media_type,
        name: announced.name,
        expires: now.plus_millis(i64::from(app.config.upload_days) * DAY_MS),
    };
    if health::is_full(&app) {
        return Err(Fault::new(ProblemCode::StorageFull, "the server's disk is nearly full"));
    }
    let most = app.config.uploads_per_device;
    let row = upload.clone();
    let (open, known) = app.ask(move |storage| Ok((storage.uploads_of(row.device, now)?, storage.file(&row.sha256)?))).await?;
    if open as usize >= most {
        let problem = Problem::new(ProblemCode::RateLimited, "too many uploads open at once");
        return Err(problem.with("limit", most).with("after_s", 60).into());
    }
    let is_here = known.is_some_and(|file| file.bytes == upload.bytes);
    let row = upload.clone();
    app.ask(move |storage| storage.put_upload(&row)).await?;
    let mut offset = 0;
    if is_here {
        counter!("haitang_files_total", "outcome" => "duplicate").increment(1);
        offset = upload.bytes;
    } else if upload.bytes == 0 {
        finish(&app, &upload).await?;
    }
    let location = [(http_header::LOCATION, format!("/v1/files/{}", upload.id))];
    Ok((StatusCode::CREATED, tus(), location, offset_header(offset), expires_header(upload.expires)).into_response())
}

/// The upload, if it is this device's and has not expired, and how many bytes of it are here.
async fn find(app: &Arc<App>, phone: Phone, text: &str) -> Result<(Upload, u64), Fault> {
    let id = id(text)?;
    let (found, whole) = app
        .ask(move |storage| {
            let found = storage.upload(id)?;
            let whole = found.as_ref().map(|upload| storage.file(&upload.sha256)).transpose()?.flatten();
            Ok((found, whole))
        })
        .await?;
    let upload = found
        .filter(|upload| upload.device == phone.device)
        .ok_or_else(|| Fault::new(ProblemCode::NotFound, "there is no such upload"))?;
    if upload.expires <= app.now() {
        return Err(Fault::new(ProblemCode::NotFound, "the upload has expired").with_status(StatusCode::GONE));
    }
    let offset = match whole {
        Some(file) if file.bytes == upload.bytes => upload.bytes,
        _ => app.files.offset(id).await?,
    };
    Ok((upload, offset))
}

/// `HEAD /v1/files/{id}`: how far an upload has come.
pub async fn head(
    State(app): State<Arc<App>>,
    phone: Phone,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    header::check_version(&headers)?;
    let (upload, offset) = find(&app, phone, &text).await?;
    let length = [(header::LENGTH, HeaderValue::from(upload.bytes))];
    Ok((StatusCode::OK, tus(), offset_header(offset), length, expires_header(upload.expires)).into_response())
}

/// `PATCH /v1/files/{id}`: the next bytes.
pub async fn patch(
    State(app): State<Arc<App>>,
    phone: Phone,
    Path(text): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let headers = request.headers();
    header::check_version(headers)?;
    if headers.get(http_header::CONTENT_TYPE).is_none_or(|kind| kind != "application/offset+octet-stream") {
        let fault = Fault::new(ProblemCode::BadRequest, "the type of a piece is application/offset+octet-stream");
        return Err(fault.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let said = header::number(headers, &header::OFFSET)?
        .ok_or_else(|| Fault::new(ProblemCode::BadRequest, "Upload-Offset is needed"))?;
    let checksum = header::checksum(headers)?;
    let announced = content_length(headers);
    let (upload, _) = find(&app, phone, &text).await?;
    // In a task of its own: what arrived is settled on the disk even if the phone hangs up in the middle.
    let work = tokio::spawn(async move {
        let writing = app.files.begin(upload.id).await;
        // Only now does nobody else move it.
        let (upload, at) = find(&app, phone, &text).await?;
        if at != said {
            return Err(Problem::new(ProblemCode::WrongOffset, "the upload stands elsewhere").with("offset", at).into());
        }
        if announced.is_some_and(|bytes| at.saturating_add(bytes) > upload.bytes) {
            let problem = Problem::new(ProblemCode::TooLarge, "more bytes than the upload was announced with");
            return Err(Fault::from(problem.with("limit", upload.bytes)));
        }
        if at == upload.bytes {
            return Ok((upload, at));
        }
        if health::is_full(&app) {
            return Err(Fault::new(ProblemCode::StorageFull, "the server's disk is nearly full"));
        }
        let pieces = request.into_body().into_data_stream();
        let at = app.files.append(&writing, upload.id, at, upload.bytes, checksum.as_ref(), pieces).await?;
        if at == upload.bytes {
            finish(&app, &upload).await?;
        }
        Ok((upload, at))
    });
    let (upload, offset) = work.await.map_err(Fault::internal)??;
    Ok((StatusCode::NO_CONTENT, tus(), offset_header(offset), expires_header(upload.expires)).into_response())
}

/// The last byte is here: verifies the hash, keeps the file, says so in the storage.
async fn finish(app: &Arc<App>, upload: &Upload) -> Result<(), Fault> {
    if app.files.hash(upload.id).await? != upload.sha256 {
        app.files.discard(upload.id).await?;
        let id = upload.id;
        app.ask(move |storage| storage.remove_upload(id)).await?;
        counter!("haitang_files_total", "outcome" => "mismatch").increment(1);
        return Err(Fault::new(
            ProblemCode::HashMismatch,
            "the bytes do not have the hash they were announced with; they were discarded",
        ));
    }
    app.files.keep(upload.id, &upload.sha256).await?;
    let file = StoredFile {
        sha256: upload.sha256,
        bytes: upload.bytes,
        media_type: upload.media_type.clone(),
        device: upload.device,
        arrived: app.now(),
    };
    app.ask(move |storage| storage.put_file(&file)).await?;
    counter!("haitang_files_total", "outcome" => "stored").increment(1);
    // The upload itself stays until it expires: a phone that missed this answer asks for its offset and hears that it is done.
    app.files.discard(upload.id).await
}

/// `DELETE /v1/files/{id}`: gives an upload up. A file that is whole stays.
pub async fn delete(
    State(app): State<Arc<App>>,
    phone: Phone,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    header::check_version(&headers)?;
    let (upload, _) = find(&app, phone, &text).await?;
    let _writing = app.files.begin(upload.id).await;
    app.files.discard(upload.id).await?;
    app.ask(move |storage| storage.remove_upload(upload.id)).await?;
    Ok((StatusCode::NO_CONTENT, tus()).into_response())
}

/// The record that names a file, by which a member asks for it.
#[derive(Debug, Deserialize)]
pub struct NamedBy {
    /// The kind of record, such as `log`.
    kind: Option<String>,
    /// Its id.
    id: Option<Id>,
}

/// `GET /v1/files/by-hash/{sha256}?kind=log&id=…`: a file, for the device that sent its bytes, or for a member one of whose
/// feeds holds the record of that kind and id, if that record names the file.
pub async fn by_hash(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(text): Path<String>,
    query: Result<Query<NamedBy>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let absent = || Fault::new(ProblemCode::NotFound, "there is no such file, or it is not for this member");
    let sha256: Sha256 = text.to_lowercase().parse().map_err(|_| absent())?;
    let Query(named_by) = query.map_err(|_| Fault::new(ProblemCode::BadRequest, "kind and id cannot be read"))?;
    let file = app.ask(move |storage| storage.file(&sha256)).await?.ok_or_else(absent)?;
    if caller.holder != Holder::Device(file.device) && !may_read(&app, caller.member, sha256, &named_by).await? {
        return Err(absent());
    }
    let from = resume_at(&headers).filter(|from| *from < file.bytes).unwrap_or(0);
    let found = app.files.read(&sha256, from).await?;
    let mut response = Body::from_stream(found.into_stream()).into_response();
    let out = response.headers_mut();
    let text =
        |value: &str| HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    out.insert(http_header::CONTENT_TYPE, text(&file.media_type));
    out.insert(http_header::CONTENT_LENGTH, (file.bytes - from).into());
    out.insert(http_header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    out.insert(http_header::ETAG, text(&format!("\"{sha256}\"")));
    // What phones sent is never shown as part of the server's own pages, and is not called what its sender called it.
    out.insert(http_header::CONTENT_DISPOSITION, text(&format!("attachment; filename=\"{sha256}\"")));
    if from > 0 {
        out.insert(http_header::CONTENT_RANGE, text(&format!("bytes {from}-{}/{}", file.bytes - 1, file.bytes)));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// Where a download that was cut goes on: `Range: bytes=N-`. Any other range is answered whole, as RFC 9110 allows.
fn resume_at(headers: &HeaderMap) -> Option<u64> {
    headers.get(http_header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

async fn may_read(app: &Arc<App>, member: Id, sha256: Sha256, named_by: &NamedBy) -> Result<bool, Fault> {
    let (Some(kind), Some(id)) = (named_by.kind.as_deref().and_then(Kind::from_name), named_by.id) else { return Ok(false) };
    let Some(body) = app.look(move |snapshot| snapshot.record(Key::new(kind, id))).await?.map(|stored| stored.body) else {
        return Ok(false);
    };
    // Sixty-four hexadecimal digits stand in a body only where it names the file.
    let hex = sha256.to_string();
    let names = body.to_json().windows(hex.len()).any(|part| part == hex.as_bytes());
    let mine = app.feeds_of(member).await?;
    Ok(names && body.feeds(id).iter().any(|feed| mine.contains(feed)))
}

/// Forgets uploads that were never finished.
pub async fn sweep(app: &Arc<App>) -> Result<usize, Fault> {
    let now = app.now();
    let expired = app.ask(move |storage| storage.uploads_expired(now)).await?;
    for &id in &expired {
        app.files.discard(id).await?;
        app.ask(move |storage| storage.remove_upload(id)).await?;
    }
    app.files.forget_quiet();
    Ok(expired.len())
}
