//! Following files of native telemetry while they grow.
//!
//! How far a file was read is stored in the transaction that stores its lines, so that nothing is lost or read twice
//! when the process dies. A file may be rotated (renamed, and made anew under its name), truncated, missing, or end
//! in half a line; the server may be stopped meanwhile. What is read twice all the same does no harm: a line that
//! comes again changes nothing.
//!
//! Not seen: a file that was made and renamed away while the server was down, unless it is the one read last.

mod follower;
mod mark;
mod reader;

use std::time::Duration;

use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::metrics::{Metrics, Way};

pub use self::follower::{FollowError, Follower, Polled, State};

/// How often the file is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// How many rejected lines are logged each time.
const LOGGED: usize = 20;

/// Follows the file until the token is cancelled.
pub async fn run(mut follower: Follower, metrics: Metrics, end: CancellationToken) {
    let path = follower.path().display().to_string();
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = String::new();
    loop {
        tokio::select! {
            () = end.cancelled() => return,
            _ = tick.tick() => {}
        }
        let polled = tokio::select! {
            // What is being stored is stored with its place, or not at all.
            () = end.cancelled() => return,
            polled = follower.poll() => polled,
        };
        let now = match polled {
            Ok(polled) => {
                log(&path, &polled);
                metrics.lines(Way::Follow, &polled.receipt);
                polled.state.to_string()
            }
            Err(error) => error.to_string(),
        };
        // A file that stays away is told of once.
        if now != told {
            tracing::info!(follow.path = path, follow.state = now, "following");
            told = now;
        }
    }
}

fn log(path: &str, polled: &Polled) {
    let receipt = &polled.receipt;
    for error in receipt.rejected.first.iter().take(LOGGED) {
        let line = error.line;
        tracing::warn!(
            follow.place = format!("{path}:{line}"),
            follow.field = error.field,
            follow.reason = error.reason,
            "line rejected"
        );
    }
    if receipt.rejected.total > LOGGED as u64 {
        tracing::warn!(follow.path = path, follow.rejected = receipt.rejected.total, "more lines rejected");
    }
    for conflict in receipt.conflicting.first.iter().take(LOGGED) {
        tracing::warn!(
            follow.place = format!("{path}:{}", conflict.line),
            follow.id = %conflict.id,
            "line conflicts with a stored one; the first one stands"
        );
    }
    if receipt.accepted > 0 {
        tracing::debug!(follow.path = path, follow.accepted = receipt.accepted, "lines taken");
    }
}
