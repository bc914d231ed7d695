//! The wall clock is read in one place on each side; everywhere else the time comes in as a parameter, so
//! that tests choose it.
//!
//! `Instant` is not looked for: it measures how long something took and has no date.

use super::finding::Finding;
use super::repo::Repo;
use super::rust;

const READS: [&str; 5] = ["Utc::now", "Local::now", "SystemTime::now", "Date::now", "Date::new_0"];
/// `hermes-fake` plays the agent, which is a process with a clock of its own; `seed` is as new as it says.
const CLOCKS: [&str; 4] = [
    "crates/service/src/clock.rs",
    "app/src/state/clock.rs",
    "crates/hermes-fake/src/main.rs",
    "crates/seed/src/main.rs",
];

pub(super) fn check(repo: &Repo) -> Vec<Finding> {
    let sources =
        repo.rust().filter(|file| !CLOCKS.contains(&&*file.path) && !file.path.starts_with("xtask/"));
    sources.flat_map(|file| in_source(&file.path, &file.text)).collect()
}

fn in_source(path: &str, source: &str) -> Vec<Finding> {
    let code = rust::code(source);
    let mut findings = Vec::new();
    for read in READS {
        findings.extend(rust::paths(&code, read).into_iter().map(|line| {
            Finding::new(
                path,
                line,
                format!("`{read}` reads the wall clock"),
                "take the time as a parameter, from service::Clock",
            )
        }));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_the_clock_is_found_and_measuring_is_not() {
        let source =
            "// Utc::now()\nlet a = Instant::now();\nlet b = chrono::Utc::now();\nlet c = SystemTime::now;\n";
        let lines: Vec<_> = in_source("a.rs", source).into_iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [3, 4]);
    }
}
