//! Native telemetry by file into SQLite: decode, redact, fold, roll up, index and commit.

use std::{sync::Arc, time::Instant};

use anyhow::Result;
use service::{Admission, Hermes, SystemClock};
use store_sqlite::SqliteStore;

/// Bytes a batch: what `mission-control ingest` uses.
const BATCH_BYTES: usize = 1 << 20;

#[expect(clippy::cast_precision_loss, reason = "rates are rounded anyway")]
pub(crate) async fn run(thousands: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("events.jsonl");
    let (count, bytes) = crate::multiply::write(&path, thousands)?;
    let store = SqliteStore::open(&folder.path().join("ledger.db")).await?;
    let hermes = Hermes::new(Arc::new(store.clone()), Arc::new(SystemClock));

    let start = Instant::now();
    let mut lines = ingest::stream::Lines::new(std::fs::File::open(&path)?)?;
    while let Some(chunk) = lines.next_chunk(BATCH_BYTES)? {
        let receipt = hermes.ingest(chunk.bytes, chunk.first_line, None, Admission::Wait).await?;
        anyhow::ensure!(
            receipt.rejected.total == 0,
            "the sample has good lines only: {:?}",
            receipt.rejected
        );
    }
    let seconds = start.elapsed().as_secs_f64();
    let info = hermes.info().await?;
    println!("{} tasks, {count} lines, {:.1} MB", info.tasks, bytes as f64 / 1e6);
    println!(
        "stored in {seconds:.2} s: {:.0} lines/s, {:.1} MB/s",
        count as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    );
    println!("database: {:.1} MB", info.bytes.unwrap_or(0) as f64 / 1e6);

    for _ in 0..2 {
        let start = Instant::now();
        let overview = hermes.overview().await?;
        println!("overview: {:.2} ms ({} tasks)", start.elapsed().as_secs_f64() * 1e3, overview.total_tasks);
    }
    store.close().await;
    Ok(())
}
