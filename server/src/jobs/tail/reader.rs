//! Whole new lines out of one open file.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read, Seek, SeekFrom},
    path::Path,
};

use ingest::clip::MAX_LINE_BYTES;

use super::mark::Mark;
use crate::line_ends::line_ends;

/// An open file, and how far it was read. Stays open when the file is renamed.
pub(super) struct Reader {
    file: File,
    mark: Mark,
}

/// Lines, and the place behind them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    pub(super) first_line: u64,
    pub(super) mark: Mark,
}

/// What there is to see.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// New lines. They come again until [`Reader::advance`].
    Lines(Piece),
    /// The file was truncated or rewritten; it is read from its start again.
    StartedOver,
    /// Nothing new.
    Idle,
    /// Nothing new, and another file has the name now.
    Moved,
}

impl Reader {
    /// The file at the path from its start; `None` where there is none.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let Some(file) = existing(File::open(path))? else { return Ok(None) };
        let mark = Mark::start(&file)?;
        Ok(Some(Self { file, mark }))
    }

    /// The file that the mark is of: at the path, or beside it under another name.
    pub(super) fn resume(path: &Path, mark: &Mark) -> io::Result<Option<Self>> {
        if let Some(reader) = Self::at(path, mark)? {
            return Ok(Some(reader));
        }
        let folder = path.parent().filter(|_| mark.file.is_some());
        let Some(entries) = folder.map(fs::read_dir).map(existing).transpose()?.flatten() else {
            return Ok(None);
        };
        for entry in entries {
            let entry = entry?;
            // What cannot be opened is not ours to follow.
            if entry.file_type()?.is_file()
                && let Ok(Some(reader)) = Self::at(&entry.path(), mark)
            {
                return Ok(Some(reader));
            }
        }
        Ok(None)
    }

    fn at(path: &Path, mark: &Mark) -> io::Result<Option<Self>> {
        let Some(mut file) = existing(File::open(path))? else { return Ok(None) };
        let same = mark.is_of(&mut file)? && mark.holds_for(&mut file)?;
        Ok(same.then(|| Self { file, mark: mark.clone() }))
    }

    /// What there is to see now. `path` is the name that is followed.
    pub(super) fn look(&mut self, path: &Path) -> io::Result<Look> {
        if !self.mark.holds_for(&mut self.file)? {
            self.mark = Mark::start(&self.file)?;
            return Ok(Look::StartedOver);
        }
        if let Some(piece) = self.lines(false)? {
            return Ok(Look::Lines(piece));
        }
        let moved = match existing(File::open(path))? {
            Some(mut file) => !self.mark.is_of(&mut file)?,
            None => false,
        };
        Ok(if moved { Look::Moved } else { Look::Idle })
    }

    /// The half line at the end of a file that nobody writes to any more.
    pub(super) fn last(&mut self) -> io::Result<Option<Piece>> {
        self.lines(true)
    }

    /// The lines were stored: go on behind them.
    pub(super) fn advance(&mut self, mark: Mark) {
        self.mark = mark;
    }

    fn lines(&mut self, half: bool) -> io::Result<Option<Piece>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(self.mark.offset))?;
        self.file.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        let mut mark = self.mark.clone();
        let first_line = mark.lines + 1;
        if bytes.is_empty() {
            return Ok(None);
        }
        if mark.skipping {
            let end = bytes.iter().position(|byte| *byte == b'\n');
            mark.offset += end.map_or(bytes.len(), |at| at + 1) as u64;
            mark.lines += u64::from(end.is_some());
            mark.skipping = end.is_none();
            bytes.clear();
        } else if let Some(last) = bytes.iter().rposition(|byte| *byte == b'\n') {
            bytes.truncate(last + 1);
            mark.offset += bytes.len() as u64;
            mark.lines += line_ends(&bytes);
        } else if bytes.len() > MAX_LINE_BYTES {
            // Passed on cut, so that it is rejected by its number; the rest is skipped.
            mark.offset += bytes.len() as u64;
            mark.skipping = true;
        } else if half {
            mark.offset += bytes.len() as u64;
            mark.lines += 1;
        } else {
            return Ok(None);
        }
        mark.remember_head(&mut self.file)?;
        Ok(Some(Piece { bytes, first_line, mark }))
    }
}

/// Not there is `None`.
fn existing<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
