//! The wasm32 target from package registries alone: Debian's compiler, and its standard library compiled
//! once from Debian's sources.
//!
//! Debian packages the sources of that library but not its wasm build. `RUSTC_BOOTSTRAP` allows what only the
//! library may do, and embedded bitcode lets the client be optimised as a whole (`lto = "fat"`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::project::Project;
use crate::setup::wasm::TARGET;
use crate::setup::{apt, privilege};
use crate::toolchain::{LINKED, Toolchain};

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
/// What the packages bring; a machine may have the first without the last.
const PROGRAMS: [&str; 4] = [RUSTC, CARGO, "/usr/bin/cargo-clippy", "/usr/bin/cargo-fmt"];
const RUSTLIB: &str = "/usr/lib/rustlib";
/// Clippy and rustfmt come along because the same toolchain runs the checks.
const PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web"];

/// Debian's compiler if it is installed; whether it knows the target is not asked.
pub(crate) fn find() -> Option<Toolchain> {
    if PROGRAMS.iter().any(|program| !Path::new(program).exists()) {
        return None;
    }
    if process::which("rustup").is_none() {
        return Some(Toolchain::System);
    }
    link_to_rustup().ok().map(|()| Toolchain::Linked)
}

pub(crate) fn install(project: &Project) -> Result<Toolchain> {
    apt::refresh()?;
    let lld = apt::newest("lld-")?;
    let packages: Vec<&str> = PACKAGES.into_iter().chain([lld.as_str()]).collect();
    apt::install_newest(&packages, "Rust with sources, and a linker")?;
    link_linker(&lld)?;

    say("Set-up", &format!("compiling the standard library for {TARGET} (about a minute)"));
    let built = project.target().join("wasm-std");
    compile_library(&built)?;
    install_library(&built.join(TARGET).join("dist/deps"))?;
    // A quarter of a gigabyte that no one needs again.
    fs::remove_dir_all(&built).with_context(|| format!("cannot remove {}", built.display()))?;

    find()
        .with_context(|| format!("Debian's packages are installed, but do not bring {}", PROGRAMS.join(", ")))
}

/// Debian's rustc looks for `rust-lld` in its own folder, which Debian leaves empty.
fn link_linker(lld: &str) -> Result<()> {
    let about = process::capture(Command::new(RUSTC).arg("-vV"))?;
    let host =
        about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not tell its host")?;
    let folder = format!("{RUSTLIB}/{host}/bin");
    process::run(privilege::command("mkdir")?.args(["-p", &folder]))?;
    process::run(privilege::command("ln")?.args([
        "-sfn",
        &format!("/usr/bin/{lld}"),
        &format!("{folder}/rust-lld"),
    ]))
}

/// The sources of the very compiler that is installed: a library compiles with its own version only.
fn library_sources() -> Result<PathBuf> {
    let version = process::capture(Command::new(RUSTC).arg("--version"))?;
    let version = version.split_whitespace().nth(1).context("rustc does not tell its version")?.to_owned();
    let sources = PathBuf::from(format!("/usr/src/rustc-{version}/library"));
    if !sources.is_dir() {
        bail!("no sources of rustc {version} in {}; the package rust-web-src brings them", sources.display());
    }
    Ok(sources)
}

fn compile_library(built: &Path) -> Result<()> {
    let sources = library_sources()?;
    process::run(
        Command::new(CARGO)
            .args(["build", "--locked", "--profile", "dist", "--target", TARGET])
            .args(["--features", "compiler-builtins-mem", "--manifest-path"])
            .arg(sources.join("sysroot/Cargo.toml"))
            // From there, so that this workspace's cargo configuration stays out of it.
            .current_dir(&sources)
            .env("RUSTC", RUSTC)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked")
            .env("CARGO_TARGET_DIR", built)
            .env_remove("RUSTUP_TOOLCHAIN"),
    )
}

fn install_library(from: &Path) -> Result<()> {
    let folder = format!("{RUSTLIB}/{TARGET}/lib");
    let mut libraries = Vec::new();
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rlib") {
            libraries.push(path);
        }
    }
    // What an older compiler left there would be found first and refused.
    process::run(privilege::command("rm")?.args(["-rf", &folder]))?;
    process::run(privilege::command("mkdir")?.args(["-p", &folder]))?;
    process::run(privilege::command("cp")?.args(libraries).arg(&folder))
}

fn link_to_rustup() -> Result<()> {
    let known = process::capture(Command::new("rustup").args(["which", "--toolchain", LINKED, "rustc"]));
    if known.is_ok_and(|path| fs::canonicalize(path.trim()).ok() == fs::canonicalize(RUSTC).ok()) {
        return Ok(());
    }
    process::capture(Command::new("rustup").args(["toolchain", "link", LINKED, "/usr"])).map(drop)
}
