//! What the browser's mirror is loaded by: a manifest, and chunks of rows as bytes.

use domain::{id::Seq, month::Month, zone::Zone};
use mirror::{ChunkRef, Guesses, LIMIT, Manifest, Products, wire};
use sha2::{Digest as _, Sha256};
use store::{ClosedMonth, MirrorMonths, MirrorPart};

use crate::{Hermes, error::Result};

/// Where the chunks are.
const CHUNKS: &str = "/api/v1/mirror";

impl Hermes {
    /// What of the ledger there is to load, as of now.
    pub async fn mirror(&self) -> Result<Manifest> {
        // The months first: products that come later do no harm, tasks of unknown ones would.
        let months = self.store().mirror_months().await?;
        let products = Products::of(&self.store().product_book().await?);
        let store = self.store_name().await?;
        let guesses = Guesses::of(&self.settings().await?);
        let zone = self.zone().await?;
        Ok(Manifest { products, guesses, zone, ..manifest(&months, Month::of(self.now()), &store) })
    }

    /// The closed tasks that were created in a month, as bytes; `None` where another version is in force.
    pub async fn mirror_month(&self, month: Month, version: &str) -> Result<Option<Vec<u8>>> {
        let Some(number) = version.rsplit_once('-').and_then(|(_, number)| number.parse().ok()) else {
            return Ok(None);
        };
        // Another form, or another database, has other bytes under the same number.
        if version != version_text(&self.store_name().await?, number) {
            return Ok(None);
        }
        self.chunk(MirrorPart::Closed { month, version: number }).await
    }

    /// The tasks that are open and those that were created from that month on, as bytes.
    pub async fn mirror_fresh(&self, since: Month) -> Result<Vec<u8>> {
        let chunk = self.chunk(MirrorPart::Fresh { since }).await?;
        Ok(chunk.unwrap_or_else(|| wire::Writer::new().finish(Seq(0))))
    }

    async fn chunk(&self, part: MirrorPart) -> Result<Option<Vec<u8>>> {
        let mut writer = wire::Writer::new();
        let seq = self.store().mirror(part, &mut |task| writer.push(&task)).await?;
        Ok(seq.map(|seq| writer.finish(seq)))
    }

    /// A name of the database, by which a browser tells its chunks from those of another one at the same address. The
    /// key that it is made of cannot be worked out from it.
    async fn store_name(&self) -> Result<String> {
        let key = self.store().digest_key().await?;
        let digest =
            Sha256::new().chain_update(b"the mirror's name of this store").chain_update(key).finalize();
        let [a, b, c, d, ..]: [u8; 32] = digest.into();
        Ok(format!("{:08x}", u32::from_be_bytes([a, b, c, d])))
    }
}

fn version_text(store: &str, version: u64) -> String {
    format!("{}-{store}-{version}", wire::FORMAT)
}

fn manifest(of: &MirrorMonths, this: Month, store: &str) -> Manifest {
    let closed = of.months.iter().filter(|closed| closed.month < this);
    let fresh = of.tasks.saturating_sub(closed.clone().map(|closed| closed.tasks).sum());
    let mut manifest = Manifest {
        format: wire::FORMAT,
        seq: of.seq,
        total: of.tasks,
        limit: LIMIT,
        complete: fresh <= LIMIT,
        since: None,
        chunks: Vec::new(),
        products: Products::default(),
        guesses: Guesses::default(),
        zone: Zone::utc(),
    };
    if !manifest.complete {
        return manifest;
    }
    manifest.chunks.push(ChunkRef { url: format!("{CHUNKS}/fresh?since={this}"), rows: fresh });
    let (mut rows, mut since) = (fresh, this);
    for ClosedMonth { month, tasks, version } in closed {
        rows += tasks;
        if rows > LIMIT {
            manifest.complete = false;
            manifest.since = Some(since.begin());
            break;
        }
        since = *month;
        let url = format!("{CHUNKS}/{month}?v={}", version_text(store, *version));
        manifest.chunks.push(ChunkRef { url, rows: *tasks });
    }
    manifest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tasks: u64, months: &[(&str, u64)], complete: bool, since: Option<&str>, chunks: &[&str]) {
        let closed = |(month, tasks): &(&str, u64)| ClosedMonth {
            month: month.parse().unwrap(),
            tasks: *tasks,
            version: 7,
        };
        let of = MirrorMonths { seq: Seq(9), tasks, months: months.iter().map(closed).collect() };
        let made = manifest(&of, "2026-11".parse().unwrap(), "ab");
        let urls: Vec<_> =
            made.chunks.iter().map(|chunk| chunk.url.trim_start_matches("/api/v1/mirror/")).collect();
        assert_eq!((made.complete, urls.as_slice()), (complete, chunks));
        let since = since.map(|since| since.parse::<Month>().unwrap().begin());
        assert_eq!((made.since, made.seq, made.total), (since, Seq(9), tasks));
    }

    #[test]
    fn chunks_are_the_latest_months_that_a_mirror_holds() {
        check(0, &[], true, None, &["fresh?since=2026-11"]);
        let months = [("2026-12", 5), ("2026-11", 7), ("2026-10", 20), ("2026-08", 1)];
        let chunks = ["fresh?since=2026-11", "2026-10?v=1-ab-7", "2026-08?v=1-ab-7"];
        check(40, &months, true, None, &chunks);
        let months = [("2026-10", 150_000), ("2026-09", 60_000), ("2026-08", 10)];
        check(230_010, &months, false, Some("2026-10"), &["fresh?since=2026-11", "2026-10?v=1-ab-7"]);
        check(200_001, &[], false, None, &[]);
    }
}
