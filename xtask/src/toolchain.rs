//! The compiler that builds both sides.
//!
//! One for both, so that procedural macros, which run natively either way, are compiled once.

use std::process::Command;

use crate::process;

/// What a rustup toolchain that we linked is called.
pub(crate) const LINKED: &str = "web";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The `cargo` and `rustc` that the user has on PATH.
    Current,
    /// Debian's compiler in `/usr`, made known to rustup under the name [`LINKED`].
    Linked,
    /// Debian's compiler in `/usr`, on a machine without rustup.
    System,
}

impl Toolchain {
    pub(crate) fn cargo(self) -> Command {
        self.command("cargo")
    }

    pub(crate) fn rustc(self) -> Command {
        self.command("rustc")
    }

    /// The version as `rustc` tells it, `1.96.0`.
    pub(crate) fn version(self) -> Option<String> {
        let text = process::capture(self.rustc().arg("--version")).ok()?;
        text.split_whitespace().nth(1).map(str::to_owned)
    }

    fn command(self, program: &str) -> Command {
        let mut command = match self {
            Self::Current => Command::new(program),
            Self::Linked => {
                let mut command = Command::new(program);
                command.env("RUSTUP_TOOLCHAIN", LINKED);
                command
            }
            Self::System => {
                let mut command = Command::new(format!("/usr/bin/{program}"));
                command.env("RUSTC", "/usr/bin/rustc");
                command
            }
        };
        forget_cargo_run(&mut command);
        command
    }
}

/// `cargo run` describes xtask's own package in the environment. A build script that watches one of these
/// variables would see another value than under a plain `cargo build`, and be compiled anew each time.
fn forget_cargo_run(command: &mut Command) {
    let described = |key: &str| {
        key.starts_with("CARGO_PKG_")
            || matches!(
                key,
                "CARGO"
                    | "CARGO_MANIFEST_DIR"
                    | "CARGO_MANIFEST_PATH"
                    | "CARGO_CRATE_NAME"
                    | "CARGO_BIN_NAME"
            )
    };
    for key in std::env::vars_os().filter_map(|(key, _)| key.into_string().ok()).filter(|key| described(key))
    {
        command.env_remove(key);
    }
}
