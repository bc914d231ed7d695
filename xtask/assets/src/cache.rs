//! Results of slow steps, kept by the hash of everything that went in.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::hash;
use crate::options::Options;

/// A folder of folders, each named by its step and the hash of its input.
///
/// The hash covers this program's sources and both lock files, so a changed recipe or a new tool version never meets an
/// old result, while the program as `cargo xtask run` compiles it and as the tests do share theirs.
pub(crate) struct Cache {
    root: PathBuf,
    recipe: String,
    used: RefCell<BTreeSet<String>>,
}

impl Cache {
    pub(crate) fn open(options: &Options) -> Result<Self> {
        let lock = options.root.join("end2end/package-lock.json");
        let lock = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        // Modes have a cache each: `prune` of one must not throw away what the other needs next.
        let root = options.cache.join(options.mode.name());
        fs::create_dir_all(&root).with_context(|| format!("cannot create {}", root.display()))?;
        Ok(Self { root, recipe: hash::short([env!("RECIPE").as_bytes(), &lock]), used: RefCell::default() })
    }

    /// The folder with the results of `step` for `input`; `make` fills it if it is not there yet.
    pub(crate) fn dir(
        &self,
        step: &str,
        input: &[u8],
        make: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let key = format!("{step}-{}", hash::short([self.recipe.as_bytes(), input]));
        let dir = self.root.join(&key);
        if !dir.exists() {
            // Made under another name first: an interrupted step leaves no half-filled result.
            let partial = self.root.join(format!("{key}.partial"));
            remove(&partial)?;
            fs::create_dir_all(&partial).with_context(|| format!("cannot create {}", partial.display()))?;
            make(&partial)?;
            fs::rename(&partial, &dir).with_context(|| format!("cannot create {}", dir.display()))?;
        }
        self.used.borrow_mut().insert(key);
        Ok(dir)
    }

    /// Drops what this run did not ask for, so the cache holds one generation.
    pub(crate) fn prune(&self) -> Result<()> {
        let used = self.used.borrow();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if !used.contains(&*entry.file_name().to_string_lossy()) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    Ok(())
}
