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

/// How the client is compiled, and what is done to it then.
#[derive(Clone, Copy)]
pub(crate) enum Client {
    Dev,
    Release,
}

pub(crate) fn client(project: &Project, toolchain: Toolchain, how: Client) -> Result<()> {
    let site = &project.site;
    let (profile, folder, mode) = match how {
        Client::Dev => ("dev", "debug", "dev"),
        Client::Release => (site.lib_profile.as_str(), site.lib_profile.as_str(), "release"),
    };
    let mut command = toolchain.cargo();
    command.args([
        "build",
        "--package",
        &site.lib_package,
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile,
    ]);
    process::run(command.current_dir(&project.root))?;

    // The tool is compiled for speed even in development: brotli and wasm-bindgen crawl without.
    process::run(
        toolchain
            .cargo()
            .args(["build", "--release", "--package", "xtask-assets"])
            .current_dir(&project.root),
    )?;
    let module = format!("wasm32-unknown-unknown/{folder}/{}.wasm", site.lib_package.replace('-', "_"));
    process::run(
        Command::new(project.target().join("release/xtask-assets"))
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

pub(crate) fn server_command(project: &Project, toolchain: Toolchain) -> Command {
    let mut command = toolchain.cargo();
    command.args(["build", "--package", &project.site.bin_package, "--bin", &project.site.bin_target]);
    command.current_dir(&project.root);
    command
}
