//! The way in: lines are decoded, bounded and stored in one transaction.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::{
    id::{LineId, Seq},
    telemetry::{Outcome, Telemetry},
};
use ingest::{Decoder, Findings, LineError};
use serde::Serialize;
use store::{Batch, Cursor};
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore, TryAcquireError};

use crate::{Hermes, ServiceError};

/// How many bytes of lines may wait to be stored, in KiB. Beyond it senders are asked to come back.
const MAX_WAITING_KIB: u32 = 64 * 1024;

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
        let decoder = Arc::clone(self.intake().decoder.get_or_try_init(|| self.make_decoder()).await?);
        // Parsing megabytes would hold up every other request of this worker thread.
        let decoded = tokio::task::spawn_blocking(move || decoder.lines(&bytes, first_line)).await;
        let decoded = decoded.map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let mut receipt = self.accept(decoded.lines, decoded.numbers, cursor).await?;
        receipt.rejected = decoded.rejected;
        receipt.warnings = decoded.warnings;
        drop(room);
        Ok(receipt)
    }

    /// How far the source of that name was read.
    pub async fn cursor(&self, name: &str) -> Result<Option<Cursor>, ServiceError> {
        Ok(self.store().cursor(name).await?)
    }

    async fn make_decoder(&self) -> Result<Arc<Decoder>, ServiceError> {
        Ok(Arc::new(Decoder::new(self.store().digest_key().await?)))
    }

    /// Stores lines that a decoder made; `numbers` are their places in what was sent.
    async fn accept(
        &self,
        lines: Vec<Telemetry>,
        numbers: Vec<u64>,
        cursor: Option<(String, Cursor)>,
    ) -> Result<Receipt, ServiceError> {
        let mut receipt = Receipt::default();
        if lines.is_empty() && cursor.is_none() {
            return Ok(receipt);
        }
        let ids: Vec<LineId> = lines.iter().map(|line| line.id.clone()).collect();
        let now: DateTime<Utc> = self.now();
        let appended = self.store().append(Batch { lines, cursor }, now).await?;
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
