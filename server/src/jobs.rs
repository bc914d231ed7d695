//! What runs beside the requests. Every job ends when its token is cancelled.

pub mod home;
pub mod retention;
pub mod tail;
pub mod warm;

use tokio::task::JoinSet;

/// Waits until all jobs have ended. One that had a fault is told of, and keeps nothing from being closed.
pub(crate) async fn ended(mut jobs: JoinSet<()>) {
    while let Some(job) = jobs.join_next().await {
        if let Err(fault) = job {
            tracing::error!(error.message = %fault, "a job ended by a fault");
        }
    }
}
