//! The description of the interface, made from the table of routes.

use axum::Json;
use haitang_protocol::ProblemCode;
use haitang_protocol::limits::{ACCESS_TOKEN_MS, FRAME_PACKED_BYTES_MAX, FRAME_RAW_BYTES_MAX, JSON_BYTES_MAX, PUSH_BYTES_MAX};
use haitang_protocol::limits::{CHALLENGE_MS, ENROL_CODE_MS, PUSH_COMMANDS_MAX};
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{AdditionalProperties, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ArrayBuilder, ComponentsBuilder, ContentBuilder, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, PathItem, Paths, Ref,
    RefOr, Required, ResponseBuilder, Schema, SecurityRequirement,
};

use super::body::FRAME_TYPE;
use super::route::{self, Asks, Place, Route, Shape};

/// What any route can fail with.
const ANY: [ProblemCode; 3] = [ProblemCode::RateLimited, ProblemCode::Unavailable, ProblemCode::Internal];
/// What any route that asks for a token can fail with.
const WITH_TOKEN: [ProblemCode; 3] = [ProblemCode::Unauthorized, ProblemCode::TokenExpired, ProblemCode::Revoked];

/// The fields of the JSON types: name, type, what it is.
type Fields = &'static [(&'static str, Is, &'static str)];

#[derive(Clone, Copy)]
enum Is {
    Text,
    Id,
    Hex,
    Number,
    Flag,
    Time,
    Object,
    Lines,
}

/// The JSON types by name.
const TYPES: &[(&str, Fields)] = &[
    (
        "Enrol",
        &[
            ("code", Is::Text, "The one-time code. Case, spaces and hyphens do not matter."),
            ("public_key", Is::Hex, "The device's new Ed25519 public key."),
            ("device_name", Is::Text, "What the person would call the device."),
        ],
    ),
    (
        "Enrolled",
        &[
            ("device", Is::Id, "The device's id."),
            ("member", Is::Id, "Whose phone it now is."),
            ("name", Is::Text, "The member's name."),
            ("server_key", Is::Hex, "The server's Ed25519 public key."),
            ("certificate", Is::Hex, "The server's signature over device, member and public key."),
        ],
    ),
    ("ChallengeRequest", &[("device", Is::Id, "The device.")]),
    ("Challenge", &[("challenge", Is::Hex, "What to sign.")]),
    (
        "TokenRequest",
        &[
            ("device", Is::Id, "The device."),
            ("challenge", Is::Hex, "The challenge that was given."),
            (
                "signature",
                Is::Hex,
                "Ed25519 signature over \"haitang challenge 1\", a zero byte, and the challenge as it was given.",
            ),
        ],
    ),
    (
        "Token",
        &[
            ("token", Is::Text, "Opaque; sent as Authorization: Bearer."),
            ("expires", Is::Time, "When it ends."),
            ("lasts_ms", Is::Number, "How long it lasts from now, in milliseconds."),
        ],
    ),
    ("Login", &[("name", Is::Text, "The account's name."), ("password", Is::Text, "Its password.")]),
    ("NewEnrolment", &[("member", Is::Id, "Whose phone it will be.")]),
    ("Enrolment", &[("code", Is::Text, "The code, in groups that can be read aloud."), ("expires", Is::Time, "When it ends.")]),
    (
        "Ledger",
        &[("org", Is::Id, "The org."), ("name", Is::Text, "Its name."), ("lines", Is::Lines, "One for each approved activity.")],
    ),
    (
        "Health",
        &[
            ("status", Is::Text, "ok, or what is wrong."),
            ("version", Is::Text, "The version of the server."),
            ("storage", Is::Flag, "Whether the storage answers."),
            ("disk_free_bytes", Is::Number, "Bytes free on the disk of the data folder."),
        ],
    ),
    (
        "Problem",
        &[
            ("code", Is::Text, "Which problem; never changes its meaning."),
            ("status", Is::Number, "The HTTP status."),
            ("detail", Is::Text, "A sentence for a programmer or an operator."),
            ("values", Is::Object, "What goes with the code, by name; absent where nothing does."),
        ],
    ),
];

