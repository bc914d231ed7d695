//! `mission-control serve`

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::Context;
use clap::Args;
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

use super::{DEFAULT_LISTEN, Global, say};
use crate::{
    assets::Site,
    demo::{self, Demos},
    home::Ledger,
    jobs::{self, home, retention, tail, warm},
    listen::{self, Loopback},
    logging::{self, LogFormat},
    shutdown,
    state::AppState,
};

/// Run the dashboard and the API.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mission-control serve
  mission-control serve --listen 127.0.0.1:8080 --data ./data
  mission-control serve --hermes-home /srv/agent/.hermes
  mission-control serve --no-hermes-home --follow ~/events.jsonl --log json
  mission-control serve --demo

Without --hermes-home the files of the Hermes agent in $HERMES_HOME, else in ~/.hermes, are followed where there are
any. Nothing is ever written there.

Prints one line to standard output when it is ready:
  Mission Control is listening on http://127.0.0.1:3000
Logs go to standard error. Ctrl-C or SIGTERM ends it; what is being answered is finished first.")]
pub(super) struct Serve {
    /// The address, of this machine only; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = DEFAULT_LISTEN, env = "MISSION_CONTROL_LISTEN")]
    listen: String,
    /// A file of native telemetry to follow while it grows; may be given several times, or several at once
    /// with `:` between them (on Windows `;`)
    #[arg(long, value_name = "PATH", env = "MISSION_CONTROL_FOLLOW", value_delimiter = PATHS)]
    follow: Vec<PathBuf>,
    /// The home folder of the Hermes agent to follow [default: `$HERMES_HOME`, else `~/.hermes` where it exists]
    #[arg(long, value_name = "DIR", env = "MISSION_CONTROL_HERMES_HOME")]
    hermes_home: Option<PathBuf>,
    /// Read no agent's home
    #[arg(long, conflicts_with = "hermes_home", env = "MISSION_CONTROL_NO_HERMES_HOME")]
    no_hermes_home: bool,
    /// Show demo data: in a database of its own (`demo/` in the data folder), never mixed with yours. No agent's home
    /// and no file is read
    #[arg(long, conflicts_with_all = ["hermes_home", "follow"], env = "MISSION_CONTROL_DEMO")]
    demo: bool,
    /// How log lines look
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "MISSION_CONTROL_LOG")]
    log: LogFormat,
    /// What is logged, such as `debug` or `info,server=debug`
    #[arg(long, value_name = "FILTER", default_value = "info", env = "MISSION_CONTROL_LOG_FILTER")]
    log_filter: String,
    /// The folder of the built site.
    #[arg(long, hide = true, value_name = "DIR", env = "MISSION_CONTROL_SITE")]
    site: Option<PathBuf>,
}

/// What separates paths in an environment variable here: `:`, on Windows `;`.
const PATHS: char = if cfg!(windows) { ';' } else { ':' };

impl Serve {
    pub(super) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        logging::start(self.log, &self.log_filter)?;
        let address: Loopback = self.listen.parse()?;
        let listener = address.bind().await?;
        let address = listener.local_addr().context("cannot tell the address")?;
        let folder = global.folder()?;
        let site = site(self.site)?;
        let (data, _lock) = if self.demo {
            let demo = demo::open(&folder, global.clock()).await?;
            (demo.data, Some(demo.lock))
        } else {
            (global.open().await?, None)
        };
        let end = shutdown::on_signal().context("cannot listen for signals")?;

        let demos = Demos::new(folder.clone(), global.clock(), self.demo);
        let state =
            AppState { demos: demos.clone(), end: end.clone(), ..AppState::new(data.hermes.clone(), site) };
        let mut jobs = JoinSet::new();
        jobs.spawn(warm::run(data.hermes.clone(), end.clone()));
        jobs.spawn(retention::run(data.hermes.clone(), state.metrics.clone(), end.clone()));
        for path in self.follow {
            let follower = tail::Follower::new(&path, data.hermes.clone());
            let follower = follower.with_context(|| format!("cannot follow {}", path.display()))?;
            jobs.spawn(tail::run(follower, state.metrics.clone(), end.clone()));
        }
        let no_home = self.no_hermes_home || self.demo;
        let home = if no_home { None } else { crate::home::find(self.hermes_home) };
        if let Some((root, found)) = home {
            let ledger = Ledger::counted(data.hermes.clone(), state.metrics.clone());
            jobs.spawn(home::run(root, found, folder, ledger, end.clone()));
        }
        say(&format!("Mission Control is listening on http://{address}"))?;
        answer(listener, state, end.clone()).await?;
        end.cancel();
        demos.stop().await;
        if tokio::time::timeout(shutdown::GRACE, jobs::ended(jobs)).await.is_err() {
            tracing::warn!("a job did not end in time");
        }
        data.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Answers until the end has begun and the open requests are done, or the deadline has passed.
async fn answer(listener: TcpListener, state: AppState, end: CancellationToken) -> anyhow::Result<()> {
    let deadline = end.clone();
    let deadline = async move {
        deadline.cancelled().await;
        tokio::time::sleep(shutdown::GRACE + Duration::from_millis(500)).await;
    };
    tokio::select! {
        served = listen::serve(listener, state, end) => served.context("cannot go on listening"),
        () = deadline => {
            tracing::warn!("requests were still open at the deadline");
            Ok(())
        }
    }
}

/// The site that was named, or was compiled in, or lies where it is built. The API does without one.
fn site(named: Option<PathBuf>) -> anyhow::Result<Site> {
    if let Some(dir) = named {
        return Ok(Site::load(&dir)?);
    }
    #[cfg(feature = "embed")]
    return Ok(Site::embedded()?);
    #[cfg(not(feature = "embed"))]
    {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        let folder =
            program.parent().and_then(|folder| folder.parent()).context("this program is in no folder")?;
        match Site::load(&folder.join("site")) {
            Err(error @ crate::assets::SiteError::Missing(_)) => {
                tracing::warn!(error.message = %error, "pages come without styles and scripts");
                Ok(Site::default())
            }
            loaded => Ok(loaded?),
        }
    }
}
