//! Running the programs that npm brings.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::options::Options;

/// A program of `node_modules/.bin`.
pub(crate) fn command(options: &Options, name: &str) -> Command {
    Command::new(options.node_modules().join(".bin").join(name))
}

/// Runs to the end and returns what was printed; a failure carries the program's own words.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot start {program}; `cargo xtask build` installs it from npm"))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("{program} failed ({}):\n{}", output.status, words.trim());
    }
    Ok(output.stdout)
}
