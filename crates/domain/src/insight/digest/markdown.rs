//! The digest as Markdown, to mail or to file. Text that telemetry told cannot become markup in it.

use std::fmt::Write as _;

use super::Digest;
use crate::{
    id::ProductId,
    insight::{best_action::BestAction, history::Figures},
    task::Task,
    zone::Zone,
};

/// How much of a text stands in a line, in characters.
const MOST: usize = 200;

/// The digest as Markdown. `name` is what people call a product.
pub fn markdown(digest: &Digest, zone: &Zone, name: impl Fn(&ProductId) -> String) -> String {
    let mut out = String::new();
    let date = |at| zone.local(at).0.format("%-d %B %Y").to_string();
    // The end is left out: the last day of a week that is over is the one before it.
    let last = if digest.current { digest.until } else { digest.until - chrono::TimeDelta::seconds(1) };
    // Writing to a string does not fail.
    let _ = writeln!(out, "# Hermes, week {}\n", digest.week);
    let so_far = if digest.current { " (so far)" } else { "" };
    let _ = writeln!(out, "{} to {}{so_far}, {}\n", date(digest.since), date(last), escape(&zone.name));
    figures(&mut out, digest);
    let task = |task: &Task| format!("{} ({})", escape(&task.title), escape(&name(&task.product_id)));
    let failed = |failed: &Task| match &failed.error {
        Some(error) => format!("{}: {}", task(failed), escape(error)),
        None => format!("{}: no error told", task(failed)),
    };
    let blocked = |blocked: &Task| match &blocked.blocker_reason {
        Some(reason) => format!("{}: {}", task(blocked), escape(reason)),
        None => task(blocked),
    };
    section(&mut out, "Shipped", digest.shipped.iter().map(task), "Nothing was deployed or released.");
    if digest.shipped_more {
        let _ = writeln!(out, "More was shipped; these are the latest.\n");
    }
    section(&mut out, "Failed", digest.failed.iter().map(failed), "No task failed.");
    if (digest.failed.len() as u64) < digest.ended.failed {
        let _ = writeln!(out, "{} failed in all; these are the latest.\n", digest.ended.failed);
    }
    if digest.current {
        section(&mut out, "Blocked now", digest.blocked.iter().map(blocked), "Nothing is blocked.");
    }
    let advanced = digest.advanced.iter().map(|id| escape(&name(id)));
    section(&mut out, "Products advanced", advanced, "No product had a task completed.");
    if digest.current {
        let action = |action: &BestAction| format!("{}: {}", action.verb.label(), escape(&action.title));
        section(&mut out, "Recommended: you", digest.founder.iter().map(action), "Nothing waits for you.");
        section(&mut out, "Recommended: Hermes", digest.automatic.iter().map(action), "Nothing is proposed.");
    } else {
        let _ = writeln!(
            out,
            "What was blocked at the end of this week, and what was recommended then, is not kept.\n"
        );
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn figures(out: &mut String, digest: &Digest) {
    let rate = |figures: &Figures| {
        figures.success_rate.map_or("unknown".to_owned(), |rate| format!("{:.1} %", rate.get() * 100.0))
    };
    let row = |out: &mut String, name: &str, of: &dyn Fn(&Figures) -> String| {
        let before = digest.before.as_ref().map_or("unknown".to_owned(), of);
        let _ = writeln!(out, "| {name} | {} | {before} |", of(&digest.figures));
    };
    let before = if digest.current { "By this time a week ago" } else { "The week before" };
    let _ = writeln!(out, "| | This week | {before} |\n|---|---:|---:|");
    row(out, "Completed", &|figures| figures.completed.to_string());
    row(out, "Failed", &|figures| figures.failed.to_string());
    row(out, "Became blocked", &|figures| figures.blocked.to_string());
    row(out, "Success rate", &rate);
    row(out, "Products advanced", &|figures| figures.advanced.to_string());
    out.push('\n');
}

fn section(out: &mut String, title: &str, items: impl Iterator<Item = String>, none: &str) {
    let _ = writeln!(out, "## {title}\n");
    let mut any = false;
    for item in items {
        any = true;
        let _ = writeln!(out, "- {item}");
    }
    if !any {
        let _ = writeln!(out, "{none}");
    }
    out.push('\n');
}

/// A text as one line that no reader of Markdown takes for markup: each ASCII punctuation has a backslash before it
/// (<https://spec.commonmark.org/0.31.2/#backslash-escapes>), so there is no link, image, HTML or heading in it.
/// Marks that change the direction of what follows are left out.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let turns = |char| matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    for char in text.trim().chars().filter(|char| !turns(*char)).take(MOST) {
        if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') {
            out.push(' ');
        } else {
            if char.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(char);
        }
    }
    if text.trim().chars().count() > MOST {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let text = "# [x](javascript:alert(1))\n<img src=x onerror=1>\r\n- `a` | b \u{202e}c";
        let escaped = escape(text);
        assert!(!escaped.contains(['\n', '\r', '\u{202e}']), "{escaped}");
        let bare = escaped.replace(r"\\", "");
        let pairs: Vec<char> = bare.chars().collect();
        let naked = pairs.iter().enumerate().filter(|(index, char)| {
            char.is_ascii_punctuation() && **char != '\\' && (*index == 0 || pairs[index - 1] != '\\')
        });
        assert_eq!(naked.count(), 0, "{escaped}");
        assert!(escape(&"x".repeat(500)).ends_with("x…"));
    }
}
