//! What sections and previews say in words. On the server alone: the client carries none of it.

use domain::settings::{
    Section,
    preview::{DAYS, Preview},
};

use super::Effect;
use crate::format;

/// What a section is for.
pub(super) fn about(section: Section) -> &'static str {
    match section {
        Section::General => "When your day begins, and when an insight speaks up.",
        Section::Products => {
            "Every product that a source named. What you say of one is said on its own page, where it is edited."
        }
        Section::Categories => {
            "What you call each type of task, and what holds for tasks of which no source says more."
        }
        Section::Priorities => {
            "Priorities for tasks of which no source told one. They are marked as inferred, and never replace what was \
             told. Filters and the order of the ledger go by what was told."
        }
        Section::Notifications => {
            "What you would be told of outside this page. Stored and previewed: this version delivers nothing yet."
        }
        Section::Retries => {
            "Which failures are tried again by themselves. Stored and previewed: in force once Hermes is connected for \
             control."
        }
        Section::Approvals => {
            "When Hermes must stop and ask. Stored and previewed: in force once Hermes is connected for control."
        }
        Section::Retention => {
            "How long telemetry is kept. What is too old is deleted for good, and the file becomes smaller. Figures and \
             history count what is left, so they forget with the rows."
        }
        Section::Transfer => {
            "The settings as one JSON file: to keep, to compare, to carry to another machine."
        }
        Section::Demo => "Invented products and tasks, in a database of their own. Yours is not touched.",
    }
}

/// A preview in words.
pub(super) fn effect(section: Section, preview: Preview) -> Effect {
    let fired = format::number(preview.fired);
    let what = match section {
        Section::Notifications => "would have been told to you",
        Section::Retries => "would have been tried again",
        Section::Approvals => "would have asked you",
        _ => "would have got a priority",
    };
    let of = format::count(preview.of, "task", "tasks");
    let title = format!("With these rules, {fired} of the {of} of the last {DAYS} days {what}.");
    let mut text = vec![match preview.fired.cmp(&preview.saved) {
        std::cmp::Ordering::Equal => "That is as many as with the saved rules.".to_owned(),
        order => {
            let by = format::number(preview.fired.abs_diff(preview.saved));
            let words = if order.is_gt() { "more" } else { "fewer" };
            format!("That is {by} {words} than with the saved rules.")
        }
    }];
    if section == Section::Notifications && preview.quiet > 0 {
        let waited = format::number(preview.quiet);
        text.push(format!("{waited} of them would have waited for the end of the quiet hours."));
    }
    if section == Section::Approvals {
        let told = "Counted are deployments and releases. No source tells of rows, money, secrets, merges or mails, so \
                    those rules cannot be tried out.";
        text.push(told.to_owned());
    }
    if preview.total > preview.of {
        text.push(format!("Looked at are the newest; there are {}.", format::number(preview.total)));
    }
    Effect { title, text: text.join(" "), preview }
}
