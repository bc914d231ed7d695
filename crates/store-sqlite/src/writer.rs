//! The writer: one task that stores batches in turn. Batches that wait while a commit is on its way to the disk
//! share the next one, so many small senders cost one flush, not many.

use chrono::{DateTime, Utc};
use sqlx::SqlitePool;
use store::{Appended, Batch, Result, StoreError};
use tokio::sync::{mpsc, oneshot};

use crate::{append::append, error::sql};

/// How many batches may wait. Their size is bounded by the service's intake.
const WAITING: usize = 256;

/// How many lines share a commit at most: keeps the time that other processes wait for their turn short.
const GROUP_LINES: usize = 20_000;

/// Hands batches to the writing task. Cheap to clone; the task ends with its last handle.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::Sender<Job>);

struct Job {
    batch: Batch,
    now: DateTime<Utc>,
    reply: oneshot::Sender<Result<Appended>>,
}

impl Writer {
    /// Starts the writing task.
    pub(crate) fn start(pool: SqlitePool) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(run(pool, receiver));
        Self(sender)
    }

    /// Stores a batch; returns when it is durable.
    pub(crate) async fn append(&self, batch: Batch, now: DateTime<Utc>) -> Result<Appended> {
        let gone = || StoreError::Unavailable("the writer has stopped".to_owned());
        let (reply, answer) = oneshot::channel();
        self.0.send(Job { batch, now, reply }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn run(pool: SqlitePool, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let mut lines = first.batch.lines.len();
        let mut group = vec![first];
        while lines < GROUP_LINES
            && let Ok(job) = jobs.try_recv()
        {
            lines += job.batch.lines.len();
            group.push(job);
        }
        tracing::debug!(batches = group.len(), lines, "store.commit");
        match commit(&pool, &group).await {
            // A sender that has gone away has lost interest in the answer, not in its lines.
            Ok(answers) => {
                group.into_iter().zip(answers).for_each(|(job, answer)| drop(job.reply.send(Ok(answer))));
            }
            Err(error) => {
                tracing::error!(error = %error, batches = group.len(), "store.commit failed");
                group.into_iter().for_each(|job| drop(job.reply.send(Err(error.clone()))));
            }
        }
    }
}

async fn commit(pool: &SqlitePool, group: &[Job]) -> Result<Vec<Appended>> {
    let mut conn = pool.acquire().await.map_err(sql)?;
    let mut transaction = sqlx::Connection::begin_with(&mut *conn, "begin immediate").await.map_err(sql)?;
    let batches: Vec<_> = group.iter().map(|job| (&job.batch, job.now)).collect();
    let answers = append(&mut transaction, &batches).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(answers)
}
