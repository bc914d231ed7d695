//! npm packages, exactly as the lock file says.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, say};
use crate::project::Project;

/// Runs `npm ci` if the lock file is another than the one of the last time.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    let folder = project.npm();
    let lock = folder.join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    // A copy of the lock file is its own best hash.
    let stamp = folder.join("node_modules/.xtask-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("Set-up", "npm ci: fonts, icons, style bundler, wasm-opt, Playwright (about 240 MB)");
    process::run(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

/// A program that one of the packages brings.
pub(crate) fn program(project: &Project, name: &str) -> PathBuf {
    project.npm().join("node_modules/.bin").join(name)
}
