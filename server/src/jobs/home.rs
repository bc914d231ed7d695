//! Following the agent's home folder.
//!
//! It is looked at every second; what is older is read in between, a share at a time, so that new work is seen at once
//! even while a big home is read for the first time. How far it was read is stored with what was read.

use std::{path::PathBuf, time::Duration};

use domain::source::{HomeFound, HomeStatus};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::home::{Ledger, reader};

/// How often the home is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Follows the home in `root` until the token is cancelled; `data` is our data folder.
pub async fn run(root: PathBuf, found: HomeFound, data: PathBuf, ledger: Ledger, end: CancellationToken) {
    let hermes = ledger.hermes().clone();
    let mut home = reader(&root, found, &data);
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut more = false;
    let mut told = Told::default();
    loop {
        if !more {
            tokio::select! {
                () = end.cancelled() => return,
                _ = tick.tick() => {}
            }
        }
        let polled = tokio::select! {
            // What is being stored is stored with its place, or not at all.
            () = end.cancelled() => return,
            polled = home.poll(hermes.now(), &ledger) => polled,
        };
        match polled {
            Ok(polled) => {
                more = polled.more;
                let status = home.status();
                told.log(&status);
                hermes.tell_home(status);
            }
            Err(error) => {
                tracing::error!(home.path = %root.display(), error, "home: what was read cannot be stored");
                // The reader may be ahead of the ledger.
                home = reader(&root, found, &data);
                more = false;
            }
        }
    }
}

/// What the log was told, so that it is told once.
#[derive(Default)]
struct Told {
    state: String,
    skipped: std::collections::HashSet<String>,
}

impl Told {
    /// How many skipped places are logged; the page lists them all.
    const MOST: usize = 100;

    fn log(&mut self, status: &HomeStatus) {
        let state = status.state.as_str();
        if self.state != state {
            state.clone_into(&mut self.state);
            tracing::info!(
                home.path = status.path,
                home.state = state,
                home.sessions = status.progress.sessions_read,
                home.messages = status.progress.messages_read,
                "home"
            );
        }
        for skipped in &status.skipped {
            let line = format!("{}: {}", skipped.place, skipped.reason);
            if self.skipped.len() < Self::MOST && self.skipped.insert(line) {
                tracing::warn!(home.place = skipped.place, home.reason = skipped.reason, "home: skipped");
            }
        }
    }
}
