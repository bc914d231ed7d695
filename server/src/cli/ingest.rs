//! `mission-control ingest`

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;
use ingest::stream::{Chunk, Lines};
use service::{Admission, Hermes};
use tokio::sync::mpsc;

use super::{Global, progress::Progress, report::Report};
use crate::logging::{self, LogFormat};

/// How much is stored in one transaction, in bytes.
const CHUNK: usize = 2 * 1024 * 1024;

/// Chunks that are read ahead while others are stored.
const AHEAD: usize = 2;

/// Take files of native telemetry in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mission-control ingest events.jsonl.gz
  mission-control ingest --data ./data monday.jsonl tuesday.jsonl.zst
  ssh box cat events.jsonl | mission-control ingest -

gzip and zstd are read as they are. A line that was taken before changes nothing, so an interrupted import is
simply started again. The server may run meanwhile, and shows the new rows at once.

Exit status: 0 all lines were understood (repeated and conflicting ones too), 2 some lines were rejected (each
is listed, the others are stored), 1 nothing more could be read or stored.")]
pub(super) struct Ingest {
    /// The files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Ingest {
    pub(super) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        logging::start(LogFormat::Text, "warn")?;
        let data = global.open().await?;
        let mut report = Report::default();
        let done = take_all(&data.hermes, &self.files, &mut report).await;
        data.close().await;
        // What was stored before a failure is worth knowing, too.
        report.print()?;
        done?;
        Ok(if report.any_rejected() { ExitCode::from(2) } else { ExitCode::SUCCESS })
    }
}

async fn take_all(hermes: &Hermes, files: &[PathBuf], report: &mut Report) -> anyhow::Result<()> {
    for path in files {
        let name = if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() };
        take(hermes, path, &name, report).await?;
    }
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

async fn take(hermes: &Hermes, path: &Path, name: &str, report: &mut Report) -> anyhow::Result<()> {
    let (input, length) = open(path).with_context(|| format!("cannot read {name}"))?;
    let progress = Progress::new(name, length);
    let mut chunks = read_ahead(progress.count(input));
    report.begin(name);
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk.with_context(|| format!("cannot read all of {name}"))?;
        let taken = hermes.ingest(chunk.bytes, chunk.first_line, None, Admission::Wait).await;
        report.add(taken.with_context(|| format!("cannot store lines of {name}"))?);
        progress.show(report.lines());
    }
    progress.finish();
    Ok(())
}

/// The file and its length as far as it has one.
fn open(path: &Path) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
    if is_stdin(path) {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name the files in it"));
    }
    Ok((Box::new(file), metadata.is_file().then_some(metadata.len())))
}

/// Reads and unpacks on a thread of its own, so that storing never waits for it.
fn read_ahead(input: impl Read + Send + 'static) -> mpsc::Receiver<io::Result<Chunk>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    std::thread::spawn(move || {
        let mut lines = match Lines::new(input) {
            Ok(lines) => lines,
            Err(error) => return drop(sender.blocking_send(Err(error))),
        };
        loop {
            let chunk = lines.next_chunk(CHUNK).transpose();
            let last = !matches!(chunk, Some(Ok(_)));
            // Nobody receives any more: the import has failed, and says so itself.
            if chunk.is_some_and(|chunk| sender.blocking_send(chunk).is_err()) || last {
                return;
            }
        }
    });
    receiver
}
