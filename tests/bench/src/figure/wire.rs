//! Bytes on the wire.

use haitang_domain::Id;
use haitang_protocol::pull::Pull;

use crate::floor;
use crate::report::Measured;
use crate::stage::Stage;

/// What `zstd -3` is.
const LEVEL: i32 = 3;

/// The frames of the answer to a first pull of everything. Floor: `zstd -3` of the bodies alone, one after the other.
pub fn measure(stage: &Stage) -> Measured {
    let town = stage.town();
    let mut bytes = 0;
    let pull = Pull { epoch: None, cursors: vec![] };
    let send = |frame: Vec<u8>| {
        bytes += frame.len();
        true
    };
    town.running.app.hub.pull(Id::NIL, town.cast.worker, pull, town.running.app.now(), send).expect("pulls");
    let connection = floor::open(&town.database(), None);
    let mut statement = connection.prepare("SELECT CAST(body AS BLOB) FROM record ORDER BY version").expect("prepares");
    let mut bodies = Vec::new();
    let mut rows = statement.query([]).expect("asks");
    while let Some(row) = rows.next().expect("reads") {
        bodies.extend_from_slice(row.get_ref(0).expect("a body").as_blob().expect("bytes"));
    }
    let floor = zstd::bulk::compress(&bodies, LEVEL).expect("compresses").len();
    Measured { value: bytes as f64 / 1e6, unit: "MB", floor: floor as f64 / 1e6 }
}
