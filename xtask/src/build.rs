//! Building: the client into `target/site`, the server into `target/<profile>/mission-control`.

use std::process::Command;

use anyhow::Result;

use crate::process::{self, say};
use crate::project::Project;
use crate::setup;
use crate::toolchain::Toolchain;

/// `cargo xtask build`: fast code, quick to link. What `run` and the browser tests use.
pub(crate) fn run(project: &Project) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    release(project, toolchain)?;
    say("Built", &project.server_binary("release").display().to_string());
    Ok(())
}

/// `cargo xtask dist`: one file with the site inside, optimised across crates.
pub(crate) fn dist(project: &Project) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    client(project, toolchain, Client::Release)?;
    // The embedding macro sees changed files, not new ones. The server names this variable
    // (`option_env!`), so cargo compiles it again whenever the site is another.
    let build = project.site.manifest()?["build"].as_str().unwrap_or_default().to_owned();
    let mut command = server_command(project, toolchain);
    process::run(
        command.args(["--profile", "dist", "--features", "embed"]).env("MISSION_CONTROL_SITE_BUILD", build),
    )?;
    say("Built", &project.server_binary("dist").display().to_string());
    Ok(())
}

pub(crate) fn release(project: &Project, toolchain: Toolchain) -> Result<()> {
    client(project, toolchain, Client::Release)?;
    process::run(server_command(project, toolchain).arg("--release"))
}

/// What the native side is built of in one go: all but the client, which turns on leptos' `hydrate`, the server `ssr`, and
/// cargo would unify the two.
pub(crate) const NATIVE: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// What the browser tests of `cargo xtask test` run: the client as it is shipped, and the server as the Rust tests have compiled
/// it already, with assertions and checks of overflow. A second server, optimised, would be a quarter of an hour on two cores.
pub(crate) fn tested(project: &Project, toolchain: Toolchain) -> Result<()> {
    // With the tests' own dependencies, or cargo would choose other features, and compile anew.
    process::run(
        toolchain.cargo().arg("build").args(NATIVE).args(["--bins", "--tests"]).current_dir(&project.root),
    )?;
    module(project, toolchain, Client::Release)?;
    site(project, "debug", Client::Release)
}

/// How the client is compiled, and what is done to it then.
#[derive(Clone, Copy)]
pub(crate) enum Client {
    Dev,
    Release,
}

pub(crate) fn client(project: &Project, toolchain: Toolchain, how: Client) -> Result<()> {
    module(project, toolchain, how)?;
    // The tool is compiled for speed even in development.
    process::run(
        toolchain
            .cargo()
            .args(["build", "--release", "--package", "xtask-assets"])
            .current_dir(&project.root),
    )?;
    site(project, "release", how)
}

/// Compiles the client.
fn module(project: &Project, toolchain: Toolchain, how: Client) -> Result<()> {
    let mut command = toolchain.cargo();
    command.args(["build", "--package", &project.site.lib_package, "--target", "wasm32-unknown-unknown"]);
    match how {
        Client::Dev => command.args(["--features", DEVELOPMENT]),
        Client::Release => command.args(["--profile", &project.site.lib_profile]),
    };
    process::run(command.current_dir(&project.root))
}

/// Makes the site from the compiled client, with the asset builder of a cargo profile's folder.
fn site(project: &Project, tool: &str, how: Client) -> Result<()> {
    let site = &project.site;
    let (folder, mode) = match how {
        Client::Dev => ("debug", "dev"),
        Client::Release => (site.lib_profile.as_str(), "release"),
    };
    let module = format!("wasm32-unknown-unknown/{folder}/{}.wasm", site.lib_package.replace('-', "_"));
    process::run(
        Command::new(project.target().join(tool).join("xtask-assets"))
            .arg("--root")
            .arg(&project.root)
            .arg("--out")
            .arg(&site.root)
            .arg("--cache")
            .arg(project.target().join("assets-cache"))
            .args(["--pkg", &site.pkg_dir, "--name", &site.output_name, "--mode", mode, "--wasm"])
            .arg(project.target().join(module)),
    )
}

/// The feature of both sides that builds of `cargo xtask dev` have: the styleguide.
pub(crate) const DEVELOPMENT: &str = "development";

pub(crate) fn server_command(project: &Project, toolchain: Toolchain) -> Command {
    let mut command = toolchain.cargo();
    command.args(["build", "--package", &project.site.bin_package, "--bin", &project.site.bin_target]);
    command.current_dir(&project.root);
    command
}
