//! Live updates: streams that tell of changes as they happen.
//!
//! The log of changes is the queue. A stream is a place in it; whatever moves the log wakes the streams, and each reads on
//! from its place. So nothing is lost between two connections, a reader that is slow keeps nothing in memory but a
//! number, and a page that names the place of its HTML has neither a gap nor, but for rows that are whole anyway, a double.
//!
//! What the founder does beside the ledger (decisions, settings, views, his word about products) has logs of its own.
//! A stream says which of them grew, and pages ask for what they show of it again: see [`domain::live`].
//!
//! # Invariants
//! - Streams at the same place share what is read and what is written of it ([`batches`]): five hundred tabs cost the
//!   store one read.
//! - A stream says something at most once in [`COALESCE`]; after a quiet time at once.
//! - Between two connections nothing is assumed: what a stream begins with is read from the store.
//!
//! # Other processes
//! `mission-control ingest` may write to the same database meanwhile. Its writes wake nobody here, so while anybody
//! listens one task for all streams asks the store every [`LOOK`] how far its logs have come. That is one statement.

mod batches;
mod filter;
mod stream;

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::{
    change::Changes,
    id::Seq,
    live::{Heads, Marks},
};
use tokio::sync::watch;

use self::batches::{Batch, Batches};
pub use self::{
    filter::LiveFilter,
    stream::{LiveMessage, LiveStream},
};
use crate::{Hermes, error::Result};

/// A stream says something at most once in that time.
pub const COALESCE: Duration = Duration::from_millis(50);

/// A stream that has nothing to say says so after that time.
pub const BEAT: Duration = Duration::from_secs(15);

/// How often other processes' writes are looked for, while anybody listens.
pub const LOOK: Duration = Duration::from_secs(1);

/// More places than that are not replayed: to read a page's data again is cheaper.
pub const MAX_BEHIND: u64 = 10_000;

/// What wakes the streams, and what they share.
pub(crate) struct LiveBus {
    /// What is known of the logs: never more than is durable.
    heads: watch::Sender<Heads>,
    batches: Batches,
    /// Whether a task looks for other processes' writes.
    looking: Mutex<bool>,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    streams: AtomicU64,
    messages: AtomicU64,
    resyncs: AtomicU64,
    replayed: AtomicU64,
    reads: AtomicU64,
}

/// What the streams came to since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LiveCounts {
    /// Streams that are open now.
    pub streams: u64,
    /// Messages that were sent.
    pub messages: u64,
    /// Streams that were told to read a snapshot again.
    pub resyncs: u64,
    /// Changes that were sent because a stream began at an earlier place.
    pub replayed: u64,
    /// How often the log was read for all streams together.
    pub reads: u64,
}

impl Default for LiveBus {
    fn default() -> Self {
        Self {
            heads: watch::Sender::new(Heads::default()),
            batches: Batches::default(),
            looking: Mutex::default(),
            counts: Counts::default(),
        }
    }
}

impl LiveBus {
    /// The logs have come that far; streams that have not are woken.
    fn moved(&self, heads: Heads) {
        self.heads.send_if_modified(|known| {
            let before = std::mem::replace(known, known.max(heads));
            *known != before
        });
    }

    /// The log of changes has come that far.
    pub(crate) fn reached(&self, seq: Seq) {
        self.moved(Heads { seq, marks: Marks::default() });
    }

    /// Whether the task that looks for others' writes may end: nobody listens.
    fn may_stop(&self) -> bool {
        let mut looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        // A stream subscribes before it asks whether somebody looks, so none is left without.
        *looking = self.heads.receiver_count() > 0;
        !*looking
    }
}

impl Hermes {
    /// How far the log of changes and the founder's own logs have come. What a page reads after this holds at least so
    /// much: a stream that begins there leaves no gap.
    pub async fn heads(&self) -> Result<Heads> {
        let heads = self.store().heads().await?;
        self.bus().moved(heads);
        Ok(heads)
    }

    /// A stream of what changes after `from`; `None` is now.
    pub async fn live(&self, from: Option<Seq>, filter: LiveFilter) -> Result<LiveStream> {
        // First of all: what happens from here on wakes the stream.
        let receiver = self.bus().heads.subscribe();
        self.look_for_others();
        let heads = self.heads().await?;
        let filter = match filter.task() {
            Some(task) => match self.store().task(task).await? {
                // It may have turned out to be another.
                Some(found) => filter.also(found.id),
                None => filter,
            },
            None => filter,
        };
        Ok(LiveStream::new(self.clone(), receiver, from, heads, filter))
    }

    /// What the streams came to since the start.
    pub fn live_counts(&self) -> LiveCounts {
        let Counts { streams, messages, resyncs, replayed, reads } = &self.bus().counts;
        let [streams, messages, resyncs, replayed, reads] =
            [streams, messages, resyncs, replayed, reads].map(|count| count.load(Ordering::Relaxed));
        LiveCounts { streams, messages, resyncs, replayed, reads }
    }

    /// Tells the streams of what was just written. It is written, whatever comes of this.
    pub(crate) async fn announce(&self) {
        if self.bus().heads.receiver_count() > 0
            && let Err(error) = self.heads().await
        {
            tracing::warn!(error.message = %error, "live streams learn of a change later");
        }
    }

    /// The changes after a place, read once for all that ask. `None` where a snapshot must be read.
    async fn batch_after(&self, place: Seq) -> Result<Option<std::sync::Arc<Batch>>> {
        let read = async || {
            self.bus().counts.reads.fetch_add(1, Ordering::Relaxed);
            match self.store().changes_after(place, batches::MAX_ROWS).await? {
                Changes::Some { changes, upto } if upto > place => Batch::of(&changes, upto).map(Some),
                // The log has come further, it was said, and tells nothing of it.
                Changes::Some { .. } | Changes::Resync => Ok(None),
            }
        };
        self.bus().batches.after(place, read).await
    }

    /// Starts the one task that looks for other processes' writes, unless it runs.
    fn look_for_others(&self) {
        let mut looking = self.bus().looking.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *looking, true) {
            return;
        }
        let hermes = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK).await;
                if hermes.bus().may_stop() {
                    return;
                }
                if let Err(error) = hermes.heads().await {
                    tracing::warn!(error.message = %error, "cannot look for what other processes write");
                }
            }
        });
    }
}
