//! What stands in the form of each section.

use super::{Control, Field, Group, Item, Layout, Values, read::rows};
use crate::{
    settings::{MergeRule, SecretsScope, Section, check::range},
    task::{Priority, TaskSource, TaskType},
};

/// The products that a rule may name: id and name.
pub type Products<'a> = &'a [(String, String)];

/// The panels of a section's form, filled with those values. Sections without a form have none.
pub fn groups(section: Section, values: &Values, products: Products<'_>) -> Vec<Group> {
    let fill = Fill { values };
    match section {
        Section::General => general(&fill),
        Section::Categories => categories(&fill),
        Section::Priorities => vec![fill.priority_rules(products)],
        Section::Notifications => notifications(&fill),
        Section::Retries => vec![fill.retry_rules(products)],
        Section::Approvals => approvals(&fill),
        Section::Retention => retention(&fill),
        Section::Products | Section::Transfer | Section::Demo => Vec::new(),
    }
}

struct Fill<'a> {
    values: &'a Values,
}

impl Fill<'_> {
    fn field(&self, name: &str, label: &str, hint: &str, control: Control) -> Field {
        let value = self.values.get(name).cloned().unwrap_or_default();
        let (name, label, hint) = (name.to_owned(), label.to_owned(), hint.to_owned());
        Field { name, label, hint, control, value, error: None }
    }

    fn number(&self, name: &str, label: &str, hint: &str, unit: &str) -> Field {
        let (least, most, zero) = range(name).unwrap_or((0, u64::MAX, false));
        let least = if zero { 0 } else { least };
        self.field(name, label, hint, Control::Number(least, most, unit.to_owned()))
    }

    fn slider(&self, name: &str, label: &str, hint: &str, unit: &str, most: u64) -> Field {
        let (least, ..) = range(name).unwrap_or((0, most, false));
        self.field(name, label, hint, Control::Range(least, most, unit.to_owned()))
    }

    fn switch(&self, name: &str, title: &str, hint: &str) -> Item {
        let switch = self.field(name, title, "", Control::Switch);
        Item { title: title.to_owned(), hint: hint.to_owned(), fields: vec![switch], rule: None }
    }

    /// A switch with what it switches on.
    fn asks(&self, name: &str, title: &str, hint: &str, what: Field) -> Item {
        let mut item = self.switch(name, title, hint);
        item.fields.insert(0, what);
        item
    }

    fn when(&self, kind: &str, place: usize, products: Products<'_>) -> Vec<Field> {
        let name = |field: &str| format!("{kind}.{place}.when.{field}");
        let product = name("product");
        let mut offered = vec![(String::new(), "Any product".to_owned())];
        offered.extend(products.iter().cloned());
        if let Some(gone) =
            self.values.get(&product).filter(|id| !offered.iter().any(|(known, _)| known == *id))
        {
            offered.push((gone.clone(), gone.clone()));
        }
        let types = TaskType::ALL.iter().map(|value| (value.as_str(), value.label()));
        let sources = TaskSource::ALL.iter().map(|value| (value.as_str(), value.label()));
        vec![
            self.field(&product, "Product", "", Control::Choice(offered)),
            self.field(&name("type"), "Type", "", choice(Some("Any type"), types)),
            self.field(&name("source"), "Source", "", choice(Some("Any source"), sources)),
            self.field(&name("words"), "Words in title or error", "", Control::Text("any words".to_owned())),
        ]
    }

    fn priority_rules(&self, products: Products<'_>) -> Group {
        let rule = |place: usize| {
            let name = format!("priorityRules.{place}.priority");
            let mut fields = self.when("priorityRules", place, products);
            fields.push(self.field(&name, "Gets", "", choice(Some("Choose"), priorities())));
            fields
        };
        self.rules("Rules, the first that holds counts", "priorityRules", rule)
    }

    fn retry_rules(&self, products: Products<'_>) -> Group {
        let rule = |place: usize| {
            let name = |field: &str| format!("retryRules.{place}.{field}");
            let mut fields = self.when("retryRules", place, products);
            fields.push(self.number(&name("attempts"), "Tries at most", "", "tries"));
            fields.push(self.number(&name("waitMinutes"), "Wait", "", "minutes"));
            fields
        };
        self.rules("Rules, the first that holds counts", "retryRules", rule)
    }

    fn rules(&self, title: &str, kind: &str, rule: impl Fn(usize) -> Vec<Field>) -> Group {
        let count = rows(self.values, kind).len();
        let item = |place: usize| {
            let title = if place == count { "New rule".to_owned() } else { format!("Rule {}", place + 1) };
            Item { title, hint: String::new(), fields: rule(place), rule: Some(place) }
        };
        let items = (0..=count).map(item).collect();
        Group { title: title.to_owned(), note: String::new(), layout: Layout::Rules, items }
    }
}

