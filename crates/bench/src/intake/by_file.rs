//! By file: what `mission-control ingest` does, in this process.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use domain::id::Seq;
use ingest::stream::Lines;
use service::{Admission, FixedClock, Hermes};
use store_sqlite::SqliteStore;

use crate::sample::Sample;

/// How much is stored in one transaction, in bytes: the same as `mission-control ingest`.
pub(super) const CHUNK: usize = 2 * 1024 * 1024;

/// What came of it.
pub(crate) struct Stored {
    pub(super) took: Duration,
    pub(crate) database: PathBuf,
    /// The last place in the log after each commit.
    pub(super) seqs: Vec<Seq>,
}

/// Stores the sample. The clock runs from the first byte read to the last commit.
pub(crate) async fn run(sample: &Sample, folder: &Path) -> Result<Stored> {
    let database = folder.join("ledger.db");
    let store = SqliteStore::open(&database).await?;
    let hermes = Hermes::new(Arc::new(store.clone()), Arc::new(FixedClock::new(sample.now)));
    let (mut accepted, mut seqs) = (0, Vec::new());

    let start = Instant::now();
    let mut lines = Lines::new(File::open(&sample.path)?)?;
    while let Some(chunk) = lines.next_chunk(CHUNK)? {
        let receipt = hermes.ingest(chunk.bytes, chunk.first_line, None, Admission::Wait).await?;
        accepted += receipt.accepted;
        seqs.extend(receipt.seq);
    }
    let took = start.elapsed();

    store.close().await;
    anyhow::ensure!(accepted == sample.made.lines, "{accepted} lines of {} are stored", sample.made.lines);
    Ok(Stored { took, database, seqs })
}
