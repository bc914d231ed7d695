//! Watching by looking: a few hundred files are listed in a millisecond, and this works on every system
//! and file system without a crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const WATCHED: [&str; 9] =
    ["app", "crates", "frontend", "public", "server", "style", "Cargo.toml", "Cargo.lock", "Leptos.toml"];

/// Every watched file with the time it was last written.
pub(crate) struct Sources(BTreeMap<PathBuf, SystemTime>);

impl Sources {
    pub(crate) fn look(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut open: Vec<PathBuf> = WATCHED.iter().map(|name| root.join(name)).collect();
        while let Some(path) = open.pop() {
            // A file may vanish between being listed and being asked: editors save by renaming.
            let Ok(meta) = fs::metadata(&path) else { continue };
            if meta.is_dir() {
                open.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
            } else if let Ok(modified) = meta.modified() {
                files.insert(path, modified);
            }
        }
        Self(files)
    }

    /// A file that was added, removed or written since.
    pub(crate) fn first_difference(&self, earlier: &Self) -> Option<PathBuf> {
        let changed = self.0.iter().find(|(path, time)| earlier.0.get(*path) != Some(time));
        let removed = || earlier.0.iter().find(|(path, _)| !self.0.contains_key(*path));
        changed.or_else(removed).map(|(path, _)| path.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
    }

    fn sources(files: &[(&str, u64)]) -> Sources {
        Sources(files.iter().map(|&(path, seconds)| (path.into(), at(seconds))).collect())
    }

    #[test]
    fn writing_adding_and_removing_are_seen() {
        let before = sources(&[("a", 1), ("b", 1)]);
        for after in [&[("a", 1), ("b", 2)][..], &[("a", 1), ("b", 1), ("c", 1)], &[("a", 1)]] {
            assert!(sources(after).first_difference(&before).is_some(), "{after:?}");
        }
        assert_eq!(sources(&[("a", 1), ("b", 1)]).first_difference(&before), None);
    }
}