fn single(field: Field) -> Item {
    Item { title: String::new(), hint: String::new(), fields: vec![field], rule: None }
}

fn group(title: &str, note: &str, layout: Layout, items: Vec<Item>) -> Group {
    Group { title: title.to_owned(), note: note.to_owned(), layout, items }
}

/// A list to choose from; `none` is what stands for nothing, where nothing may be chosen.
fn choice<'a>(none: Option<&str>, of: impl IntoIterator<Item = (&'a str, &'a str)>) -> Control {
    let none = none.map(|words| (String::new(), words.to_owned()));
    let of = of.into_iter().map(|(value, words)| (value.to_owned(), words.to_owned()));
    Control::Choice(none.into_iter().chain(of).collect())
}

fn priorities() -> impl Iterator<Item = (&'static str, &'static str)> {
    Priority::ALL.iter().map(|value| (value.as_str(), value.label()))
}

fn general(fill: &Fill<'_>) -> Vec<Group> {
    let zone = fill.field(
        "timeZone",
        "Time zone",
        "\u{201c}Today\u{201d} and \u{201c}this week\u{201d} begin at its midnight. Empty: that of this machine.",
        Control::Text("Europe/Berlin".to_owned()),
    );
    let keys = fill.switch(
        "singleKeyShortcuts",
        "Single-key shortcuts",
        "Keys such as J and K act on pages that have them. Shortcuts with \u{2318} or Ctrl stay.",
    );
    let thresholds = [
        ("recentDays", "Recently", "Products touched, and failures that count as repeated", "days"),
        ("rateDays", "Rates look back", "Success rate, failures and average duration", "days"),
        ("quietMinutes", "Silent at least", "Before a running task can be stuck", "minutes"),
        ("repeatedFailures", "Repeated failures", "Failed tasks of one product, recently", "failures"),
        ("neglectDays", "Neglected after", "A product without any activity", "days"),
        (
            "agentFreshHours",
            "A worker is heard of for",
            "Without evidence for longer, its status is unknown",
            "hours",
        ),
        ("upcomingHours", "Upcoming looks ahead", "Scheduled jobs", "hours"),
        ("missedJobMinutes", "A job is missed after", "Later than it was due", "minutes"),
    ];
    let thresholds = thresholds
        .map(|(name, label, hint, unit)| single(fill.number(&format!("rules.{name}"), label, hint, unit)));
    vec![
        group("Time", "", Layout::Grid, vec![single(zone)]),
        group(
            "Thresholds of the insights",
            "In force as soon as they are saved.",
            Layout::Grid,
            thresholds.into(),
        ),
        group("Keyboard", "", Layout::Rows, vec![keys]),
    ]
}

fn categories(fill: &Fill<'_>) -> Vec<Group> {
    let item = |of: &TaskType| {
        let name = |field: &str| format!("categories.{of}.{field}");
        let spoken = |what: &str| format!("{what} of {}", of.label());
        let label = fill.field(&name("label"), &spoken("Label"), "", Control::Text(of.label().to_owned()));
        let priority = choice(Some("No priority"), priorities());
        let priority = fill.field(&name("priority"), &spoken("Default priority"), "", priority);
        let hidden = fill.field(
            &name("hidden"),
            &format!("Hide {} from active missions", of.label()),
            "",
            Control::Switch,
        );
        let title = of.label().to_owned();
        Item { title, hint: String::new(), fields: vec![label, priority, hidden], rule: None }
    };
    let note = "Label, priority where nothing else says one, and whether running tasks are left out of the active \
                missions. Labels name a type in the previews here; lists and filters keep its usual name. Hidden tasks \
                count in every figure and stay in the ledger.";
    vec![group("Types of tasks", note, Layout::Rows, TaskType::ALL.iter().map(item).collect())]
}

