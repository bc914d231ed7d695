//! `cargo xtask bench`: hands over to the package `bench`, which knows its own names.

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;
use crate::setup;

pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    if !project.root.join("crates/bench").is_dir() {
        bail!("there are no benches yet; the first one makes the package crates/bench");
    }
    // With the toolchain of the build, whose compiled dependencies it shares.
    let mut command = setup::build_tools(project)?.cargo();
    command.args(["run", "--release", "--package", "bench", "--"]).args(args);
    process::run(command.current_dir(&project.root))
}