fn field(is: Is, about: &str) -> RefOr<Schema> {
    let text = |format: &str| {
        let object = ObjectBuilder::new().schema_type(Type::String).description(Some(about));
        if format.is_empty() { object } else { object.format(Some(utoipa::openapi::SchemaFormat::Custom(format.into()))) }
    };
    let plain = |kind: Type| ObjectBuilder::new().schema_type(kind).description(Some(about));
    match is {
        Is::Text => text("").into(),
        Is::Id => text("uuid").into(),
        Is::Hex => text("hex").into(),
        Is::Number => plain(Type::Integer).into(),
        Is::Flag => plain(Type::Boolean).into(),
        Is::Time => {
            let about = format!("{about} Milliseconds since 1970-01-01T00:00:00Z.");
            ObjectBuilder::new().schema_type(Type::Integer).description(Some(about)).into()
        }
        Is::Object => ObjectBuilder::new()
            .description(Some(about))
            .additional_properties(Some(AdditionalProperties::RefOr(ObjectBuilder::new().schema_type(Type::String).into())))
            .into(),
        Is::Lines => ArrayBuilder::new().items(ObjectBuilder::new()).description(Some(about)).into(),
    }
}

fn schema(fields: Fields) -> Schema {
    let add = |object: ObjectBuilder, (name, is, about): &(&str, Is, &str)| {
        let object = object.property(*name, field(*is, about));
        if *name == "values" { object } else { object.required(*name) }
    };
    fields.iter().fold(ObjectBuilder::new(), add).into()
}

fn content(shape: Shape) -> Option<(&'static str, String, Option<RefOr<Schema>>)> {
    let binary = |about: &str| {
        let object = ObjectBuilder::new().schema_type(Type::String).description(Some(about));
        Some(object.format(Some(utoipa::openapi::SchemaFormat::Custom("binary".into()))).into())
    };
    match shape {
        Shape::Empty => None,
        Shape::Json("OpenApi") => Some(("application/json", "An OpenAPI description.".into(), Some(ObjectBuilder::new().into()))),
        Shape::Json(name) => Some(("application/json", name.into(), Some(Ref::from_schema_name(name).into()))),
        Shape::Frame(kind) => {
            let about = format!(
                "One frame of kind {kind}: a header of 12 bytes, then zstd of CBOR. At most {FRAME_PACKED_BYTES_MAX} bytes packed and {FRAME_RAW_BYTES_MAX} unpacked."
            );
            let schema = binary(&about);
            Some((FRAME_TYPE, about, schema))
        }
        Shape::Frames => {
            Some((FRAME_TYPE, "Frames, one after the other.".into(), binary("One Head, any number of Pages, one End.")))
        }
        Shape::Events => Some(("text/event-stream", "Server-sent events.".into(), None)),
        Shape::Bytes => {
            Some(("application/octet-stream", "The bytes of the file, under its own media type.".into(), binary("The file.")))
        }
        Shape::Piece => Some(("application/offset+octet-stream", "The next bytes.".into(), binary("The piece."))),
        Shape::Text => Some(("text/plain", "Text.".into(), None)),
    }
}

/// The problems of a route, by status.
fn problems(route: &Route) -> Vec<(u16, String)> {
    let mut codes: Vec<ProblemCode> = route.problems.iter().chain(&ANY).copied().collect();
    if route.asks != Asks::Nothing {
        codes.extend(WITH_TOKEN);
    }
    if route.asks == Asks::Device {
        codes.push(ProblemCode::Forbidden);
    }
    let mut by_status = std::collections::BTreeMap::<u16, Vec<String>>::new();
    for code in codes {
        // tus has a status of its own for its version.
        let is_tus = code == ProblemCode::WrongVersion && route.path.starts_with("/v1/files");
        let named = by_status.entry(if is_tus { 412 } else { code.status() }).or_default();
        if !named.contains(&code.as_str()) {
            named.push(code.as_str());
        }
    }
    by_status.into_iter().map(|(status, named)| (status, named.join(", "))).collect()
}

fn operation(route: &Route) -> OperationBuilder {
    let mut operation = OperationBuilder::new().summary(Some(route.about));
    for (name, place, about) in route.parameters {
        let (parameter_in, required) = match place {
            Place::Path => (ParameterIn::Path, Required::True),
            Place::Query if route.path.contains("{org}") => (ParameterIn::Query, Required::True),
            Place::Query => (ParameterIn::Query, Required::False),
            Place::Header => (ParameterIn::Header, Required::True),
            Place::MayHeader => (ParameterIn::Header, Required::False),
        };
        let schema: RefOr<Schema> = ObjectBuilder::new().schema_type(Type::String).into();
        let parameter = ParameterBuilder::new().name(*name).parameter_in(parameter_in).required(required);
        operation = operation.parameter(parameter.description(Some(*about)).schema(Some(schema)));
    }
    if let Some((kind, about, schema)) = content(route.takes) {
        let body = RequestBodyBuilder::new().description(Some(about)).required(Some(Required::True));
        operation = operation.request_body(Some(body.content(kind, ContentBuilder::new().schema(schema).build()).build()));
    }
    let (status, gives) = route.gives;
    let good = match content(gives) {
        None => ResponseBuilder::new().description("Done."),
        Some((kind, about, schema)) => {
            ResponseBuilder::new().description(about).content(kind, ContentBuilder::new().schema(schema).build())
        }
    };
    operation = operation.response(status.to_string(), good.build());
    for (status, named) in problems(route) {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(named).content("application/problem+json", problem);
        operation = operation.response(status.to_string(), response.build());
    }
    if route.asks == Asks::Nothing {
        return operation;
    }
    operation.security(SecurityRequirement::new("token", Vec::<String>::new()))
}

