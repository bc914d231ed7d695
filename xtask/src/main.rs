//! Project automation: `cargo xtask help` lists what it does.
//!
//! One rule holds it together: a command does all the set-up it needs, says what it is doing, and when it
//! cannot go on it says what to do about it. A newcomer types one command, not a page of them.
//!
//! To add a command: write a module with a `run` function, add a variant to [`cli::Command`] and its line to
//! [`cli::HELP`], and call it in [`dispatch`].

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its user")]

mod bench;
mod build;
mod cli;
mod dev;
mod e2e;
mod process;
mod project;
mod seed;
mod serve;
mod setup;
mod size;
mod test;
mod tidy;
mod toolchain;
mod tools;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::Command;
use crate::project::Project;

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let command = Command::parse(std::env::args().skip(1))?;
    let project = Project::load()?;
    match command {
        Command::Help => {
            println!("{}", cli::HELP);
            Ok(())
        }
        Command::Run(args) => serve::run(&project, &args),
        Command::Build => build::run(&project),
        Command::Dev(args) => dev::run(&project, &args),
        Command::Test(only) => test::run(&project, &only),
        Command::E2e(args) => e2e::run(&project, &args),
        Command::Tidy => tidy::run(&project),
        Command::Size { write } => size::run(&project, write),
        Command::Bench(args) => bench::run(&project, &args),
        Command::Seed(args) => seed::run(&project, &args),
        Command::Screenshots(args) => tools::screenshots(&project, &args),
        Command::Lighthouse(args) => tools::lighthouse(&project, &args),
        Command::Dist => build::dist(&project),
    }
}
