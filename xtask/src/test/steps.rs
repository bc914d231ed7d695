//! The steps. Each can be run alone: `cargo xtask test NAME`.
//!
//! Native code is compiled once, as [`build::NATIVE`] and for development: the browser tests run that server, too.

use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::toolchain::Toolchain;
use crate::{build, e2e, size, tidy};

pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) run: fn(&Project, Toolchain) -> Result<()>,
}

pub(crate) const STEPS: &[Step] = &[
    Step { name: "fmt", what: "format", run: fmt },
    Step { name: "tidy", what: "conventions", run: |project, _| tidy::run(project) },
    Step { name: "clippy-server", what: "clippy, server side", run: clippy_server },
    Step { name: "clippy-client", what: "clippy, client side", run: clippy_client },
    Step { name: "rust", what: "Rust tests", run: rust },
    Step { name: "doc", what: "examples in the documentation", run: doc },
    Step { name: "build", what: "build", run: build::tested },
    Step { name: "size", what: "size budget", run: |project, _| size::run(project, false) },
    Step { name: "types", what: "types of the browser tests", run: |project, _| e2e::check_types(project) },
    Step { name: "e2e", what: "browser tests", run: browser },
];

fn fmt(project: &Project, toolchain: Toolchain) -> Result<()> {
    cargo(project, toolchain, &["fmt", "--all", "--check"])
}

fn clippy_server(project: &Project, toolchain: Toolchain) -> Result<()> {
    let features = ["--all-targets", "--features", "app/development"];
    cargo(project, toolchain, &[&["clippy"], &build::NATIVE[..], &features, &DENIED].concat())
}

/// `app` is named as well, so that its lints count and not only those of the bundle.
fn clippy_client(project: &Project, toolchain: Toolchain) -> Result<()> {
    let packages = ["clippy", "-p", "frontend", "-p", "app", "-F", "app/hydrate,app/development"];
    let target = ["--target", "wasm32-unknown-unknown"];
    cargo(project, toolchain, &[&packages[..], &target, &DENIED].concat())
}

const DENIED: [&str; 3] = ["--", "-D", "warnings"];

/// With nextest where it is there: it runs the tests of all crates at once, and its report is shorter.
fn rust(project: &Project, toolchain: Toolchain) -> Result<()> {
    let nextest = process::succeeds(toolchain.cargo().args(["nextest", "--version"]));
    let runner: &[&str] = if nextest { &["nextest", "run"] } else { &["test", "--lib", "--bins", "--tests"] };
    cargo(project, toolchain, &[runner, &build::NATIVE].concat())
}

/// Where this step runs alone, what it tests is built first.
fn browser(project: &Project, toolchain: Toolchain) -> Result<()> {
    build::tested(project, toolchain)?;
    e2e::playwright(project, "debug", &[])
}

/// nextest does not run these.
fn doc(project: &Project, toolchain: Toolchain) -> Result<()> {
    cargo(project, toolchain, &["test", "--doc", "--package", "domain"])
}

fn cargo(project: &Project, toolchain: Toolchain, args: &[&str]) -> Result<()> {
    let mut command: Command = toolchain.cargo();
    process::run(command.args(args).current_dir(&project.root))
}
