//! `mission-control import`

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use domain::source::{HomeState, HomeStatus};
use hermes_home::{Counts, Reader, Report};
use indicatif::ProgressBar;

use super::{Global, say};
use crate::{
    home::{self, Ledger},
    logging::{self, LogFormat},
    terminal::plain,
};

/// How many skipped places are listed.
const LISTED: usize = 20;

/// Take in what an agent's own files hold, once.
#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    HermesHome(HermesHome),
}

/// The home folder of a Hermes agent: sessions, boards, jobs, projects, test runs of all profiles
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mission-control import hermes-home
  mission-control import hermes-home ~/.hermes --report json

Nothing in the folder is written. What was taken before changes nothing, so an interrupted import is simply started
again; the server may run meanwhile. `mission-control serve` does the same by itself, and goes on following.

Exit status: 0 all was read, 2 something was skipped (each is listed, the rest is stored), 1 the folder cannot be
read or nothing more could be stored.")]
struct HermesHome {
    /// The folder [default: `$HERMES_HOME`, else `~/.hermes`]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// What is printed in the end
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "MISSION_CONTROL_REPORT")]
    report: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A summary for people
    Text,
    /// Everything that was counted, as JSON
    Json,
}

impl Import {
    pub(super) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let What::HermesHome(home) = self.what;
        home.run(global).await
    }
}

impl HermesHome {
    async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        logging::start(LogFormat::Text, "warn")?;
        let (root, found) = home::find(self.dir)
            .context("this account has no home folder; say where the agent's is: import hermes-home DIR")?;
        let folder = global.folder()?;
        let data = global.open().await?;
        let mut reader = home::reader(&root, found, &folder);
        let done = take(&data.hermes, &mut reader).await;
        data.close().await;
        let report = done?;
        match self.report {
            Format::Json => say(&serde_json::to_string_pretty(&report)?)?,
            Format::Text => print(&report)?,
        }
        Ok(if report.total.skipped.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
    }
}

async fn take(hermes: &service::Hermes, reader: &mut Reader) -> anyhow::Result<Report> {
    let ledger = Ledger::new(hermes.clone());
    let failed = |error: hermes_home::SinkError| anyhow::anyhow!("cannot store what was read: {error}");
    let bar = io::stderr().is_terminal().then(ProgressBar::new_spinner);
    loop {
        let polled = reader.poll(hermes.now(), &ledger).await.map_err(failed)?;
        let status = reader.status();
        check(&status)?;
        if let Some(bar) = &bar {
            let total =
                status.progress.sessions_total.map(|total| format!(" of {total}")).unwrap_or_default();
            bar.set_message(format!("{}{total} sessions", status.progress.sessions_read));
            bar.tick();
        }
        if !polled.more {
            break;
        }
    }
    bar.iter().for_each(ProgressBar::finish_and_clear);
    let report = reader.report(&ledger).await.map_err(failed)?;
    let status = HomeStatus { state: HomeState::Imported, ..reader.status() };
    let stored = (service::home::STATUS.to_owned(), serde_json::to_value(&status)?);
    hermes.take(Vec::new(), vec![stored]).await.context("cannot store the account of what was read")?;
    Ok(report)
}

/// Whether there is a home at all.
fn check(status: &HomeStatus) -> anyhow::Result<()> {
    let reason = status.skipped.first().map(|skipped| skipped.reason.clone()).unwrap_or_default();
    match status.state {
        HomeState::Missing => {
            anyhow::bail!("there is no folder {}; name the agent's home: import hermes-home DIR", status.path)
        }
        HomeState::Unreadable => anyhow::bail!("cannot read {}: {reason}", status.path),
        _ => Ok(()),
    }
}

fn print(report: &Report) -> anyhow::Result<()> {
    for (name, counts) in report.profiles.iter().filter(|_| report.profiles.len() > 1) {
        say(&format!("{}: {}", plain(name), found(counts)))?;
    }
    let total = &report.total;
    let skipped = &total.skipped;
    if !skipped.is_empty() {
        say("Skipped:")?;
        for skipped in skipped.iter().take(LISTED) {
            say(&format!("  {}", plain(&format!("{}: {}", skipped.place, skipped.reason))))?;
        }
        if skipped.len() > LISTED {
            say(&format!("  and {} more; see --report json", skipped.len() - LISTED))?;
        }
    }
    say(&format!("Found: {}", found(total)))?;
    let tasks: u64 = total.tasks.values().sum();
    let by_status: Vec<String> = total.tasks.iter().map(|(status, n)| format!("{n} {status}")).collect();
    say(&format!(
        "Made of it: {tasks} tasks ({}), {} products, {} events",
        by_status.join(", "),
        total.products,
        total.events
    ))
}

fn found(counts: &Counts) -> String {
    let cards: u64 = counts.kanban_tasks.values().sum();
    let executions: u64 = counts.cron_executions.values().sum();
    format!(
        "{} sessions with {} messages, {cards} cards, {} jobs with {executions} executions, {} projects",
        counts.sessions, counts.messages, counts.cron_jobs, counts.projects
    )
}
