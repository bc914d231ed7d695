//! The server that `dev` restarts.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;

/// How long a server may take to finish its requests before it is ended.
const GRACE: Duration = Duration::from_secs(3);

#[derive(Default)]
pub(crate) struct Server(Option<Child>);

impl Server {
    pub(crate) fn start(&mut self, command: &mut Command) -> Result<()> {
        self.0 = Some(command.spawn().context("cannot start the server")?);
        Ok(())
    }

    /// Asks it to finish, so that it closes its database well; ends it if it does not.
    pub(crate) fn stop(&mut self) {
        let Some(mut child) = self.0.take() else { return };
        if cfg!(unix) && process::succeeds(Command::new("kill").arg(child.id().to_string())) {
            let asked = Instant::now();
            while asked.elapsed() < GRACE {
                if matches!(child.try_wait(), Ok(Some(_))) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        // Both fail only for a process that has ended by itself.
        let _ = child.kill();
        let _ = child.wait();
    }
}
