//! The system prompt that Hermes stores with a session. Most of it is prose; the lines at its end say where
//! the work is done, and nothing else in the database tells the branch.

use crate::{rng::Rng, rows::MODEL, stamp::Time, words};

/// What the last lines tell.
pub(crate) struct Place<'a> {
    /// The folder at the start.
    pub(crate) folder: &'a str,
    /// The branch, if the folder is a repository that the agent looked at.
    pub(crate) branch: Option<&'a str>,
    pub(crate) product: &'a str,
}

/// A prompt of about so many bytes.
pub(crate) fn text(rng: &mut Rng, bytes: usize, place: &Place<'_>, at: Time) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    text.push_str(
        "You are Hermes Agent, an intelligent AI assistant. You work with the tools that you are given.\n\n",
    );
    let tail = tail(rng, place, at);
    while text.len() + tail.len() < bytes {
        text.push_str("- ");
        text.push_str(rng.pick::<&str>(words::FILLER));
        text.push('\n');
    }
    text.push_str(&tail);
    text
}

fn tail(rng: &mut Rng, place: &Place<'_>, at: Time) -> String {
    let workspace = place.branch.map(|branch| {
        format!(
            "Workspace (snapshot at session start — re-check with `git` before acting on it):\n\
             - Root: {}\n- Branch: {branch}\n- Status: clean\n- Recent commits:\n    {} {}: initial import\n\
             - Context files: AGENTS.md\n\n",
            place.folder,
            rng.hex(7),
            place.product
        )
    });
    format!(
        "\nHost: Linux (6.12.0)\nUser home directory: /home/agent\nCurrent working directory: {}\n\n{}\
         Active Hermes profile: default. Other profiles (if any) live under /home/agent/.hermes/profiles/<name>/.\n\n\
         Conversation started: {}\nModel: {MODEL}\nProvider: custom",
        place.folder,
        workspace.unwrap_or_default(),
        at.format("%A, %B %d, %Y")
    )
}
#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_prompt_has_its_size_and_names_the_branch() {
        let place = Place { folder: "/srv/work/a", branch: Some("main"), product: "a" };
        let text = text(&mut Rng::new(1), 20_000, &place, DateTime::UNIX_EPOCH);
        assert!((19_900..20_100).contains(&text.len()), "{}", text.len());
        assert!(text.contains("- Root: /srv/work/a\n- Branch: main\n- Status: clean\n"));
        assert!(text.ends_with(
            "Conversation started: Thursday, January 01, 1970\nModel: stub-coder-large\nProvider: custom"
        ));
    }
}
