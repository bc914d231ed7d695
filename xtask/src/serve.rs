//! `cargo xtask run`: from a fresh clone to a server that listens.

use std::process::Command;

use anyhow::Result;

use crate::process::say;
use crate::project::Project;
use crate::{build, setup};

pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    build::release(project, toolchain)?;
    say("Starting", "mission-control serve (stop it with Ctrl-C)");
    become_server(
        Command::new(project.server_binary("release")).arg("serve").args(args).current_dir(&project.root),
    )
}

/// Replaces this process, so that signals and the exit status are the server's own.
#[cfg(unix)]
fn become_server(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;

    Err(anyhow::Error::new(command.exec()).context("cannot start the server"))
}

#[cfg(not(unix))]
fn become_server(command: &mut Command) -> Result<()> {
    crate::process::run(command)
}
