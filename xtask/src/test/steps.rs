//! The steps. Each can be run alone: `cargo xtask test NAME`.
//!
//! The native side leaves out `frontend`: it turns on leptos' `hydrate`, the server turns on `ssr`, and cargo
//! would unify the two. The asset builder is tested as it is used, compiled for release.

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
    Step { name: "build", what: "build", run: build::release },
    Step { name: "assets", what: "Rust tests, asset builder", run: assets },
    Step { name: "size", what: "size budget", run: |project, _| size::run(project, false) },
    Step { name: "types", what: "types of the browser tests", run: |project, _| e2e::check_types(project) },
    Step { name: "e2e", what: "browser tests", run: |project, _| e2e::playwright(project, &[]) },
];

fn fmt(project: &Project, toolchain: Toolchain) -> Result<()> {
    cargo(project, toolchain, &["fmt", "--all", "--check"])
}

fn clippy_server(project: &Project, toolchain: Toolchain) -> Result<()> {
    let args = ["clippy", "--workspace", "--exclude", "frontend", "--all-targets", "--", "-D", "warnings"];
    cargo(project, toolchain, &args)
}

/// `app` is named as well, so that its lints count and not only those of the bundle.
fn clippy_client(project: &Project, toolchain: Toolchain) -> Result<()> {
    let target = "wasm32-unknown-unknown";
    cargo(
        project,
        toolchain,
        &[
            "clippy",
            "-p",
            "frontend",
            "-p",
            "app",
            "-F",
            "app/hydrate",
            "--target",
            target,
            "--",
            "-D",
            "warnings",
        ],
    )
}

fn rust(project: &Project, toolchain: Toolchain) -> Result<()> {
    tests(project, toolchain, &["--workspace", "--exclude", "frontend", "--exclude", "xtask-assets"])
}

fn assets(project: &Project, toolchain: Toolchain) -> Result<()> {
    tests(project, toolchain, &["--release", "--package", "xtask-assets"])
}

/// nextest does not run these.
fn doc(project: &Project, toolchain: Toolchain) -> Result<()> {
    cargo(project, toolchain, &["test", "--doc", "--package", "domain"])
}

/// nextest where it is there: it runs the tests of all crates at once, and its report is shorter.
fn tests(project: &Project, toolchain: Toolchain, packages: &[&str]) -> Result<()> {
    let nextest = process::succeeds(toolchain.cargo().args(["nextest", "--version"]));
    let runner: &[&str] = if nextest { &["nextest", "run"] } else { &["test", "--lib", "--bins", "--tests"] };
    cargo(project, toolchain, &[runner, packages].concat())
}

fn cargo(project: &Project, toolchain: Toolchain, args: &[&str]) -> Result<()> {
    let mut command: Command = toolchain.cargo();
    process::run(command.args(args).current_dir(&project.root))
}
