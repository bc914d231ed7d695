//! `seed`: believable telemetry of any size, from the command line. `cargo xtask seed` builds and runs it.

#![expect(clippy::print_stderr, reason = "it tells what it wrote, beside the lines themselves")]

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use clap::Parser;
use seed::{Plan, demo};

/// Writes the telemetry of a founder's Hermes agent as native lines. The same options give the same bytes.
#[derive(Debug, Parser)]
#[command(name = "seed", version)]
#[command(after_help = "\
Examples:
  cargo xtask seed --tasks 2000 --out events.jsonl
  cargo xtask seed --tasks 100000 --seed 7 | mission-control ingest --data ./big -
  cargo xtask seed --demo                  makes mock-data/demo.jsonl.zst again")]
struct Cli {
    /// How many tasks, of about eight events each
    #[arg(long, value_name = "N", required_unless_present = "demo")]
    tasks: Option<usize>,
    /// Decides what is left to chance
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The newest moment [default: now]
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<Utc>>,
    /// Over how many days
    #[arg(long, value_name = "N", default_value_t = 63)]
    days: u32,
    /// Of how many products
    #[arg(long, value_name = "N", default_value_t = 52)]
    products: usize,
    /// Where to; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    /// Write the demo data, packed, whose plan is fixed
    #[arg(long, conflicts_with_all = ["tasks", "seed", "now", "days", "products"])]
    demo: bool,
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let to = cli.out.display().to_string();
    let mut out = open(&cli.out).with_context(|| format!("cannot write {to}"))?;
    if cli.demo {
        let packed = demo::packed()?;
        out.write_all(&packed).and_then(|()| out.flush()).with_context(|| format!("cannot write {to}"))?;
        eprintln!("{to}: {} bytes", packed.len());
        return Ok(());
    }
    let plan = Plan {
        days: cli.days,
        products: cli.products,
        ..Plan::new(cli.seed, cli.now.unwrap_or_else(clock), cli.tasks.unwrap_or_default())
    };
    let made = seed::write(out, &plan)?;
    eprintln!(
        "{} lines: {} products, {} tasks, {} events, {} runs, {} agents, {} jobs; {} bytes",
        made.lines, made.products, made.tasks, made.events, made.runs, made.agents, made.jobs, made.bytes
    );
    Ok(())
}

fn open(path: &Path) -> io::Result<Box<dyn Write>> {
    let out: Box<dyn Write> =
        if path.as_os_str() == "-" { Box::new(io::stdout().lock()) } else { Box::new(File::create(path)?) };
    Ok(Box::new(BufWriter::with_capacity(1 << 18, out)))
}

#[expect(clippy::disallowed_methods, reason = "a process of its own: lines are as new as they say")]
fn clock() -> DateTime<Utc> {
    // Whole seconds, so that what is printed can be asked for again.
    let now = Utc::now();
    DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
}
