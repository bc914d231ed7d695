//! The command line.

mod import;
mod ingest;
mod progress;
mod report;
mod serve;
mod token;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use service::{Clock, FixedClock, SystemClock};

use crate::data_dir::{self, Data};

/// Where the server listens if nobody says otherwise.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:3000";

/// Mission Control for a Hermes agent: what it does, what it did, what needs you.
#[derive(Debug, Parser)]
#[command(name = "mission-control", version, propagate_version = true, max_term_width = 110)]
#[command(after_help = "\
Examples:
  mission-control serve                            the dashboard, on http://127.0.0.1:3000, of the Hermes agent
                                                   that works here ($HERMES_HOME, else ~/.hermes)
  mission-control serve --demo                     the same with demo data, to look around
  mission-control import hermes-home DIR           take the files of an agent in, once
  mission-control serve --follow ~/hermes.jsonl    with the lines that the agent writes there
  mission-control ingest events.jsonl.gz           take a recording in, while the server runs or not
  mission-control token create laptop              let a program send telemetry")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options of every subcommand.
#[derive(Debug, Args)]
struct Global {
    /// The folder that holds the database; made if it is not there [default: the platform's folder for
    /// application data, such as ~/.local/share/mission-control]
    #[arg(long, global = true, value_name = "DIR", env = "MISSION_CONTROL_DATA")]
    data: Option<PathBuf>,
    /// A clock that stands still, for tests and for looking at recorded data as of its own day.
    #[arg(long, global = true, hide = true, value_name = "RFC3339", env = "MISSION_CONTROL_NOW")]
    now: Option<DateTime<Utc>>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Import(import::Import),
    Ingest(ingest::Ingest),
    Token(token::Token),
}

impl Global {
    fn clock(&self) -> Arc<dyn Clock> {
        match self.now {
            Some(now) => Arc::new(FixedClock::new(now)),
            None => Arc::new(SystemClock),
        }
    }

    /// The data folder.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        Ok(self.data.clone().map_or_else(data_dir::default, Ok)?)
    }

    async fn open(&self) -> anyhow::Result<Data> {
        Ok(data_dir::open(&self.folder()?, self.clock()).await?)
    }
}

impl Cli {
    /// Carries the command out.
    pub fn run(self) -> ExitCode {
        let done = runtime().and_then(|runtime| {
            let done = runtime.block_on(self.carry_out());
            // A job that hangs on a disk must not keep the process.
            runtime.shutdown_background();
            done
        });
        done.unwrap_or_else(|error| {
            // Where even standard error is gone there is nobody to tell.
            let _ = writeln!(io::stderr(), "mission-control: {error:#}");
            ExitCode::FAILURE
        })
    }

    async fn carry_out(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Serve(serve) => serve.run(&self.global).await,
            Command::Import(import) => import.run(&self.global).await,
            Command::Ingest(ingest) => ingest.run(&self.global).await,
            Command::Token(token) => token.run(&self.global).await,
        }
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")
}

/// Writes a line to standard output, at once.
fn say(line: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).context("cannot write to standard output")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_has_its_variable() {
        fn check(command: &clap::Command) {
            let options = command.get_arguments().filter(|arg| arg.get_long().is_some());
            for option in options.filter(|option| !["help", "version"].contains(&option.get_id().as_str())) {
                let variable = option.get_env().and_then(|name| name.to_str()).unwrap_or_default();
                assert!(variable.starts_with("MISSION_CONTROL_"), "{} {option}", command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }
}
