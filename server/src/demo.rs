//! Demo data: a database of its own, filled with what `mock-data/` holds, and made again when it has aged. The real
//! database is never opened.

mod beside;

use std::{
    fs::{File, TryLockError},
    io::{self, Cursor},
    path::Path,
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    patch::{Visit as _, Visitor},
    telemetry::{Body, Telemetry},
};
use ingest::{Decoder, Draft, stream::Lines};
use serde::{Deserialize, Serialize};
use service::{Clock, Hermes, ServiceError};
use sha2::{Digest, Sha256};

use crate::data_dir::{self, Data, DataDirError};

pub use self::beside::Demos;

/// `mock-data/README.md` says what it is.
const DEMO: &[u8] = include_bytes!("../../mock-data/demo.jsonl.zst");

/// How much is stored in one transaction, in bytes of lines.
const CHUNK: usize = 1024 * 1024;

/// How old it may get: tasks that "run now" have been silent since it was loaded.
const LASTS: TimeDelta = TimeDelta::days(1);

/// The cursor that says what was loaded, and when. It is stored after everything else.
const LOADED: &str = "demo/loaded";

/// Held by whoever fills the database or shows it.
const LOCK: &str = "demo.lock";

/// Why there is no demo data to show.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder or the database cannot be used.
    #[error(transparent)]
    Data(#[from] DataDirError),
    /// Files of the demo database cannot be used.
    #[error("cannot use the folder of the demo data: {0}")]
    Files(#[from] io::Error),
    /// The lines cannot be stored.
    #[error("cannot store the demo data: {0}")]
    Store(#[from] ServiceError),
    /// The data that this program carries is broken.
    #[error("this program carries broken demo data: {0}")]
    Broken(String),
}

/// The demo database in use: others that start meanwhile leave it as it is.
pub struct Demo {
    /// The database.
    pub data: Data,
    /// Kept as long as it is shown.
    pub lock: File,
}

/// What was loaded, and when.
#[derive(PartialEq, Serialize, Deserialize)]
struct Loaded {
    at: DateTime<Utc>,
    data: String,
}

/// The first line.
#[derive(Deserialize)]
struct Header {
    reference: DateTime<Utc>,
}

/// Opens the demo database beside the real one in `folder`, and fills it where it is not there, incomplete, of
/// another version or older than a day.
pub async fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Demo, DemoError> {
    let folder = folder.join(data_dir::DEMO_FOLDER);
    data_dir::make(&folder)?;
    let mut lock = File::options().create(true).append(true).open(folder.join(LOCK))?;
    let alone = match lock.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        // Where a file system knows no locks there is nobody to ask.
        Ok(()) | Err(TryLockError::Error(_)) => true,
    };
    let data = if alone {
        let data = filled(&folder, clock).await?;
        // A lock that was not taken need not be given back.
        let _ = lock.unlock();
        lock = shared(lock).await?;
        data
    } else {
        tracing::info!("another server shows the demo data; it stays as it is");
        lock = shared(lock).await?;
        data_dir::open_demo(&folder, clock).await?
    };
    Ok(Demo { data, lock })
}

/// The database with what belongs into it.
async fn filled(folder: &Path, clock: Arc<dyn Clock>) -> Result<Data, DemoError> {
    let data = data_dir::open_demo(folder, Arc::clone(&clock)).await?;
    if is_fresh(&data.hermes).await? {
        return Ok(data);
    }
    tracing::info!("loading the demo data");
    data.close().await;
    data_dir::remove_demo(folder)?;
    let data = data_dir::open_demo(folder, clock).await?;
    fill(&data.hermes).await?;
    Ok(data)
}

/// Waits for whoever fills the database at this moment, and keeps others from it.
async fn shared(lock: File) -> io::Result<File> {
    let wait = move || {
        // Without locks the database is shared all the same.
        let _ = lock.lock_shared();
        lock
    };
    tokio::task::spawn_blocking(wait).await.map_err(io::Error::other)
}

async fn is_fresh(hermes: &Hermes) -> Result<bool, DemoError> {
    let loaded = hermes.cursor(LOADED).await?;
    let loaded: Option<Loaded> = loaded.and_then(|loaded| serde_json::from_value(loaded).ok());
    let now = hermes.now();
    Ok(loaded.is_some_and(|loaded| loaded.data == version() && (now - LASTS..=now).contains(&loaded.at)))
}

/// What tells this demo data from another version's.
fn version() -> String {
    let number =
        Sha256::digest(DEMO).iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

/// Takes the demo data in, moved so that its now is the clock's.
pub async fn fill(hermes: &Hermes) -> Result<(), DemoError> {
    let broken = |error: &dyn std::fmt::Display| DemoError::Broken(error.to_string());
    let mut lines = Lines::new(Cursor::new(DEMO)).map_err(|error| broken(&error))?;
    // One line and no more: a chunk holds at least one.
    let header = lines.next_chunk(1).map_err(|error| broken(&error))?.unwrap_or_default();
    let header: Header = serde_json::from_slice(&header.bytes).map_err(|error| broken(&error))?;
    let now = hermes.now();
    let decoder = Arc::new(Decoder::new([0; 32]));
    while let Some(chunk) = lines.next_chunk(CHUNK).map_err(|error| broken(&error))? {
        let decoder = Arc::clone(&decoder);
        let decode = move || decoder.lines(&chunk.bytes, chunk.first_line);
        let decoded = tokio::task::spawn_blocking(decode).await.map_err(|error| broken(&error))?;
        if let Some(error) = decoded.rejected.first.first() {
            return Err(broken(error));
        }
        let moved = decoded.lines.into_iter().map(|line| moved(line, now - header.reference)).collect();
        hermes.take(moved, Vec::new()).await?;
    }
    let loaded = serde_json::to_value(Loaded { at: now, data: version() }).map_err(|error| broken(&error))?;
    hermes.take(Vec::new(), vec![(LOADED.to_owned(), loaded)]).await?;
    Ok(())
}

/// The line with all its times later by that much.
fn moved(line: Telemetry, by: TimeDelta) -> Draft {
    let Telemetry { id, ts, mut body, .. } = line;
    let mut mover = Mover(by);
    match &mut body {
        Body::Product(_, patch) => patch.visit(&mut mover),
        Body::Task(_, patch) => patch.visit(&mut mover),
        Body::Event(event, patch) => {
            event.visit(&mut mover);
            patch.iter_mut().for_each(|patch| patch.visit(&mut mover));
        }
        Body::Run(_, patch) => patch.visit(&mut mover),
        Body::Agent(_, patch) => patch.visit(&mut mover),
        Body::Job(_, patch) => patch.visit(&mut mover),
        Body::TaskMerged { .. } => {}
    }
    Draft { id, ts: ts + by, body }
}

struct Mover(TimeDelta);

impl Visitor for Mover {
    fn text(&mut self, _: &mut String) {}

    fn list(&mut self, _: &mut Vec<String>) {}

    fn time(&mut self, at: &mut DateTime<Utc>) {
        *at += self.0;
    }
}
