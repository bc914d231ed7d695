//! Tools that look at the pages with a browser: `cargo xtask screenshots` and `cargo xtask lighthouse`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, say};
use crate::project::Project;
use crate::{build, e2e, setup};

/// How many tasks the pages are measured over.
const TASKS: &str = "100000";

/// The newest moment of those tasks, and the server's time.
const NOW: &str = "2026-11-20T09:00:00Z";

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

    let folder = project.target().join("lighthouse");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let lines = folder.join("lines.jsonl");
    say("Lighthouse", &format!("{TASKS} tasks as of {NOW}"));
    process::run(
        toolchain
            .cargo()
            .args(["run", "--quiet", "--release", "--package", "seed", "--"])
            .args(["--tasks", TASKS, "--now", NOW, "--out"])
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
    process::run(
        run(project, "lighthouse")?.args(args).env("LIGHTHOUSE_DATA", &data).env("LIGHTHOUSE_NOW", NOW),
    )
}

fn run(project: &Project, tool: &str) -> Result<Command> {
    let mut command = e2e::command(project)?;
    command.args(["--config", "tools.config.ts", tool]);
    Ok(command)
}
