//! Rows back into lines: what an export of the ledger holds, so that it can be taken again.
//!
//! A row knows the last writer of each of its fields ([`crate::stamp`]). Told again, each of those lines says what of
//! its words still counts, under its own id and time, so that the rows of an empty store come out the same, stamps
//! included, and a later line wins or loses as it would have. Lines of which nothing counts any more are not told; where
//! one of them was the first or the last to speak of a task, a line that says nothing else keeps that time.

mod task_lines;

use chrono::{DateTime, Utc};

pub use self::task_lines::TaskLines;
use crate::{
    id::{LineId, MAX_ID_BYTES},
    product::{ProductPatch, ProductRecord},
    telemetry::Body,
};

string_enum! {
    /// What an export of the ledger is made of.
    pub enum ExportFormat as "export format" {
        Json = "json", "JSON";
        Jsonl = "jsonl", "Native telemetry";
    }
}

/// A line that tells something again.
#[derive(Debug, Clone, PartialEq)]
pub struct Retold {
    /// The line's identity: that of the line that said it, or one made of the row.
    pub id: LineId,
    /// When it happened, as it was ordered.
    pub ts: DateTime<Utc>,
    /// What it says.
    pub body: Body,
}

/// The lines that make the product again, in the order of their stamps. None for the reserved one, which no line tells.
pub fn product(record: &ProductRecord) -> Vec<Retold> {
    if record.id.is_unassigned() {
        return Vec::new();
    }
    let body = |patch| Body::Product(record.id.clone(), Box::new(patch));
    let mut seen = Seen::default();
    let mut lines = Vec::new();
    for (stamp, patch) in record.told() {
        seen.note(stamp.0);
        lines.push(Retold { id: stamp.1, ts: stamp.0, body: body(patch) });
    }
    for (ts, when) in seen.missing(record.first_seen_at, record.last_seen_at) {
        let id = made("product", when, ts, record.id.as_str());
        lines.extend(id.map(|id| Retold { id, ts, body: body(ProductPatch::default()) }));
    }
    lines
}

/// The times of the lines that were told.
#[derive(Debug, Clone, Copy, Default)]
struct Seen(Option<(DateTime<Utc>, DateTime<Utc>)>);

impl Seen {
    fn note(&mut self, at: DateTime<Utc>) {
        let (first, last) = self.0.unwrap_or((at, at));
        self.0 = Some((first.min(at), last.max(at)));
    }

    /// The times that no line has, of the first and the last of all lines.
    fn missing(self, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<(DateTime<Utc>, &'static str)> {
        let (told_first, told_last) = self.0.unwrap_or((DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC));
        let mut missing = Vec::new();
        if first < told_first {
            missing.push((first, "first"));
        }
        if last > told_last && !(last == first && first < told_first) {
            missing.push((last, "last"));
        }
        missing
    }
}

/// The identity of a line that is made of a row: the same whenever it is made of the same.
fn made(kind: &str, what: &str, ts: DateTime<Utc>, id: &str) -> Option<LineId> {
    let begin = format!("retold:{kind}:{what}:{}:", ts.timestamp_micros());
    let whole = format!("{begin}{id}");
    if whole.len() <= MAX_ID_BYTES {
        return LineId::new(whole).ok();
    }
    // Too long to be told whole: FNV-1a tells it from others that begin alike.
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let room = MAX_ID_BYTES.saturating_sub(begin.len() + 17);
    let cut = id.get(..id.floor_char_boundary(room)).unwrap_or_default();
    LineId::new(format!("{begin}{cut}:{hash:016x}")).ok()
}
