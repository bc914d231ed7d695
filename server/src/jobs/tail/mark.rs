//! How far a file was read, and how the file is known again.

use std::{
    fs::{File, Metadata},
    io::{self, Read, Seek, SeekFrom},
};

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How many of the first bytes a file is known by.
const HEAD: u64 = 1024;

/// How far a file was read. Kept in the store, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Mark {
    /// Device and inode, where the system has them.
    pub(super) file: Option<(u64, u64)>,
    /// Bytes that were read.
    pub(super) offset: u64,
    /// Lines that were read.
    pub(super) lines: u64,
    /// Whether the offset lies inside a line that is too long, whose rest is to be skipped.
    pub(super) skipping: bool,
    /// How many of the first bytes went into `head`.
    head_bytes: u64,
    /// A hash of the first bytes: inodes are used again, and files are rewritten in place.
    head: String,
}

impl Mark {
    /// The beginning of that file.
    pub(super) fn start(file: &File) -> io::Result<Self> {
        Ok(Self { file: identity(&file.metadata()?), ..Self::default() })
    }

    /// The same place, with as much of the file's beginning as was read by now.
    pub(super) fn remember_head(&mut self, file: &mut File) -> io::Result<()> {
        let bytes = self.offset.min(HEAD);
        if bytes > self.head_bytes {
            (self.head, self.head_bytes) = (hash_of_head(file, bytes)?, bytes);
        }
        Ok(())
    }

    /// Whether what was read of the file is still in it.
    pub(super) fn holds_for(&self, file: &mut File) -> io::Result<bool> {
        Ok(file.metadata()?.len() >= self.offset
            && (self.head_bytes == 0 || hash_of_head(file, self.head_bytes)? == self.head))
    }

    /// Whether this is of that file, as far as the system can tell.
    pub(super) fn is_of(&self, file: &mut File) -> io::Result<bool> {
        match (self.file, identity(&file.metadata()?)) {
            (Some(known), Some(found)) => Ok(known == found),
            _ => self.holds_for(file),
        }
    }
}

fn hash_of_head(file: &mut File, bytes: u64) -> io::Result<String> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(bytes).read_to_end(&mut head)?;
    Ok(Base64UrlUnpadded::encode_string(&Sha256::digest(&head)[..16]))
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}
