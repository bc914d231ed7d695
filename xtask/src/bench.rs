//! `cargo xtask bench`: hands over to the package `bench`, which knows its own names.

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;
use crate::toolchain::Toolchain;

pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    if !project.root.join("crates/bench").is_dir() {
        bail!("there are no benches yet; the first one makes the package crates/bench");
    }
    let mut command = Toolchain::Current.cargo();
    command.args(["run", "--release", "--package", "bench", "--"]).args(args);
    process::run(command.current_dir(&project.root))
}
