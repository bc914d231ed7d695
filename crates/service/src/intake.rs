//! The way in: lines are decoded, bounded and stored in one transaction.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::{
    id::{LineId, Seq},
    telemetry::{Outcome, Telemetry},
};
use ingest::{Decoder, Draft, Findings, LineError};
use serde::Serialize;
use store::{Batch, Cursor};
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore, TryAcquireError};

use crate::{Hermes, ServiceError};

/// How many bytes of lines may wait to be stored, in KiB. Beyond it senders are asked to come back.
const MAX_WAITING_KIB: u32 = 64 * 1024;

/// Up to how many drafts are sealed where they are taken; more go to a blocking thread.
const FEW_DRAFTS: usize = 32;

/// When a refused sender should come back.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// What to do where too much is waiting already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Wait for room: files, which can.
    Wait,
    /// Refuse with [`Busy`]: requests, whose senders can come back.
    Refuse,
}

/// Too much is waiting to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too much is waiting to be stored; come back in {} s", retry_after.as_secs())]
pub struct Busy {
    /// When to come back.
    pub retry_after: Duration,
}

/// Why lines were not taken. Nothing of them was stored.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// Too much is waiting to be stored.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The store failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// What became of lines that were sent. Everything in it is durable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Lines that were new and are stored.
    pub accepted: u64,
    /// Lines that were stored before.
    pub duplicate: u64,
    /// Lines whose id was stored before with other content; the first one stands.
    pub conflicting: Findings<Conflict>,
    /// Lines that were not understood; each with its reason.
    pub rejected: Findings<LineError>,
    /// Lines that were stored, but not all of what they said.
    pub warnings: Findings<LineError>,
    /// The place in the log at which all of them are to be seen; `null` where there was nothing to store.
    pub seq: Option<Seq>,
}

impl Receipt {
    /// Adds what became of further lines.
    pub fn append(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.duplicate += other.duplicate;
        self.conflicting.append(other.conflicting);
        self.rejected.append(other.rejected);
        self.warnings.append(other.warnings);
        self.seq = self.seq.max(other.seq);
    }

    /// Lines that were understood, whatever became of them.
    pub fn understood(&self) -> u64 {
        self.accepted + self.duplicate + self.conflicting.total
    }
}

/// What became of the lines of a source that makes rows itself. Everything in it is durable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Lines that were new and are stored.
    pub accepted: u64,
    /// Lines whose ids were stored before. Whether they say the same makes no difference: a source that states its
    /// rows again contradicts nobody.
    pub known: u64,
    /// The place in the log at which all of them are to be seen; `None` where there was nothing to store.
    pub seq: Option<Seq>,
}

/// A line whose id was stored before with other content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// The line's number, from 1.
    pub line: u64,
    /// The line's id.
    pub id: LineId,
}

pub(crate) struct Intake {
    room: Arc<Semaphore>,
    decoder: OnceCell<Arc<Decoder>>,
}

impl Default for Intake {
    fn default() -> Self {
        Self { room: Arc::new(Semaphore::new(MAX_WAITING_KIB as usize)), decoder: OnceCell::new() }
    }
}

impl Intake {
    async fn admit(&self, bytes: usize, admission: Admission) -> Result<OwnedSemaphorePermit, Busy> {
        let kib = u32::try_from(bytes / 1024 + 1).unwrap_or(u32::MAX).min(MAX_WAITING_KIB);
        let room = Arc::clone(&self.room);
        let busy = Busy { retry_after: RETRY_AFTER };
        match admission {
            Admission::Wait => room.acquire_many_owned(kib).await.map_err(|_| busy),
            Admission::Refuse => match room.try_acquire_many_owned(kib) {
                Ok(permit) => Ok(permit),
                Err(TryAcquireError::NoPermits | TryAcquireError::Closed) => Err(busy),
            },
        }
    }
}

