//! The site in memory, and the one move that puts it in place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::hash;
use crate::options::Mode;

/// All files to be served, by path under the site root (`pkg/hermes.0a1b2c3d4e5f.js`).
#[derive(Default)]
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    pub(crate) fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Adds a file with its content's hash in its name and returns its URL path.
    ///
    /// Such a file never changes, so the server may tell browsers to keep it for ever.
    pub(crate) fn add_hashed(&mut self, dir: &str, name: &str, bytes: impl Into<Vec<u8>>) -> String {
        let bytes = bytes.into();
        let hash = hash::short([bytes.as_slice()]);
        let path = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{dir}/{stem}.{hash}.{extension}"),
            None => format!("{dir}/{name}.{hash}"),
        };
        let url = format!("/{path}");
        self.add(path, bytes);
        url
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// One hash over every file; the mode is in it because it decides whether compressed files lie beside.
    pub(crate) fn fingerprint(&self, mode: Mode) -> String {
        let files = self.files().flat_map(|(path, bytes)| [path.as_bytes(), bytes]);
        hash::short([mode.name().as_bytes()].into_iter().chain(files))
    }

    /// Writes everything beside `out`, then swaps folders, so that no one ever reads half a site.
    pub(crate) fn write(&self, out: &Path) -> Result<()> {
        let (new, old) = (out.with_extension("new"), out.with_extension("old"));
        for leftover in [&new, &old] {
            if leftover.exists() {
                fs::remove_dir_all(leftover)
                    .with_context(|| format!("cannot remove {}", leftover.display()))?;
            }
        }
        for (path, bytes) in self.files() {
            let file = new.join(path);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
            }
            fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
        }
        if out.exists() {
            fs::rename(out, &old).with_context(|| format!("cannot move {} away", out.display()))?;
        }
        fs::rename(&new, out).with_context(|| format!("cannot put {} in place", out.display()))?;
        if old.exists() {
            fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_file_carries_its_content_in_its_name() {
        let mut site = Site::default();
        let one = site.add_hashed("pkg", "hermes_bg.wasm", "one");
        let two = site.add_hashed("pkg", "hermes_bg.wasm", "two");
        assert_ne!(one, two);
        assert_eq!(
            one.split('.').map(str::len).collect::<Vec<_>>(),
            ["/pkg/hermes_bg".len(), 12, "wasm".len()]
        );
    }

    #[test]
    fn writing_replaces_the_old_site() {
        // By hand: the crate for temporary folders would turn on features of ours, and compile
        // wasm-bindgen's post-processor a second time.
        let dir = std::env::temp_dir().join(format!("xtask-assets-site-{}", std::process::id()));
        let out = dir.join("site");
        let mut first = Site::default();
        first.add("pkg/old.js", "old");
        first.write(&out).unwrap();

        let mut second = Site::default();
        second.add("pkg/new.js", "new");
        second.write(&out).unwrap();

        assert!(!out.join("pkg/old.js").exists());
        assert_eq!(fs::read_to_string(out.join("pkg/new.js")).unwrap(), "new");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "nothing is left beside the site");
        fs::remove_dir_all(&dir).unwrap();
    }
}
