//! Benchmarks: `cargo xtask bench NAME`. Figures depend on the machine, so no test asserts them; those that are worth
//! keeping go to `docs/benchmarks.md` with the machine they were taken on.
//!
//! To add a new bench: a module with a `run` function, its line in `BENCHES`.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod hermes_home;
mod ingest_file;
mod multiply;
mod server;

use anyhow::{Result, bail};

/// The benches: name, what it measures.
const BENCHES: &[(&str, &str)] = &[
    (
        "ingest",
        "native telemetry by file into SQLite; --tasks N, in thousands of the recorded sample (default 10)",
    ),
    (
        "hermes-home",
        "the server over the home of a busy agent; --sessions N (default 50000), --jobs N (default 114), \
         --idle SECONDS (default 60), --home DIR to keep the home; Linux only",
    ),
];

#[tokio::main]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("ingest") => ingest_file::run(thousands(&args[1..])?).await,
        Some("hermes-home") => hermes_home::run(hermes_home::Options::parse(&args[1..])?).await,
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

fn thousands(args: &[String]) -> Result<usize> {
    match args {
        [] => Ok(10),
        [flag, number] if flag == "--tasks" => Ok(number.parse()?),
        _ => bail!("write `--tasks N`, N in thousands"),
    }
}
