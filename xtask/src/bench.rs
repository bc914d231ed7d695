//! `cargo xtask bench`: hands over to the package `bench`, which knows its own names, or to a browser.

mod browser;

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;
use crate::{build, setup};

/// Benches that start the server as users get it.
const OF_THE_SERVER: [&str; 5] = ["hermes-home", "ingest", "live", "overview", "pages"];

pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    if !project.root.join("crates/bench").is_dir() {
        bail!("there are no benches yet; the first one makes the package crates/bench");
    }
    // With the toolchain of the build, whose compiled dependencies it shares.
    let toolchain = setup::build_tools(project)?;
    if let Some((name, rest)) = args.split_first()
        && let Some(bench) = browser::named(name)
    {
        return browser::run(project, toolchain, bench, rest);
    }
    if args.first().is_some_and(|name| OF_THE_SERVER.contains(&name.as_str())) {
        build::release(project, toolchain)?;
    }
    let mut command = toolchain.cargo();
    command.args(["run", "--release", "--package", "bench", "--"]).args(args);
    process::run(command.current_dir(&project.root))?;
    if args.first().is_none_or(|name| matches!(name.as_str(), "help" | "--help")) {
        browser::print_help();
    }
    Ok(())
}
