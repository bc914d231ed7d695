//! The wasm32 target: a standard library for the browser, and a linker.
//!
//! Tried in this order: what is there already, `rustup target add`, Debian's packages. The last needs nothing
//! but package registries, so it also works behind a proxy that knows no other host.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::project::Project;
use crate::setup::debian;
use crate::toolchain::Toolchain;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Set to `debian` to skip rustup; CI does, so that it takes the same way on every machine.
const CHOICE: &str = "MISSION_CONTROL_WASM";

pub(crate) fn ensure(project: &Project) -> Result<Toolchain> {
    match std::env::var(CHOICE).as_deref() {
        Ok("debian") => from_debian(project),
        Ok("") | Err(_) => first_that_works(project),
        Ok(other) => bail!("{CHOICE}={other}: must be `debian` or unset"),
    }
}

fn first_that_works(project: &Project) -> Result<Toolchain> {
    if can_compile(project, Toolchain::Current) {
        return Ok(took("installed already", Toolchain::Current));
    }
    if let Some(toolchain) = debian::find().filter(|&toolchain| can_compile(project, toolchain)) {
        return Ok(took("Debian's packages, installed already", toolchain));
    }
    match rustup_target_add() {
        Ok(()) => Ok(took("rustup target add", Toolchain::Current)),
        Err(error) => {
            say("Set-up", &format!("rustup cannot bring {TARGET}; trying Debian's packages"));
            from_debian(project).with_context(|| {
                format!(
                    "there is no way here to the {TARGET} target\n  rustup: {error:#}\n  Remedy: `rustup target add {TARGET}` \
                     with a connection to static.rust-lang.org, or a Debian machine\n  Debian"
                )
            })
        }
    }
}

fn from_debian(project: &Project) -> Result<Toolchain> {
    if let Some(toolchain) = debian::find().filter(|&toolchain| can_compile(project, toolchain)) {
        return Ok(took("Debian's packages, installed already", toolchain));
    }
    let toolchain = debian::install(project)?;
    if !can_compile(project, toolchain) {
        bail!("Debian's compiler still cannot compile for {TARGET}; `rustc --target {TARGET}` tells why");
    }
    Ok(took("Debian's packages", toolchain))
}

fn rustup_target_add() -> Result<()> {
    if process::which("rustup").is_none() {
        bail!("not installed");
    }
    say("Set-up", &format!("rustup target add {TARGET}"));
    process::capture(Command::new("rustup").args(["target", "add", TARGET])).map(drop)
}

fn took(way: &str, toolchain: Toolchain) -> Toolchain {
    let version = toolchain.version().unwrap_or_default();
    say("Target", &format!("{TARGET}: {way} (rustc {version})"));
    toolchain
}

/// Compiles and links an empty library: the only test that covers a library of another compiler's version
/// and a missing linker, and it takes a tenth of a second.
fn can_compile(project: &Project, toolchain: Toolchain) -> bool {
    let folder = project.target().join("xtask");
    if fs::create_dir_all(&folder).is_err() {
        return false;
    }
    let child = toolchain
        .rustc()
        .args(["--target", TARGET, "--crate-type", "cdylib", "--crate-name", "probe", "-o"])
        .arg(folder.join("probe.wasm"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut stdin) = child.stdin.take() {
        // A compiler that has given up already closes the pipe; its exit status tells.
        let _ = stdin.write_all(b"#[unsafe(no_mangle)] pub extern \"C\" fn probe() {}");
    }
    child.wait().is_ok_and(|status| status.success())
}
