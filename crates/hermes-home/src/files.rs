//! The account of files: what was found, what it holds, how fresh it is, why it could not be read.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::{DateTime, Utc};
use domain::source::{FileKind, FileState, SourceFile};

use crate::{database, hash};

/// The files of a profile, by path within the home.
#[derive(Debug, Default)]
pub(crate) struct Files(BTreeMap<String, SourceFile>);

impl Files {
    /// All of them, in the order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.values()
    }

    /// Notes how a database is.
    pub(crate) fn database(
        &mut self,
        profile: &str,
        path: &str,
        at: &Path,
        kind: FileKind,
        state: FileState,
    ) {
        let (bytes, modified) = database::size_and_time(at);
        self.note(profile, path, kind, state, bytes, modified);
    }

    /// Notes how a file or folder is; of a folder, the files in it that were named count.
    pub(crate) fn plain(
        &mut self,
        profile: &str,
        path: &str,
        kind: FileKind,
        files: &[PathBuf],
        state: FileState,
    ) {
        let found: Vec<_> = files.iter().filter_map(|file| fs::metadata(file).ok()).collect();
        let bytes = (!found.is_empty()).then(|| found.iter().map(fs::Metadata::len).sum());
        let modified = found.iter().filter_map(|metadata| metadata.modified().ok()).max();
        let state = if found.is_empty() && state == FileState::Read { FileState::Absent } else { state };
        self.note(profile, path, kind, state, bytes, modified);
    }

    fn note(
        &mut self,
        profile: &str,
        path: &str,
        kind: FileKind,
        state: FileState,
        bytes: Option<u64>,
        modified: Option<SystemTime>,
    ) {
        let file = self.0.entry(path.to_owned()).or_insert_with(|| SourceFile {
            profile: profile.to_owned(),
            path: path.to_owned(),
            kind,
            state,
            reason: None,
            modified_at: None,
            bytes: None,
            holds: None,
            schema: None,
        });
        file.state = state;
        file.bytes = bytes;
        file.modified_at = modified.map(DateTime::<Utc>::from);
        if state != FileState::Failed {
            file.reason = None;
        }
        if state == FileState::Absent {
            file.holds = None;
        }
    }

    /// Notes why a file cannot be read.
    pub(crate) fn failed(&mut self, path: &str, reason: impl Into<String>) {
        if let Some(file) = self.0.get_mut(path) {
            file.state = FileState::Failed;
            file.reason = Some(reason.into());
        }
    }

    /// Notes what a file holds.
    pub(crate) fn holds(&mut self, path: &str, what: String) {
        if let Some(file) = self.0.get_mut(path) {
            file.holds = Some(what);
        }
    }

    /// Notes the schema version that a file tells.
    pub(crate) fn schema(&mut self, path: &str, version: Option<i64>) {
        if let Some(file) = self.0.get_mut(path) {
            file.schema = version.map(|version| version.to_string());
        }
    }
}

/// What tells one state of some files from another; nothing where none is there.
pub(crate) fn mark(paths: &[PathBuf]) -> Option<u64> {
    let mut told = String::new();
    for path in paths {
        if let Ok(metadata) = fs::metadata(path) {
            let modified = metadata.modified().ok();
            // Writing to a text cannot fail.
            let _ = writeln!(
                told,
                "{}\0{}\0{modified:?}\0{}",
                path.display(),
                metadata.len(),
                identity(&metadata)
            );
        }
    }
    (!told.is_empty()).then(|| hash::of(told.as_bytes()))
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> u64 {
    0
}

/// The entries of a folder, in order; none where there is no such folder.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut paths =
                entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
            paths.sort();
            Ok(paths)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// `1 card`, `3 cards`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
