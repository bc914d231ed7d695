//! `mission-control token`

use std::{
    io::{self, Write},
    process::ExitCode,
};

use chrono::{DateTime, SecondsFormat, Utc};
use clap::{Args, Subcommand};
use service::Hermes;

use super::{Global, say};

/// Let programs send telemetry.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mission-control token create laptop
  mission-control token list
  mission-control token revoke laptop

A token is shown once, on standard output; only its hash is kept. Programs send it with every request:
  curl --data-binary @events.jsonl -H 'Content-Type: application/x-ndjson' \\
       -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:3000/api/v1/ingest")]
pub(super) struct Token {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a token and show it, this once
    Create {
        /// Which program it is for
        name: String,
    },
    /// List the tokens that are valid
    List,
    /// Make a token invalid, at once
    Revoke {
        /// The name it was made with
        name: String,
    },
}

impl Token {
    pub(super) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let data = global.open().await?;
        let done = match self.command {
            Command::Create { name } => create(&data.hermes, &name).await,
            Command::List => list(&data.hermes).await,
            Command::Revoke { name } => revoke(&data.hermes, &name).await,
        };
        data.close().await;
        done
    }
}

async fn create(hermes: &Hermes, name: &str) -> anyhow::Result<ExitCode> {
    let made = hermes.create_token(name).await?;
    say(&made.text)?;
    let note = format!("This is the token `{}`. It is not shown again.", made.token.name);
    // The token is out; a lost note does no harm.
    let _ = writeln!(io::stderr(), "{note}");
    Ok(ExitCode::SUCCESS)
}

async fn list(hermes: &Hermes) -> anyhow::Result<ExitCode> {
    let tokens = hermes.tokens().await?;
    if tokens.is_empty() {
        say("No tokens. Make one: mission-control token create NAME")?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = tokens.iter().map(|token| token.name.chars().count()).max().unwrap_or(0).max(4);
    say(&format!("{:width$}  {:20}  LAST USED", "NAME", "CREATED"))?;
    for token in tokens {
        let used = token.last_used_at.map_or_else(|| "never".to_owned(), time);
        say(&format!("{:width$}  {:20}  {used}", token.name, time(token.created_at)))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn revoke(hermes: &Hermes, name: &str) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        hermes.revoke_token(name).await?,
        "there is no token `{name}`; `mission-control token list` shows them"
    );
    say(&format!("Revoked `{name}`."))?;
    Ok(ExitCode::SUCCESS)
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
