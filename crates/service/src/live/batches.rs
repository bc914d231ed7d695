//! Pieces of the log, read once and put into JSON once, for all streams that are at the same place.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use domain::{
    change::{Change, Row},
    id::{Seq, TaskId},
    live::{self, Kind},
};
use tokio::sync::OnceCell;

use super::filter::LiveFilter;
use crate::{ServiceError, error::Result};

/// Changes that are read at a time.
pub(super) const MAX_ROWS: usize = 500;

/// Batches that are kept: with one in 50 ms, what happened in the last second and a half.
const KEPT: usize = 32;

/// Bytes of JSON that are kept, whatever their number.
const KEPT_BYTES: usize = 8 * 1024 * 1024;

/// One change, in JSON.
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// The task that it is or belongs to.
    pub(super) task: Option<TaskId>,
    /// What that task turned out to be, where the change says so.
    pub(super) into: Option<TaskId>,
    json: String,
}

/// The changes from one place to another.
pub(super) struct Batch {
    /// The place that a reader has reached with them.
    pub(super) upto: Seq,
    pub(super) pieces: Vec<Piece>,
    bytes: usize,
    /// What most streams get of it.
    usual: OnceLock<Option<Told>>,
}

/// A list of changes in JSON, and how many they are.
pub(super) type Told = (Arc<str>, usize);

impl Batch {
    pub(super) fn of(changes: &[Change], upto: Seq) -> Result<Self> {
        let piece = |change: &Change| {
            let json = serde_json::to_string(change);
            let json = json.map_err(|error| ServiceError::Unavailable(error.to_string()))?;
            let into =
                if let Row::TaskMerged(merged) = &change.row { Some(merged.into.clone()) } else { None };
            Ok::<_, ServiceError>(Piece {
                kind: Kind::of(&change.row),
                task: live::task_of(&change.row).cloned(),
                into,
                json,
            })
        };
        let pieces = changes.iter().map(piece).collect::<Result<Vec<_>>>()?;
        let bytes = pieces.iter().map(|piece| piece.json.len()).sum();
        Ok(Self { upto, pieces, bytes, usual: OnceLock::new() })
    }

    fn usual(&self) -> Option<Told> {
        self.usual.get_or_init(|| list(self.pieces.iter(), &LiveFilter::default())).clone()
    }
}

/// What a filter lets through of them; `None` where that is nothing.
pub(super) fn told(batches: &[Arc<Batch>], filter: &LiveFilter) -> Option<Told> {
    match batches {
        [one] if filter.is_usual() => one.usual(),
        some => list(some.iter().flat_map(|batch| &batch.pieces), filter),
    }
}

fn list<'a>(pieces: impl Iterator<Item = &'a Piece>, filter: &LiveFilter) -> Option<Told> {
    let (mut text, mut count) = (String::new(), 0);
    for piece in pieces.filter(|piece| filter.lets_through(piece)) {
        text.push(if count == 0 { '[' } else { ',' });
        text.push_str(&piece.json);
        count += 1;
    }
    text.push(']');
    (count > 0).then(|| (text.into(), count))
}

type Slot = Arc<OnceCell<Arc<Batch>>>;

/// The newest batches, by the place that they begin after.
#[derive(Default)]
pub(super) struct Batches(Mutex<BTreeMap<Seq, Slot>>);

/// Why there is no batch to keep.
enum Missing {
    Resync,
    Failed(ServiceError),
}

impl Batches {
    /// The batch after a place: the one that is kept, or what `read` says, which is asked once by all that wait for it.
    pub(super) async fn after(
        &self,
        place: Seq,
        read: impl AsyncFnOnce() -> Result<Option<Batch>>,
    ) -> Result<Option<Arc<Batch>>> {
        let slot = Arc::clone(self.lock().entry(place).or_default());
        let made = slot.get_or_try_init(async || match read().await {
            Ok(Some(batch)) => Ok(Arc::new(batch)),
            Ok(None) => Err(Missing::Resync),
            Err(error) => Err(Missing::Failed(error)),
        });
        let made = made.await.cloned();
        self.trim();
        match made {
            Ok(batch) => Ok(Some(batch)),
            Err(Missing::Resync) => Ok(None),
            Err(Missing::Failed(error)) => Err(error),
        }
    }

    /// Forgets the oldest.
    fn trim(&self) {
        let mut slots = self.lock();
        let bytes = |slot: &Slot| slot.get().map_or(0, |batch| batch.bytes);
        let mut total: usize = slots.values().map(bytes).sum();
        while slots.len() > KEPT || total > KEPT_BYTES {
            let Some((_, slot)) = slots.pop_first() else { return };
            total -= bytes(&slot).min(total);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Seq, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
