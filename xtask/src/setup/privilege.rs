//! Commands that change the system: as root directly, else by sudo.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

pub(crate) fn command(program: &str) -> Result<Command> {
    if is_root() {
        return Ok(Command::new(program));
    }
    if process::which("sudo").is_none() {
        bail!("installing system packages needs root; run the same command as root, or install sudo");
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    Ok(command)
}

fn is_root() -> bool {
    process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
