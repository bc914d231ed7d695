//! Debian's package manager.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::setup::privilege;

/// Installs what is not there yet; `what` tells the user why.
pub(crate) fn install(packages: &[&str], what: &str) -> Result<()> {
    require_apt()?;
    if packages.iter().all(|package| is_installed(package)) {
        return Ok(());
    }
    say("Set-up", &format!("apt-get install {} ({what})", packages.join(" ")));
    // Fresh machines have no package lists, old ones have lists of files that are gone.
    if try_install(packages).is_err() {
        update()?;
        try_install(packages)?;
    }
    Ok(())
}

/// Installs the newest versions that Debian has now, in place of older ones; `what` tells the user why.
pub(crate) fn install_newest(packages: &[&str], what: &str) -> Result<()> {
    say("Set-up", &format!("apt-get install {} ({what})", packages.join(" ")));
    try_install(packages)
}

/// Asks Debian what it has now. The lists of an older image name older versions, and those install without a word.
pub(crate) fn refresh() -> Result<()> {
    require_apt()?;
    update()
}

/// The package `PREFIXnumber` with the highest number.
pub(crate) fn newest(prefix: &str) -> Result<String> {
    let names = process::capture(Command::new("apt-cache").args(["pkgnames", prefix]))?;
    highest(prefix, &names).with_context(|| format!("Debian has no package {prefix}NUMBER"))
}

fn require_apt() -> Result<()> {
    if process::which("apt-get").is_none() {
        bail!("there is no apt-get here: not a Debian system");
    }
    Ok(())
}

fn highest(prefix: &str, names: &str) -> Option<String> {
    let versions = names.lines().filter_map(|name| name.strip_prefix(prefix)?.parse::<u32>().ok());
    versions.max().map(|version| format!("{prefix}{version}"))
}

fn is_installed(package: &str) -> bool {
    let status =
        process::capture(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package]));
    status.is_ok_and(|status| status == "installed")
}

fn update() -> Result<()> {
    process::capture(apt_get()?.args(["-q", "update"])).map(drop)
}

fn try_install(packages: &[&str]) -> Result<()> {
    process::capture(apt_get()?.args(["-q", "install", "-y", "--no-install-recommends"]).args(packages))
        .map(drop)
}

/// Waits for another apt, asks nothing.
fn apt_get() -> Result<Command> {
    let mut command = privilege::command("apt-get")?;
    command.args(["-o", "DPkg::Lock::Timeout=300"]).env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_number_wins_over_the_longest_text() {
        assert_eq!(highest("lld-", "lld-9\nlld-22\nlld-16\nlld-22-dbg\n").as_deref(), Some("lld-22"));
        assert_eq!(highest("lld-", ""), None);
    }
}
