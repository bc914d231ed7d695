//! One stream: a place in the log, and when it may say something next.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use domain::{
    id::Seq,
    live::{Area, Heads, Marks},
};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{
    BEAT, COALESCE, MAX_BEHIND,
    batches::{MAX_ROWS, told},
    filter::LiveFilter,
};
use crate::{Hermes, error::Result};

/// A stream that passed rows over tells the place that it has reached after that time at the latest.
const UNSAID: Duration = Duration::from_secs(1);

/// How long a stream is quiet after it told its reader to begin anew: while telemetry floods in, a page that reads its
/// data once in a second has enough to do.
const RESYNC: Duration = Duration::from_secs(1);

/// What a stream says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveMessage {
    /// Rows changed.
    Changes {
        /// The place that is reached with them.
        upto: Seq,
        /// The changes, as a list in JSON.
        json: Arc<str>,
    },
    /// Rows changed that the filter does not let through; that place is reached.
    Upto(Seq),
    /// The founder did something.
    Touched(Vec<Area>, Marks),
    /// What lies between is not told. A snapshot that is read from now on holds it, and the stream goes on from that place.
    Resync(Seq),
    /// Nothing happened for a while; that place is reached.
    Beat(Seq),
}

/// A stream of what changes. It keeps a place and nothing of what it will say, so it may be asked as slowly as one likes.
pub struct LiveStream {
    hermes: Hermes,
    heads: watch::Receiver<Heads>,
    filter: LiveFilter,
    place: Seq,
    marks: Marks,
    /// Whether the reader must be told to begin anew.
    lost: bool,
    /// Changes up to here happened before the stream began.
    begun: Seq,
    /// When something may be said next.
    ready: Instant,
    /// When it says that there is nothing to say.
    beat: Instant,
    /// When it says that it passed rows over, where it did.
    unsaid: Option<Instant>,
}

impl LiveStream {
    pub(super) fn new(
        hermes: Hermes,
        receiver: watch::Receiver<Heads>,
        from: Option<Seq>,
        heads: Heads,
        filter: LiveFilter,
    ) -> Self {
        let from = from.unwrap_or(heads.seq);
        // Further than the log: another database lies here now.
        let lost = heads.seq.0.checked_sub(from.0).is_none_or(|behind| behind > MAX_BEHIND);
        hermes.bus().counts.streams.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        Self {
            hermes,
            heads: receiver,
            filter,
            place: if lost { heads.seq } else { from },
            marks: heads.marks,
            lost,
            begun: heads.seq,
            ready: now,
            beat: now + BEAT,
            unsaid: None,
        }
    }

    /// The place that it has reached.
    pub fn place(&self) -> Seq {
        self.place
    }

    /// The founder's own logs, as far as it told of them.
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// Whether the reader will be told to begin anew: a place that it names meanwhile should be its old one.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// Waits for what is to be said next. After an error nothing is lost: it may be asked again.
    pub async fn next(&mut self) -> Result<LiveMessage> {
        loop {
            let now = Instant::now();
            let heads = *self.heads.borrow_and_update();
            let pending = self.lost || heads.seq > self.place || heads.marks != self.marks;
            if self.unsaid.is_some_and(|at| at <= now) {
                return Ok(self.say(LiveMessage::Upto(self.place)));
            } else if pending && self.ready <= now {
                if let Some(message) = self.pending(heads).await? {
                    return Ok(self.say(message));
                }
            } else if !pending && self.beat <= now {
                return Ok(self.say(LiveMessage::Beat(self.place)));
            } else {
                self.wait(if pending { self.ready } else { self.beat }, pending).await;
            }
        }
    }

    /// Until then, or until what was passed over must be said. What happens wakes a stream that is not ready for it later.
    async fn wait(&mut self, until: Instant, pending: bool) {
        let until = self.unsaid.map_or(until, |unsaid| unsaid.min(until));
        if pending {
            return sleep_until(until).await;
        }
        tokio::select! {
            // The other end lives as long as our own handle.
            _ = self.heads.changed() => {}
            () = sleep_until(until) => {}
        }
    }

    async fn pending(&mut self, heads: Heads) -> Result<Option<LiveMessage>> {
        if self.lost {
            return Ok(Some(LiveMessage::Resync(self.place)));
        }
        let areas = self.marks.differing(&heads.marks);
        if !areas.is_empty() {
            self.marks = heads.marks;
            return Ok(Some(LiveMessage::Touched(areas, heads.marks)));
        }
        if heads.seq.0 - self.place.0 > MAX_BEHIND {
            return Ok(Some(LiveMessage::Resync(heads.seq)));
        }
        self.rows(heads.seq).await
    }

    /// Rows from the place on; `None` where the filter lets none of them through.
    async fn rows(&mut self, head: Seq) -> Result<Option<LiveMessage>> {
        let (mut batches, mut rows, mut place) = (Vec::new(), 0, self.place);
        // Others were quicker, and left several small batches.
        while place < head && rows < MAX_ROWS {
            let Some(batch) = self.hermes.batch_after(place).await? else {
                return Ok(Some(LiveMessage::Resync(self.hermes.heads().await?.seq)));
            };
            self.filter.follow(&batch);
            rows += batch.pieces.len();
            place = batch.upto;
            batches.push(batch);
        }
        let replayed = place <= self.begun;
        self.place = place;
        let Some((json, count)) = told(&batches, &self.filter) else {
            let now = Instant::now();
            self.ready = now + COALESCE;
            self.unsaid.get_or_insert(now + UNSAID);
            return Ok(None);
        };
        if replayed {
            self.hermes.bus().counts.replayed.fetch_add(count as u64, Ordering::Relaxed);
        }
        Ok(Some(LiveMessage::Changes { upto: place, json }))
    }

    /// Notes that it says this.
    fn say(&mut self, message: LiveMessage) -> LiveMessage {
        let counts = &self.hermes.bus().counts;
        counts.messages.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        self.beat = now + BEAT;
        self.ready = now + COALESCE;
        if let LiveMessage::Resync(place) = message {
            counts.resyncs.fetch_add(1, Ordering::Relaxed);
            self.place = place;
            self.lost = false;
            self.ready = now + RESYNC;
        }
        if !matches!(message, LiveMessage::Touched(..)) {
            // All others name the place.
            self.unsaid = None;
        }
        message
    }
}

impl Drop for LiveStream {
    fn drop(&mut self) {
        self.hermes.bus().counts.streams.fetch_sub(1, Ordering::Relaxed);
    }
}
