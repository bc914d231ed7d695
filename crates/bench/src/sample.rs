//! Telemetry to measure with: made by `seed`, the same for the same number of tasks, as new as its own day.

use std::{
    ffi::OsString,
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use seed::{Plan, Summary, demo};

/// A file of native telemetry.
pub(crate) struct Sample {
    pub(crate) path: PathBuf,
    /// What it holds.
    pub(crate) made: Summary,
    /// The moment at which it ends: what a clock over it must show.
    pub(crate) now: DateTime<Utc>,
}

impl Sample {
    /// Writes so many tasks, over the days and of the products of the demo data, into a folder.
    pub(crate) fn write(folder: &Path, tasks: usize) -> Result<Self> {
        let path = folder.join(format!("{tasks}.jsonl"));
        let plan = Plan { tasks, ..demo::plan() };
        let mut out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
        let made = seed::write(&mut out, &plan)?;
        // What the disk still has to write would be paid for by what is measured next.
        out.into_inner().context("the sample cannot be written")?.sync_all()?;
        Ok(Self { path, made, now: plan.now })
    }

    /// Its moment, as the program takes it.
    pub(crate) fn clock(&self) -> [OsString; 2] {
        ["--now".into(), self.now.to_rfc3339_opts(SecondsFormat::Secs, true).into()]
    }
}
