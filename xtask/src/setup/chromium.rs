//! A browser for the browser tests.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, say};
use crate::project::Project;
use crate::setup::apt;

/// What Playwright reads too.
pub(crate) const PATH: &str = "CHROMIUM_PATH";

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// `CHROMIUM_PATH` → a browser of this system → Debian's package → Playwright's own download, for which
/// the answer is `None`: Playwright finds that one itself.
pub(crate) fn ensure(project: &Project) -> Result<Option<PathBuf>> {
    if let Some(path) = std::env::var_os(PATH).filter(|path| !path.is_empty()).map(PathBuf::from) {
        if !path.is_file() {
            bail!("{PATH}={}: there is no such file", path.display());
        }
        return Ok(Some(path));
    }
    if let Some(path) = find() {
        return Ok(Some(path));
    }
    if apt::install(&["chromium"], "the browser for the browser tests").is_ok()
        && let Some(path) = find()
    {
        return Ok(Some(path));
    }
    say("Set-up", "npx playwright install chromium");
    process::run(Command::new("npx").args(["playwright", "install", "chromium"]).current_dir(project.npm()))
        .map(|()| None)
        .map_err(|error| error.context(format!("no Chromium here; install one, or set {PATH} to its binary")))
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| process::which(name))
}
