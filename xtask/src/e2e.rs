//! The browser tests: Playwright, with the browser of this machine, against the built server.

use std::process::Command;

use anyhow::Result;

use crate::process::{self, say};
use crate::project::Project;
use crate::setup::{self, chromium};
use crate::{build, setup::npm};

/// `cargo xtask e2e`: builds what is to be tested, then tests it.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    build::release(project, toolchain)?;
    check_types(project)?;
    playwright(project, "release", args)
}

/// Playwright strips types without a look at them.
pub(crate) fn check_types(project: &Project) -> Result<()> {
    process::run(Command::new(npm::program(project, "tsc")).arg("--noEmit").current_dir(project.npm()))
}

/// The browser tests against the server of a cargo profile's folder.
pub(crate) fn playwright(project: &Project, profile: &str, args: &[String]) -> Result<()> {
    process::run(command(project, profile)?.args(args))
}

/// Playwright's test runner with the browser of this machine and the server of a cargo profile's folder.
pub(crate) fn command(project: &Project, profile: &str) -> Result<Command> {
    let mut command = Command::new(npm::program(project, "playwright"));
    command.arg("test").current_dir(project.npm());
    command.env("MISSION_CONTROL_BIN", project.server_binary(profile));
    match chromium::ensure(project)? {
        Some(browser) => {
            say("Browser", &browser.display().to_string());
            command.env(chromium::PATH, browser);
        }
        None => say("Browser", "Playwright's own"),
    }
    Ok(command)
}
