//! `cargo xtask dev`: rebuild and restart on every change of the sources.

mod server;
mod watch;

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::build::{self, Client};
use crate::process::{self, say};
use crate::project::Project;
use crate::setup;
use crate::toolchain::Toolchain;

use server::Server;
use watch::Sources;

const PAUSE: Duration = Duration::from_millis(400);

/// Runs until it is stopped. A build that fails leaves the old server up: the page stays while one types.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    let toolchain = setup::build_tools(project)?;
    let mut seen = Sources::look(&project.root);
    let mut server = Server::default();
    loop {
        match rebuild(project, toolchain) {
            Ok(()) => {
                server.stop();
                server.start(
                    Command::new(project.server_binary("debug"))
                        .arg("serve")
                        .args(args)
                        .current_dir(&project.root),
                )?;
            }
            Err(error) => say("Failed", &format!("{error:#}")),
        }
        say("Watching", "app, crates, frontend, public, server, style (stop with Ctrl-C)");
        seen = wait_for_change(project, &seen);
    }
}

fn rebuild(project: &Project, toolchain: Toolchain) -> Result<()> {
    build::client(project, toolchain, Client::Dev)?;
    process::run(build::server_command(project, toolchain).args(["--features", build::DEVELOPMENT]))
}

fn wait_for_change(project: &Project, seen: &Sources) -> Sources {
    loop {
        std::thread::sleep(PAUSE);
        let now = Sources::look(&project.root);
        if let Some(file) = now.first_difference(seen) {
            // An editor that saves many files is given the time to finish.
            std::thread::sleep(PAUSE);
            say("Changed", &file.strip_prefix(&project.root).unwrap_or(&file).display().to_string());
            return Sources::look(&project.root);
        }
    }
}