fn about() -> String {
    format!(
        "Phones enrol once, then push commands and pull changes. Errors are application/problem+json with a code. \
         Limits: JSON {JSON_BYTES_MAX} bytes; a frame {FRAME_PACKED_BYTES_MAX} bytes packed, {FRAME_RAW_BYTES_MAX} unpacked; a push \
         {PUSH_COMMANDS_MAX} commands and {PUSH_BYTES_MAX} bytes of them. A token lasts {ACCESS_TOKEN_MS} ms, a challenge {CHALLENGE_MS} ms, \
         a one-time code {ENROL_CODE_MS} ms. Every answer carries X-Request-Id; one that is sent along is kept."
    )
}

/// The whole description.
pub fn describe() -> OpenApi {
    let info = InfoBuilder::new().title("Haitang").version(env!("CARGO_PKG_VERSION")).description(Some(about()));
    let mut paths = Paths::new();
    for route in route::all() {
        let item = PathItem::new(route.method.clone(), operation(&route));
        match paths.paths.get_mut(route.path) {
            Some(there) => there.merge_operations(item),
            None => {
                paths.paths.insert(route.path.to_owned(), item);
            }
        }
    }
    let components = TYPES.iter().fold(ComponentsBuilder::new(), |all, (name, fields)| all.schema(*name, schema(fields)));
    let components = components.security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    OpenApiBuilder::new().info(info.build()).paths(paths).components(Some(components.build())).build()
}

/// `GET /openapi.json`
pub async fn answer() -> Json<OpenApi> {
    Json(describe())
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_domain::{Id, Timestamp};
    use haitang_protocol::account::{Challenge, ChallengeRequest, Enrol, Enrolled, Enrolment, NewEnrolment, Token, TokenRequest};
    use serde::Serialize;

    #[test]
    fn every_route_stands_in_the_description() {
        let document = serde_json::to_value(describe()).expect("serialises");
        let mut lines = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                let answers: Vec<_> = operation["responses"].as_object().expect("answers").keys().cloned().collect();
                let token = if operation["security"].is_array() { "token" } else { "open" };
                lines.push(format!("{} {path} [{token}] {}", method.to_uppercase(), answers.join(" ")));
            }
        }
        assert_eq!(lines.len(), route::all().len());
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn the_types_have_the_fields_that_travel() {
        let id = Id::NIL;
        let time = Timestamp::from_millis(0);
        let text = String::new;
        let cases = [
            ("Enrol", json(&Enrol { code: text(), public_key: text(), device_name: text(), again: None })),
            ("Enrolled", json(&Enrolled { device: id, member: id, name: text(), server_key: text(), certificate: text() })),
            ("ChallengeRequest", json(&ChallengeRequest { device: id })),
            ("Challenge", json(&Challenge { challenge: text() })),
            ("TokenRequest", json(&TokenRequest { device: id, challenge: text(), signature: text() })),
            ("Token", json(&Token { token: text(), expires: time, lasts_ms: 0 })),
            ("NewEnrolment", json(&NewEnrolment { member: id })),
            ("Enrolment", json(&Enrolment { code: text(), expires: time })),
        ];
        for (name, travels) in cases {
            let (_, fields) = TYPES.iter().find(|(known, _)| *known == name).expect("is described");
            let mut described: Vec<_> = fields.iter().map(|(field, ..)| (*field).to_owned()).collect();
            described.sort();
            assert_eq!(described, travels, "{name}");
        }
    }

    fn json(value: &impl Serialize) -> Vec<String> {
        let value = serde_json::to_value(value).expect("serialises");
        value.as_object().expect("an object").keys().cloned().collect()
    }
}
