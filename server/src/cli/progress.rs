//! How far an import is: a bar on a terminal, a line now and then elsewhere.

use std::{
    io::{self, IsTerminal, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal::plain;

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);

const WITH_LENGTH: &str =
    "{prefix} [{wide_bar}] {percent}% of {total_bytes}, {bytes_per_sec}, {eta} left, {msg}";
const WITHOUT_LENGTH: &str = "{prefix} {spinner} {bytes}, {bytes_per_sec}, {msg}";

/// Shows how far the import of one file is, by the bytes of the file as it lies on disk.
pub(super) struct Progress {
    read: Arc<AtomicU64>,
    length: Option<u64>,
    name: String,
    bar: Option<ProgressBar>,
    told: std::cell::Cell<Instant>,
}

impl Progress {
    /// Nothing of the file was read yet.
    pub(super) fn new(name: &str, length: Option<u64>) -> Self {
        // The name without its folders: the line must fit.
        let name = plain(name.rsplit(['/', '\\']).next().unwrap_or(name));
        let bar = io::stderr().is_terminal().then(|| bar(&name, length));
        Self { read: Arc::default(), length, name, bar, told: std::cell::Cell::new(Instant::now()) }
    }

    /// Counts what is read.
    pub(super) fn count<R: Read>(&self, inner: R) -> impl Read + use<R> {
        Counted { inner, read: Arc::clone(&self.read) }
    }

    /// Shows what was read and how many lines were stored.
    pub(super) fn show(&self, lines: u64) {
        let read = self.read.load(Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_position(read);
            bar.set_message(format!("{lines} lines"));
        } else if self.told.get().elapsed() >= EVERY {
            self.told.set(Instant::now());
            let of = self.length.map(|length| format!(" of {length}")).unwrap_or_default();
            // A lost line of progress does no harm.
            let _ = writeln!(io::stderr(), "{}: {read}{of} bytes read, {lines} lines", self.name);
        }
    }

    /// Takes the bar away; the summary follows.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(name: &str, length: Option<u64>) -> ProgressBar {
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::no_length(),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    let template = if length.is_some() { WITH_LENGTH } else { WITHOUT_LENGTH };
    // The templates are ours; a wrong one shows the plain bar.
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(name.to_owned());
    bar
}

struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
