//! Rows of the ledger as bytes: what a chunk of the mirror is.
//!
//! ```text
//! "hmcm"  format  seq  rows  [first created  last created]  names  texts  lists  columns
//! ```
//!
//! Numbers are LEB128, signed ones folded. Texts stand by kind, each once, so that like stands by like and compresses;
//! a row says "the next new one" or names an earlier one. Times are differences to the time before them, in the
//! largest unit that all of a column are whole in. What most rows do not have stands for those that have it only.

mod read;
mod write;

pub(crate) use self::read::{Loading, ended};
pub use self::{read::Head, write::Writer};

/// The version of the form. A reader takes its own only: chunks of another are asked for anew.
pub const FORMAT: u64 = 1;

const MAGIC: &[u8; 4] = b"hmcm";

/// The kinds of texts, in their order.
const TEXTS: [&str; 5] = ["ids", "titles", "actions", "errors", "labels"];
const IDS: usize = 0;
const TITLES: usize = 1;
const ACTIONS: usize = 2;
const ERRORS: usize = 3;
const LABELS: usize = 4;

/// The columns, in their order.
const COLUMNS: [&str; 18] = [
    "flags",
    "title",
    "product",
    "status",
    "priority",
    "type",
    "source",
    "agent",
    "created",
    "started",
    "completed",
    "last seen",
    "duration",
    "retries",
    "progress",
    "actions",
    "error",
    "lists",
];
const FLAGS: usize = 0;
const TITLE: usize = 1;
const PRODUCT: usize = 2;
const STATUS: usize = 3;
const PRIORITY: usize = 4;
const TYPE: usize = 5;
const SOURCE: usize = 6;
const AGENT: usize = 7;
const CREATED: usize = 8;
const STARTED: usize = 9;
const COMPLETED: usize = 10;
const LAST_SEEN: usize = 11;
const DURATION: usize = 12;
const RETRIES: usize = 13;
const PROGRESS: usize = 14;
const ACTION: usize = 15;
const ERROR: usize = 16;
const LIST: usize = 17;

/// What a row has, in its byte of flags.
const HAS_CREATED: u8 = 1;
const HAS_STARTED: u8 = 1 << 1;
const HAS_COMPLETED: u8 = 1 << 2;
const HAS_DURATION: u8 = 1 << 3;
const HAS_RETRIES: u8 = 1 << 4;
const HAS_PROGRESS: u8 = 1 << 5;
const HAS_ERROR: u8 = 1 << 6;
const HAS_LISTS: u8 = 1 << 7;

/// The units of a column of times, in microseconds.
const UNITS: [i64; 3] = [1, 1_000, 1_000_000];

/// Why bytes are no chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// They begin with something else.
    #[error("these bytes are no part of a mirror")]
    Foreign,
    /// They are of another version of the form.
    #[error("this part of a mirror has format {0}, this program reads {FORMAT}")]
    Format(u64),
    /// They end too early.
    #[error("the {0} of this part of a mirror end too early")]
    Short(&'static str),
    /// They go on where nothing more can come.
    #[error("this part of a mirror goes on after its {0}")]
    Long(&'static str),
    /// Something is no number that could stand there.
    #[error("among the {0} of this part of a mirror is a number that is none")]
    Number(&'static str),
    /// Something is no text, or no id.
    #[error("among the {0} of this part of a mirror is a text that is none")]
    Text(&'static str),
    /// A row names something that is not there.
    #[error("the {0} of a row in this part of a mirror is not there")]
    Missing(&'static str),
    /// More rows than a mirror takes.
    #[error("this part of a mirror says that it has {0} rows, more than a mirror takes")]
    TooMany(u64),
}