fn notifications(fill: &Fill<'_>) -> Vec<Group> {
    let name = |field: &str| format!("notifications.{field}");
    let events = [
        ("approval", "Approval needed", "a task that says that it waits for your approval"),
        ("blocked", "Blocked", "a task that cannot go on"),
        ("failed", "Failed", "a task that ended in a failure"),
        ("deployed", "Deployed", "a deployment or a release that was completed"),
        ("completed", "Completed", "any other task that was completed"),
    ];
    let events = events.map(|(field, title, hint)| fill.switch(&name(field), title, hint));
    let least = fill.field(
        &name("leastPriority"),
        "Only at or above",
        "Tasks of unknown priority are told of only where any priority will do",
        choice(Some("Any priority"), priorities()),
    );
    let from =
        fill.field(&name("quietFrom"), "Quiet from", "In your time zone; empty: never quiet", Control::Time);
    let to =
        fill.field(&name("quietTo"), "Quiet until", "What came up meanwhile waits until then", Control::Time);
    let limits = vec![single(least), single(from), single(to)];
    vec![group("Tell me of", "", Layout::Rows, events.into()), group("When", "", Layout::Grid, limits)]
}

fn approvals(fill: &Fill<'_>) -> Vec<Group> {
    let name = |field: &str| format!("approvals.{field}");
    let number = |field: &str, label: &str, unit: &str| fill.number(&name(field), label, "", unit);
    let pick = |field: &str, label: &str, of: Control| fill.field(&name(field), label, "", of);
    let scopes = choice(None, SecretsScope::ALL.iter().map(|value| (value.as_str(), value.label())));
    let merges = choice(None, MergeRule::ALL.iter().map(|value| (value.as_str(), value.label())));
    let levels = ["P0 only", "P0 and P1", "P0 to P2", "Any priority"];
    let levels = choice(None, Priority::ALL.iter().map(|value| value.as_str()).zip(levels));
    let asks = |switch: &str, title: &str, hint: &str, what| fill.asks(&name(switch), title, hint, what);
    let ask = vec![
        asks(
            "deployAsks",
            "Production deploy",
            "of a product at or above this priority",
            pick("deployPriority", "Priority of the product", levels),
        ),
        asks(
            "dataAsks",
            "Data rewrite or deletion",
            "that touches more than this many rows",
            number("dataRows", "Rows", "rows"),
        ),
        asks(
            "spendingAsks",
            "Spending",
            "above this amount per task",
            number("spendingDollars", "Dollars", "$"),
        ),
        asks(
            "secretsAsks",
            "Creating or rotating secrets",
            "in these places",
            pick("secretsScope", "Place", scopes),
        ),
        asks(
            "mergeAsks",
            "Merging to main",
            "without green required checks",
            pick("mergeRule", "Rule", merges),
        ),
        asks(
            "mailAsks",
            "Mailing customers",
            "more than this many recipients",
            number("mailRecipients", "Recipients", "recipients"),
        ),
    ];
    let cost =
        fill.slider(&name("monthlyDollars"), "Monthly cost per product", "Above it, Hermes asks", "$", 1000);
    let sure = fill.slider(
        &name("confidencePercent"),
        "Confidence needed to act alone",
        "Below this, Hermes drafts and waits",
        "%",
        100,
    );
    let remind =
        fill.number(&name("remindMinutes"), "Remind me after", "An open question comes up again", "minutes");
    vec![
        group("Always ask before", "", Layout::Rows, ask),
        group("Limits", "", Layout::Grid, [cost, sure, remind].map(single).into()),
    ]
}

fn retention(fill: &Fill<'_>) -> Vec<Group> {
    let events = fill.number(
        "retention.eventDays",
        "Events and logs",
        "Deleted so long after their task ended. 0 keeps them for ever.",
        "days",
    );
    let tasks = fill.number(
        "retention.taskDays",
        "Ended tasks",
        "With their events and runs. 0 keeps them for ever.",
        "days",
    );
    vec![group("Keep", "", Layout::Grid, vec![single(events), single(tasks)])]
}
