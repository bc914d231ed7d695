//! `hermes-fake`: writes homes of a Hermes agent from the command line, and is the other process in tests.

#![expect(clippy::print_stdout, reason = "it tells what it wrote")]

use std::{io::Write as _, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};
use hermes_fake::{Plan, Writer};

/// Writes homes as Hermes Agent does: for tests, benches and a look at the pages.
#[derive(Debug, Parser)]
#[command(name = "hermes-fake", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes a whole home into an empty folder
    Home {
        /// The folder; made if it is not there
        dir: PathBuf,
        /// Sessions of every source together
        #[arg(long, value_name = "N", default_value_t = 60)]
        sessions: usize,
        /// Rows of a session on average
        #[arg(long, value_name = "N", default_value_t = 20)]
        messages: usize,
        /// Scheduled jobs
        #[arg(long, value_name = "N", default_value_t = 12)]
        jobs: usize,
        /// Cards on the board
        #[arg(long, value_name = "N", default_value_t = 12)]
        cards: usize,
        /// Decides what is left to chance
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// The newest moment in the home [default: now]
        #[arg(long, value_name = "RFC3339")]
        now: Option<DateTime<Utc>>,
        /// Begin cron/jobs.json with a byte order mark
        #[arg(long)]
        bom: bool,
        /// Leave the full-text indexes empty, which takes half of the time
        #[arg(long)]
        no_search: bool,
    },
    /// Goes on writing into a home, step by step
    Write {
        /// The home
        dir: PathBuf,
        /// How many steps
        #[arg(long, value_name = "N", default_value_t = 100)]
        steps: usize,
        /// Decides which steps
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// Wait so long between steps
        #[arg(long, value_name = "M", default_value_t = 0)]
        pause_ms: u64,
        /// After the steps, insert rows in a transaction, say so, and wait to be killed
        #[arg(long)]
        kill_in_transaction: bool,
    },
}

/// Rows of the transaction that is killed: more than the page cache holds, so that some lie in the log.
const HUNG_ROWS: usize = 4000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Home { dir, sessions, messages, jobs, cards, seed, now, bom, no_search } => {
            let plan = Plan {
                sessions,
                messages_per_session: messages,
                jobs,
                cards,
                bom,
                search: !no_search,
                ..Plan::new(seed, now.unwrap_or_else(clock))
            };
            let made = hermes_fake::home(&dir, &plan).await?;
            say(&format!("{}: {made:?}", dir.display()))
        }
        Command::Write { dir, steps, seed, pause_ms, kill_in_transaction } => {
            let mut writer = Writer::open(&dir, seed).await?;
            for _ in 0..steps {
                let step = writer.step(clock()).await?;
                say(&format!("{} {}", step.subject, step.what))?;
                if pause_ms > 0 {
                    tokio::time::sleep(Duration::from_millis(pause_ms)).await;
                }
            }
            if kill_in_transaction {
                let tell = async |session: String| {
                    if say(&format!("{session} in a transaction")).is_ok() {
                        std::future::pending::<()>().await;
                    }
                };
                writer.hang(clock(), HUNG_ROWS, tell).await?;
            }
            writer.close().await
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a process of its own: rows are as new as they say")]
fn clock() -> DateTime<Utc> {
    Utc::now()
}

/// A line at once: who started this process waits for it.
fn say(line: &str) -> Result<()> {
    println!("{line}");
    std::io::stdout().flush().context("nobody listens any more")
}
