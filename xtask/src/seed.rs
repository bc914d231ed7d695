//! `cargo xtask seed`: hands over to the package `seed`, which knows its own options.

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::setup;

/// Where the demo data stands.
const DEMO: &str = "mock-data/demo.jsonl.zst";

/// The package is compiled for development: it is fast enough so, and tests have compiled it already.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    let mut command = toolchain.cargo();
    // Files are named as seen from where the command was typed.
    command.args(["run", "--quiet", "--manifest-path"]).arg(project.root.join("Cargo.toml"));
    command.args(["--package", "seed", "--"]).args(args);
    if args.iter().any(|arg| arg == "--demo") && !args.iter().any(|arg| arg.starts_with("--out")) {
        command.arg("--out").arg(project.root.join(DEMO));
    }
    process::run(&mut command)
}
