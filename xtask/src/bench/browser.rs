//! Benches that look at the pages with a browser; their drivers lie in `end2end/tools`, under the same names.

use anyhow::{Result, bail};

use crate::project::Project;
use crate::toolchain::Toolchain;
use crate::{build, process, tools};

/// A bench, and the options that it takes: each is a variable of its driver, `CLIENT_ROUNDS` for `--rounds` of `client`.
pub(super) struct Bench {
    name: &'static str,
    what: &'static str,
    options: &'static [&'static str],
    /// Over ledgers of these sizes, unless `--tasks` says others.
    tasks: &'static str,
}

const BENCHES: [Bench; 2] = [
    Bench {
        name: "client",
        what: "the ledger in a browser: keys, choices, orders, pages, and what its mirror costs; --tasks N,N (default \
               10000,100000), --rounds N of each (default 20)",
        options: &["--rounds"],
        tasks: "10000,100000",
    },
    Bench {
        name: "pixel",
        what: "from an event posted to the pixel changed in a browser; --streams N,N (default 1,500), --events N (default \
               200), --tasks N (default 10000)",
        options: &["--streams", "--events"],
        tasks: "10000",
    },
];

pub(super) fn named(name: &str) -> Option<&'static Bench> {
    BENCHES.iter().find(|bench| bench.name == name)
}

/// In the columns of the other benches.
pub(super) fn print_help() {
    for Bench { name, what, .. } in &BENCHES {
        println!("{name:12} {what}");
    }
}

pub(super) fn run(project: &Project, toolchain: Toolchain, bench: &Bench, args: &[String]) -> Result<()> {
    let (tasks, variables) = bench.parse(args)?;
    build::release(project, toolchain)?;
    for tasks in tasks.split(',') {
        let folder = project.target().join("bench").join(bench.name);
        let data = tools::ledger(project, toolchain, &folder, tasks)?;
        let mut command = tools::run(project, bench.name)?;
        command.envs(variables.iter().cloned());
        command.env(bench.variable("data"), &data).env(bench.variable("now"), tools::NOW);
        process::run(&mut command)?;
    }
    Ok(())
}

impl Bench {
    /// The sizes, and what the driver is told.
    fn parse(&self, args: &[String]) -> Result<(String, Vec<(String, String)>)> {
        let mut tasks = self.tasks.to_owned();
        let mut variables = Vec::new();
        for pair in args.chunks(2) {
            match pair {
                [flag, value] if flag == "--tasks" => tasks.clone_from(value),
                [flag, value] if self.options.contains(&flag.as_str()) => {
                    variables.push((self.variable(flag.trim_start_matches('-')), value.clone()));
                }
                _ => bail!("`{}` is no option of this bench, or has no value: {}", pair.join(" "), self.what),
            }
        }
        Ok((tasks, variables))
    }

    fn variable(&self, name: &str) -> String {
        format!("{}_{}", self.name, name).to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(name: &str, line: &str) -> Result<(String, Vec<(String, String)>)> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        named(name).unwrap().parse(&args)
    }

    #[test]
    fn options_are_variables_of_the_driver() {
        let (tasks, variables) = parse("pixel", "--events 50 --tasks 2000").unwrap();
        assert_eq!(tasks, "2000");
        assert_eq!(variables, [("PIXEL_EVENTS".to_owned(), "50".to_owned())]);
        assert_eq!(parse("client", "").unwrap().0, "10000,100000");
    }

    #[test]
    fn another_benchs_option_is_refused() {
        assert!(parse("client", "--events 5").is_err());
        assert!(parse("pixel", "--events").is_err());
    }
}
