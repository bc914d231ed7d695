//! The bare loop: what the file came to, inserted once more by nothing but prepared statements.

use std::{
    fs::File,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use ingest::{Decoder, stream::Lines};
use store::Store as _;
use store_sqlite::{
    SqliteStore,
    bare::{Commit, Loop, Rows},
};

use super::by_file::{CHUNK, Stored};
use crate::sample::Sample;

/// What came of it.
pub(super) struct Inserted {
    pub(super) took: Duration,
    pub(super) rows: u64,
    pub(super) commits: usize,
    /// How long decoding the sample takes by itself, which the loop does not do.
    pub(super) decoding: Duration,
}

/// Inserts the rows of `stored` into a new database. The clock runs from the first statement to the last commit; all
/// rows are in memory before.
pub(super) async fn run(sample: &Sample, stored: &Stored, folder: &Path) -> Result<Inserted> {
    let (commits, decoding) = commits(sample, stored)?;
    let rows = Rows::read(&stored.database, &commits).await?;
    std::fs::create_dir_all(folder)?;
    let database = folder.join("ledger.db");
    let mut bare = Loop::create(&database).await?;

    let start = Instant::now();
    bare.insert(&rows).await?;
    let took = start.elapsed();

    bare.close().await?;
    same(&stored.database, &database).await?;
    Ok(Inserted { took, rows: rows.count(), commits: rows.commits(), decoding })
}

/// The lines of each commit, decoded again: chunks of the same size are the same chunks.
fn commits(sample: &Sample, stored: &Stored) -> Result<(Vec<Commit>, Duration)> {
    let decoder = Decoder::new([0; 32]);
    let mut lines = Lines::new(File::open(&sample.path)?)?;
    let (mut commits, mut decoding) = (Vec::with_capacity(stored.seqs.len()), Duration::ZERO);
    for seq in &stored.seqs {
        let Some(chunk) = lines.next_chunk(CHUNK)? else { break };
        let start = Instant::now();
        let decoded = decoder.lines(&chunk.bytes, chunk.first_line);
        decoding += start.elapsed();
        let lines = decoded.lines.into_iter().map(|line| line.id).collect();
        commits.push(Commit { lines, seq: *seq });
    }
    Ok((commits, decoding))
}

/// A loop that left something out would be fast: what it made must be sound and as large as what it was made from.
async fn same(one: &Path, other: &Path) -> Result<()> {
    let (one, other) = (SqliteStore::open(one).await?, SqliteStore::open(other).await?);
    other.check().await?;
    let (a, b) = (one.info().await?, other.info().await?);
    one.close().await;
    other.close().await;
    anyhow::ensure!((a.tasks, a.lines, a.seq) == (b.tasks, b.lines, b.seq), "the loop made {b:?} of {a:?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use service::{FixedClock, Hermes};

    use super::*;
    use crate::intake::by_file;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_loop_makes_the_same_ledger_with_the_same_words() {
        let folder = tempfile::tempdir().unwrap();
        // More than one commit, so that rows are touched again after they first came.
        let sample = Sample::write(folder.path(), 600).unwrap();
        let stored = by_file::run(&sample, &folder.path().join("file")).await.unwrap();
        assert!(stored.seqs.len() > 1);
        let inserted = run(&sample, &stored, &folder.path().join("bare")).await.unwrap();
        assert_eq!(inserted.commits, stored.seqs.len());

        let mut told = Vec::new();
        for name in ["file", "bare"] {
            let store = SqliteStore::open(&folder.path().join(name).join("ledger.db")).await.unwrap();
            let hermes = Hermes::new(Arc::new(store.clone()), Arc::new(FixedClock::new(sample.now)));
            let overview = serde_json::to_value(hermes.overview().await.unwrap()).unwrap();
            let query = domain::query::TaskQuery::parse("q=deploy").unwrap();
            let found = store.tasks(&query).await.unwrap();
            assert!(found.total > 0);
            told.push((overview, found.total, found.items));
            store.close().await;
        }
        assert!(told[0] == told[1]);
    }
}
