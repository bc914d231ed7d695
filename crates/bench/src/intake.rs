//! Native telemetry into SQLite: by file, by HTTP, and by a loop that only inserts what the file came to.
//!
//! All three store the same lines, under a clock that stands at the sample's own end, each into a database of its own.
//! A share of the bare loop is how much of SQLite's own speed is left once lines are decoded, redacted, digested,
//! compared, folded and rolled up. What the loop does and does not do is told in `store_sqlite::bare`.

mod bare;
pub(crate) mod by_file;
mod by_http;

use std::time::Duration;

use anyhow::Result;

use crate::{sample::Sample, server::folder_megabytes};

/// What to measure.
pub(crate) struct Options {
    tasks: usize,
    /// Connections that send at once.
    connections: usize,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self { tasks: 100_000, connections: 1 };
        for pair in args.chunks(2) {
            match pair {
                [flag, value] if flag == "--tasks" => options.tasks = value.parse()?,
                [flag, value] if flag == "--connections" => options.connections = value.parse()?,
                _ => anyhow::bail!("write `--tasks N` or `--connections N`"),
            }
        }
        anyhow::ensure!((1..=32).contains(&options.connections), "`--connections` is from 1 to 32");
        Ok(options)
    }
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let sample = Sample::write(folder.path(), options.tasks)?;
    let made = &sample.made;
    println!(
        "{} tasks, {} events, {} lines, {:.1} MB",
        made.tasks,
        made.events,
        made.lines,
        number(made.bytes) / 1e6
    );
    let place = |name: &str| folder.path().join(name);

    let file = by_file::run(&sample, &place("file")).await?;
    let http = by_http::run(&sample, &place("http"), options.connections)?;
    let bare = bare::run(&sample, &file, &place("bare")).await?;

    println!(
        "{:24} {:>9} {:>10} {:>10} {:>8} {:>8} {:>12}",
        "", "seconds", "events/s", "lines/s", "MB/s", "commits", "database MB"
    );
    let connections = match options.connections {
        1 => "by HTTP, 1 connection".to_owned(),
        many => format!("by HTTP, {many} connections"),
    };
    let rows = [
        ("by file", file.took, file.seqs.len().to_string(), "file"),
        // Requests that wait share a commit, and only the server knows how many did.
        (&connections, http, "-".to_owned(), "http"),
        ("bare loop", bare.took, bare.commits.to_string(), "bare"),
    ];
    for (name, took, commits, folder) in rows {
        let seconds = took.as_secs_f64();
        println!(
            "{name:24} {seconds:>9.2} {:>10.0} {:>10.0} {:>8.1} {commits:>8} {:>12.1}",
            number(made.events) / seconds,
            number(made.lines) / seconds,
            number(made.bytes) / 1e6 / seconds,
            folder_megabytes(&place(folder))?
        );
    }
    println!("the bare loop inserted {} rows", bare.rows);
    println!("decoding alone, on one core: {:.2} s", bare.decoding.as_secs_f64());
    let share = |took: Duration| bare.took.as_secs_f64() / took.as_secs_f64();
    println!("by file / bare loop: {:.2} of its speed", share(file.took));
    println!("by HTTP / bare loop: {:.2} of its speed", share(http));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "rates are rounded anyway")]
fn number(count: u64) -> f64 {
    count as f64
}
