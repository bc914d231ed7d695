//! What settings may say. Pure: whether a time zone exists is for the service to know.

use serde::{Deserialize, Serialize};

use super::{
    Settings,
    category::MAX_LABEL,
    notifications::clock_time,
    rules::{MAX_RULES, MAX_WORDS, When},
};

/// A field that says what it may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{field}: {message}")]
pub struct FieldError {
    /// The field, such as `rules.recentDays`.
    pub field: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl FieldError {
    /// What is wrong with that field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// The numbers, their least and their most. Where 0 stands for something else it is let through.
pub const RANGES: [(&str, u64, u64, bool); 17] = [
    ("rules.recentDays", 1, 90, false),
    ("rules.rateDays", 1, 365, false),
    ("rules.quietMinutes", 5, 1440, false),
    ("rules.repeatedFailures", 2, 50, false),
    ("rules.upcomingHours", 1, 168, false),
    ("rules.missedJobMinutes", 1, 1440, false),
    ("rules.neglectDays", 1, 365, false),
    ("rules.agentFreshHours", 1, 720, false),
    ("retention.eventDays", 7, 3650, true),
    ("retention.taskDays", 30, 3650, true),
    ("approvals.dataRows", 0, 1_000_000_000, false),
    ("approvals.spendingDollars", 0, 100_000, false),
    ("approvals.mailRecipients", 0, 1_000_000, false),
    ("approvals.monthlyDollars", 0, 100_000, false),
    ("approvals.confidencePercent", 50, 100, false),
    ("approvals.remindMinutes", 5, 10_080, false),
    ("retryRules.attempts", 0, 10, false),
];

/// The range of that field; rules go by their kind, whatever their place. `None` where it is no number.
pub fn range(field: &str) -> Option<(u64, u64, bool)> {
    if field.ends_with(".waitMinutes") {
        return Some((0, 1440, false));
    }
    let named = if field.ends_with(".attempts") { "retryRules.attempts" } else { field };
    RANGES.iter().find(|(known, ..)| *known == named).map(|(_, least, most, zero)| (*least, *most, *zero))
}

/// What is wrong with that number in that field.
pub fn number(field: &str, value: u64) -> Option<FieldError> {
    let (least, most, zero) = range(field)?;
    let fine = (least..=most).contains(&value) || (zero && value == 0);
    let besides = if zero { ", or 0 for ever" } else { "" };
    (!fine)
        .then(|| FieldError::new(field, format!("{value} is out of range. Use {least} to {most}{besides}.")))
}

/// Everything that is wrong, in the order of the page.
pub fn check(settings: &Settings) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let rules = &settings.rules;
    let approvals = &settings.approvals;
    let retention = settings.retention;
    for (field, value) in [
        ("rules.recentDays", u64::from(rules.recent_days)),
        ("rules.rateDays", rules.rate_days.into()),
        ("rules.quietMinutes", rules.quiet_minutes.into()),
        ("rules.repeatedFailures", rules.repeated_failures.into()),
        ("rules.upcomingHours", rules.upcoming_hours.into()),
        ("rules.missedJobMinutes", rules.missed_job_minutes.into()),
        ("rules.neglectDays", rules.neglect_days.into()),
        ("rules.agentFreshHours", rules.agent_fresh_hours.into()),
        ("approvals.dataRows", approvals.data_rows),
        ("approvals.spendingDollars", approvals.spending_dollars),
        ("approvals.mailRecipients", approvals.mail_recipients),
        ("approvals.monthlyDollars", approvals.monthly_dollars),
        ("approvals.confidencePercent", approvals.confidence_percent),
        ("approvals.remindMinutes", approvals.remind_minutes),
        ("retention.eventDays", retention.event_days.into()),
        ("retention.taskDays", retention.task_days.into()),
    ] {
        wrong.extend(number(field, value));
    }
    if settings.time_zone.as_ref().is_some_and(|name| name.trim().is_empty() || name.len() > 64) {
        wrong.push(FieldError::new("timeZone", "Write an IANA name such as Europe/Berlin, or nothing."));
    }
    for (of, category) in &settings.categories {
        let Some(label) = &category.label else { continue };
        if label.trim().is_empty() || label.chars().count() > MAX_LABEL || label.chars().any(char::is_control)
        {
            let message = format!("A label has 1 to {MAX_LABEL} printable characters.");
            wrong.push(FieldError::new(format!("categories.{of}.label"), message));
        }
    }
    wrong.extend(quiet(settings));
    let whens = settings.priority_rules.iter().map(|rule| &rule.when);
    check_rules("priorityRules", whens, &mut wrong);
    check_rules("retryRules", settings.retry_rules.iter().map(|rule| &rule.when), &mut wrong);
    for (place, rule) in settings.retry_rules.iter().enumerate() {
        wrong.extend(number(&format!("retryRules.{place}.attempts"), rule.attempts.into()));
        wrong.extend(number(&format!("retryRules.{place}.waitMinutes"), rule.wait_minutes.into()));
    }
    if retention.task_days != 0 && retention.task_days < rules.rate_days {
        let message =
            format!("Rates look back {} days (General): keep tasks at least as long.", rules.rate_days);
        wrong.push(FieldError::new("retention.taskDays", message));
    }
    wrong
}

fn quiet(settings: &Settings) -> Vec<FieldError> {
    let quiet = &settings.notifications;
    let mut wrong = Vec::new();
    for (field, text) in [("quietFrom", &quiet.quiet_from), ("quietTo", &quiet.quiet_to)] {
        if let Some(text) = text.as_deref().filter(|text| clock_time(text).is_none()) {
            let text: String = text.chars().take(20).collect();
            let message = format!("{text} is not a time. Use 00:00 to 23:59.");
            wrong.push(FieldError::new(format!("notifications.{field}"), message));
        }
    }
    if quiet.quiet_from.is_some() != quiet.quiet_to.is_some() {
        let missing = if quiet.quiet_from.is_none() { "quietFrom" } else { "quietTo" };
        let message = "Quiet hours have a beginning and an end: write both, or neither.";
        wrong.push(FieldError::new(format!("notifications.{missing}"), message));
    }
    wrong
}

fn check_rules<'a>(kind: &str, whens: impl ExactSizeIterator<Item = &'a When>, wrong: &mut Vec<FieldError>) {
    if whens.len() > MAX_RULES {
        wrong.push(FieldError::new(kind, format!("There are at most {MAX_RULES} rules.")));
    }
    for (place, when) in whens.enumerate() {
        if when.words.chars().count() > MAX_WORDS {
            let message = format!("At most {MAX_WORDS} characters.");
            wrong.push(FieldError::new(format!("{kind}.{place}.when.words"), message));
        }
    }
}
