//! Benchmarks: `cargo xtask bench NAME`. Figures depend on the machine, so no test asserts them; those that are worth
//! keeping go to `docs/benchmarks.md` with the machine they were taken on.
//!
//! To add a new bench: a module with a `run` function, its line in `BENCHES`.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod hermes_home;
mod http;
mod intake;
mod live;
mod mirror;
mod overview;
mod pages;
mod questions;
mod sample;
mod server;
mod stats;

use anyhow::{Result, bail};

/// The benches: name, what it measures.
const BENCHES: &[(&str, &str)] = &[
    (
        "ingest",
        "native telemetry into SQLite, by file, by HTTP and by a bare loop of inserts; --tasks N (default 100000), \
         --connections N of HTTP (default 1)",
    ),
    (
        "mirror",
        "the browser's mirror of the ledger, natively: chunks, building, questions; --tasks N,N (default 10000,100000), \
         --rounds N of the questions (default 20)",
    ),
    (
        "overview",
        "the server's time for the overview and the page; --tasks N,N,N (default 1000,10000,100000), \
         --requests N of each kind (default 200)",
    ),
    (
        "pages",
        "the server's time for every page and for the ledger's questions; --tasks N,N,N (default 1000,10000,100000), \
         --requests N of each kind (default 200)",
    ),
    (
        "hermes-home",
        "the server over the home of a busy agent; --sessions N (default 50000), --jobs N (default 114), \
         --idle SECONDS (default 60), --home DIR to keep the home; Linux only",
    ),
    (
        "live",
        "from an event posted to the message on every live stream, and what idle streams cost; --streams N,N (default \
         1,500), --events N (default 200), --idle N streams (default 1000), --seconds N of them (default 60), --tasks N \
         (default 10000); Linux only",
    ),
];

#[tokio::main]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("ingest") => intake::run(intake::Options::parse(&args[1..])?).await,
        Some("mirror") => mirror::run(&mirror::Options::parse(&args[1..])?).await,
        Some("overview") => questions::run(&questions::Options::parse(&args[1..])?, &overview::QUESTIONS),
        Some("pages") => questions::run(&questions::Options::parse(&args[1..])?, &pages::QUESTIONS),
        Some("hermes-home") => hermes_home::run(hermes_home::Options::parse(&args[1..])?).await,
        Some("live") => live::run(live::Options::parse(&args[1..])?).await,
        other => {
            if let Some(name) = other.filter(|name| !matches!(*name, "help" | "--help")) {
                bail!("there is no bench `{name}`; `cargo xtask bench help` lists them");
            }
            for (name, what) in BENCHES {
                println!("{name:12} {what}");
            }
            Ok(())
        }
    }
}
