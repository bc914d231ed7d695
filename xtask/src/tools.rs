//! Tools that look at the pages with a browser: `cargo xtask screenshots`, `cargo xtask lighthouse`, and the benches of the
//! browser's side.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, say};
use crate::project::Project;
use crate::toolchain::Toolchain;
use crate::{build, e2e, setup};

/// How many tasks the pages are measured over.
const TASKS: &str = "100000";

/// The newest moment of tasks that are measured over, and the server's time.
pub(crate) const NOW: &str = "2026-11-20T09:00:00Z";

/// One picture of each page with demo data, into `docs/img`.
pub(crate) fn screenshots(project: &Project, args: &[String]) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    build::release(project, toolchain)?;
    process::run(run(project, "screenshots")?.args(args))
}

/// Lighthouse over every page, with a ledger as large as anyone has.
pub(crate) fn lighthouse(project: &Project, args: &[String]) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    build::release(project, toolchain)?;
    let data = ledger(project, toolchain, &project.target().join("lighthouse"), TASKS)?;
    process::run(
        run(project, "lighthouse")?.args(args).env("LIGHTHOUSE_DATA", &data).env("LIGHTHOUSE_NOW", NOW),
    )
}

/// A database of so many tasks in a folder of its own, made anew.
pub(crate) fn ledger(project: &Project, toolchain: Toolchain, folder: &Path, tasks: &str) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let lines = folder.join("lines.jsonl");
    say("Ledger", &format!("{tasks} tasks as of {NOW}"));
    process::run(
        toolchain
            .cargo()
            .args(["run", "--quiet", "--release", "--package", "seed", "--"])
            .args(["--tasks", tasks, "--now", NOW, "--out"])
            .arg(&lines)
            .current_dir(&project.root),
    )?;
    let data = folder.join("data");
    process::run(
        Command::new(project.server_binary("release"))
            .arg("ingest")
            .arg("--data")
            .arg(&data)
            .arg(&lines)
            .env("MISSION_CONTROL_NOW", NOW),
    )?;
    Ok(data)
}

/// A tool of `end2end/tools`, by its name.
pub(crate) fn run(project: &Project, tool: &str) -> Result<Command> {
    let mut command = e2e::command(project, "release")?;
    command.args(["--config", "tools.config.ts", tool]);
    Ok(command)
}