impl Hermes {
    /// Takes lines of native telemetry (NDJSON, decompressed). `first_line` is the number of the first one, from 1;
    /// `cursor` is stored with them. Good lines are stored even where others are not understood.
    pub async fn ingest(
        &self,
        bytes: Vec<u8>,
        first_line: u64,
        cursor: Option<(String, Cursor)>,
        admission: Admission,
    ) -> Result<Receipt, IngestError> {
        let room = self.intake().admit(bytes.len(), admission).await?;
        let decoder = self.decoder().await?;
        // Parsing megabytes would hold up every other request of this worker thread.
        let decoded = tokio::task::spawn_blocking(move || decoder.lines(&bytes, first_line)).await;
        let decoded = decoded.map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let mut receipt = self.accept(decoded.lines, decoded.numbers, Vec::from_iter(cursor)).await?;
        receipt.rejected = decoded.rejected;
        receipt.warnings = decoded.warnings;
        drop(room);
        Ok(receipt)
    }

    /// How far the source of that name was read.
    pub async fn cursor(&self, name: &str) -> Result<Option<Cursor>, ServiceError> {
        Ok(self.store().cursor(name).await?)
    }

    /// At most `limit` cursors whose names begin with `prefix` and come after `after`, in the byte order of names.
    pub async fn cursors(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Cursor)>, ServiceError> {
        Ok(self.store().cursors(prefix, after, limit).await?)
    }

    /// Takes lines of a source that makes rows itself, and how far it was read with them, in one transaction. Waits
    /// for room where too much is waiting already. A `Null` cursor is forgotten.
    pub async fn take(
        &self,
        drafts: Vec<Draft>,
        cursors: Vec<(String, Cursor)>,
    ) -> Result<Taken, ServiceError> {
        let unavailable = |error: &dyn std::fmt::Display| ServiceError::Unavailable(error.to_string());
        let (decoder, many) = (self.decoder().await?, drafts.len() > FEW_DRAFTS);
        let seal = move || {
            let bytes = drafts.iter().map(Draft::size).sum::<usize>();
            let lines = drafts.into_iter().map(|draft| decoder.seal(draft)).collect::<Vec<_>>();
            (lines, bytes)
        };
        // Redacting thousands of lines would hold up every other request of this worker thread.
        let (lines, bytes) = if many {
            tokio::task::spawn_blocking(seal).await.map_err(|error| unavailable(&error))?
        } else {
            seal()
        };
        let room = self.intake().admit(bytes, Admission::Wait).await.map_err(|busy| unavailable(&busy))?;
        let numbers = (1..=lines.len() as u64).collect();
        let receipt = self.accept(lines, numbers, cursors).await?;
        drop(room);
        let known = receipt.duplicate + receipt.conflicting.total;
        Ok(Taken { accepted: receipt.accepted, known, seq: receipt.seq })
    }

    async fn decoder(&self) -> Result<Arc<Decoder>, ServiceError> {
        let make = || async { Ok(Arc::new(Decoder::new(self.store().digest_key().await?))) };
        self.intake().decoder.get_or_try_init(make).await.cloned()
    }

    /// Stores lines that a decoder made; `numbers` are their places in what was sent.
    async fn accept(
        &self,
        lines: Vec<Telemetry>,
        numbers: Vec<u64>,
        cursors: Vec<(String, Cursor)>,
    ) -> Result<Receipt, ServiceError> {
        let mut receipt = Receipt::default();
        if lines.is_empty() && cursors.is_empty() {
            return Ok(receipt);
        }
        let ids: Vec<LineId> = lines.iter().map(|line| line.id.clone()).collect();
        let now: DateTime<Utc> = self.now();
        let appended = self.store().append(Batch { lines, cursors }, now).await?;
        self.bus().reached(appended.seq);
        for ((outcome, id), line) in appended.outcomes.iter().zip(ids).zip(numbers) {
            match outcome {
                Outcome::Accepted => receipt.accepted += 1,
                Outcome::Duplicate => receipt.duplicate += 1,
                Outcome::Conflict => receipt.conflicting.push(Conflict { line, id }),
            }
        }
        receipt.seq = Some(appended.seq);
        Ok(receipt)
    }
}
