//! The command line. Small enough to parse by hand: `clap` would double the time to the first word.

use anyhow::{Result, bail};

pub(crate) const HELP: &str = "\
Hermes Mission Control: project automation

Usage: cargo xtask COMMAND

  run [-- ARGS]     set up, build, start the server; ARGS go to `mission-control serve`
  build             the same without starting: target/release/mission-control and target/site
  dev [-- ARGS]     rebuild and restart on every change of the sources
  test [STEP…]      everything CI checks, or only the named steps (`test list` names them)
  e2e [-- ARGS]     the browser tests; ARGS go to Playwright, such as a spec's name
  tidy              the project's conventions, checked
  size [--write]    what a browser downloads, against the budget; --write measures it anew
  bench [NAME]      run a benchmark, or list them
  seed --tasks N    believable telemetry of any size as native lines, to standard output or --out FILE; the same
                    --seed S and --now RFC3339 give the same bytes. `seed --demo` makes mock-data/ again
  lighthouse        every page over 100,000 tasks, measured with Lighthouse
  screenshots       the pictures of docs/img, made anew with demo data
  dist              one optimised binary with everything in it: target/dist/mission-control
  help              this text

Environment:
  MISSION_CONTROL_WASM=debian   take the wasm32 target from Debian's packages, never from rustup
  CHROMIUM_PATH=FILE            the browser for the browser tests";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Run(Vec<String>),
    Build,
    Dev(Vec<String>),
    Test(Vec<String>),
    E2e(Vec<String>),
    Tidy,
    Size { write: bool },
    Bench(Vec<String>),
    Seed(Vec<String>),
    Lighthouse(Vec<String>),
    Screenshots(Vec<String>),
    Dist,
    Help,
}

impl Command {
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let Some(name) = args.next() else { return Ok(Self::Help) };
        let mut rest: Vec<String> = args.collect();
        // `cargo xtask run -- --listen …` and `cargo xtask run --listen …` mean the same.
        if rest.first().is_some_and(|first| first == "--") {
            rest.remove(0);
        }
        let command = match name.as_str() {
            "run" => Self::Run(rest),
            "dev" => Self::Dev(rest),
            "test" => Self::Test(rest),
            "e2e" => Self::E2e(rest),
            "bench" => Self::Bench(rest),
            "seed" => Self::Seed(rest),
            "lighthouse" => Self::Lighthouse(rest),
            "screenshots" => Self::Screenshots(rest),
            "size" if rest == ["--write"] => Self::Size { write: true },
            "build" | "tidy" | "size" | "dist" if !rest.is_empty() => {
                bail!("`cargo xtask {name}` does not take `{}`\n\n{HELP}", rest.join(" "))
            }
            "build" => Self::Build,
            "tidy" => Self::Tidy,
            "size" => Self::Size { write: false },
            "dist" => Self::Dist,
            "help" | "--help" | "-h" => Self::Help,
            _ => bail!("there is no command `{name}`\n\n{HELP}"),
        };
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command> {
        Command::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn arguments_go_through_with_and_without_dashes() {
        let expected = Command::Run(vec!["--listen".into(), "127.0.0.1:0".into()]);
        assert_eq!(parse("run -- --listen 127.0.0.1:0").unwrap(), expected);
        assert_eq!(parse("run --listen 127.0.0.1:0").unwrap(), expected);
    }

    #[test]
    fn what_is_not_understood_is_refused_with_the_help() {
        for line in ["fly", "build fast", "size --wirte"] {
            let error = parse(line).unwrap_err().to_string();
            assert!(error.contains("Usage: cargo xtask"), "{line}: {error}");
        }
    }

    #[test]
    fn nothing_asks_for_help() {
        assert_eq!(parse("").unwrap(), Command::Help);
    }
}
