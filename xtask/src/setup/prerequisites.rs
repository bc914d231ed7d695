//! What we cannot install ourselves. All that is missing is told at once, with the remedies.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;
use crate::toolchain::Toolchain;

const NODE: &str = "20";

pub(crate) fn check(project: &Project) -> Result<()> {
    let missing: Vec<String> =
        [rust(&project.rust_version()?), node(), npm(), c_compiler()].into_iter().flatten().collect();
    if !missing.is_empty() {
        bail!(
            "this machine lacks what the build needs:\n\n{}\n\nThen run the same command again",
            missing.join("\n")
        );
    }
    Ok(())
}

fn rust(needed: &str) -> Option<String> {
    let found = Toolchain::Current.version().unwrap_or_else(|| "none".into());
    (!at_least(&found, needed)).then(|| {
        format!("  Rust {needed} or newer (found: {found}). Run `rustup update`, or install it from https://rustup.rs")
    })
}

fn node() -> Option<String> {
    let found = process::capture(Command::new("node").arg("--version")).unwrap_or_else(|_| "none".into());
    let found = found.trim().trim_start_matches('v');
    (!at_least(found, NODE)).then(|| {
        format!("  Node.js {NODE} or newer (found: {found}). Install it from https://nodejs.org or your package manager")
    })
}

fn npm() -> Option<String> {
    process::which("npm").is_none().then(|| "  npm, which comes with Node.js from https://nodejs.org".into())
}

/// SQLite and zstd are compiled from C.
fn c_compiler() -> Option<String> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    (!process::succeeds(Command::new(&compiler).arg("--version"))).then(|| {
        format!(
            "  a C compiler (tried: `{compiler}`). Debian, Ubuntu: `apt-get install gcc libc6-dev`; \
             Fedora: `dnf install gcc`; macOS: `xcode-select --install`"
        )
    })
}

/// Compares dotted versions number by number; what is not a number counts as zero.
fn at_least(found: &str, needed: &str) -> bool {
    let numbers = |version: &str| {
        let version = version.split(['-', '+']).next().unwrap_or_default().to_owned();
        version.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>()
    };
    numbers(found) >= numbers(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        for (found, needed) in
            [("1.96.0", "1.94"), ("1.94.0", "1.94"), ("22.1.0", "20"), ("1.100.0-nightly", "1.94")]
        {
            assert!(at_least(found, needed), "{found} is at least {needed}");
        }
        for (found, needed) in [("1.93.1", "1.94"), ("18.19.0", "20"), ("none", "20"), ("", "1.94")] {
            assert!(!at_least(found, needed), "{found} is older than {needed}");
        }
    }
}
