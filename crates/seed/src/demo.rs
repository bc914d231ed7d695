//! The demo data: one plan, packed as `mock-data/demo.jsonl.zst`.
//!
//! Its first line is a header that names the moment which the other lines, native telemetry, take for now. Whoever
//! loads it moves all times by the same span, so that the newest lies just before the moment of loading.

use chrono::{DateTime, TimeZone, Utc};

use crate::{Error, Plan, write};

/// How hard it is packed: it is packed once, and the server carries it.
const LEVEL: i32 = 19;

/// The plan of the demo data. A change of it needs `cargo xtask seed --demo`.
pub fn plan() -> Plan {
    // A Thursday morning: two days of the week's work are done.
    let now = Utc.with_ymd_and_hms(2026, 3, 12, 10, 24, 0);
    Plan::new(63, now.earliest().unwrap_or(DateTime::UNIX_EPOCH), 2000)
}

/// The header and the lines.
pub fn lines() -> Result<Vec<u8>, Error> {
    let plan = plan();
    let mut lines =
        format!("{{\"demo\":1,\"reference\":{}}}\n", serde_json::to_string(&plan.now)?).into_bytes();
    write(&mut lines, &plan)?;
    Ok(lines)
}

/// The same, packed.
pub fn packed() -> Result<Vec<u8>, Error> {
    Ok(zstd::encode_all(lines()?.as_slice(), LEVEL)?)
}
