//! The settings page: forms that work without scripts, what is wrong at its field, versions, what is deleted.

use app::{
    api::settings::{Effect, Extra, ProductRow, VersionRow},
    components::{SettingsExtra, SettingsForm, SettingsNav, SettingsVersions},
};
use domain::{
    id::{ProductId, TaskId},
    settings::{
        Difference, FieldError, PriorityRule, RetentionRun, Section, Settings, VersionLine, When,
        form::{Group, groups, values},
        preview::{Preview, Touched},
    },
    task::Priority,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, text};

fn form(section: Section, groups: Vec<Group>, changes: usize, effect: Option<Effect>) -> String {
    html(move || view! { <SettingsForm section version=3 groups changes effect/> })
}

fn extra(extra: Extra) -> String {
    html(move || view! { <SettingsExtra extra version=3/> })
}

#[track_caller]
fn check_has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}

#[test]
fn the_sections_are_links_and_the_current_one_is_marked() {
    let html = html(|| view! { <SettingsNav section=Signal::stored(Section::Approvals)/> });
    check_has(&html, &["aria-label=\"Settings\"", "href=\"/hermes/settings?section=retention\""]);
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
}

#[test]
fn a_form_posts_to_its_page_with_the_version_that_it_changes() {
    let filled = values(&Settings::default());
    let html = form(Section::Approvals, groups(Section::Approvals, &filled, &[]), 0, None);
    check_has(
        &html,
        &[
            "method=\"post\"",
            "action=\"/hermes/settings?section=approvals\"",
            "name=\"version\" value=\"3\"",
            "name=\"do\" value=\"save\"",
            "role=\"switch\" name=\"approvals.deployAsks\" aria-label=\"Production deploy\" checked",
            "type=\"range\"",
        ],
    );
    assert!(text(&html).contains("No unsaved changes"), "{html}");
}

#[test]
fn what_is_wrong_stands_below_its_field() {
    let mut groups = groups(Section::Notifications, &values(&Settings::default()), &[]);
    let fields = groups.iter_mut().flat_map(|group| &mut group.items).flat_map(|item| &mut item.fields);
    let wrong = FieldError::new("notifications.quietTo", "25:00 is not a time. Use 00:00 to 23:59.");
    for field in fields.filter(|field| field.name == wrong.field) {
        field.value = "25:00".to_owned();
        field.error = Some(wrong.message.clone());
    }
    let html = form(Section::Notifications, groups, 2, None);
    check_has(
        &html,
        &[
            "value=\"25:00\"",
            "aria-invalid=\"true\"",
            "aria-describedby=\"notifications.quietTo-about\"",
            "id=\"notifications.quietTo-about\"",
        ],
    );
    assert!(text(&html).contains("2 unsaved changes"), "{html}");
    assert!(text(&html).contains("25:00 is not a time. Use 00:00 to 23:59."), "{html}");
}

#[test]
fn rules_stand_in_their_order_with_one_more_to_fill_in() {
    let rule = |words: &str| PriorityRule {
        when: When { words: words.to_owned(), ..When::default() },
        priority: Priority::P1,
    };
    let settings = Settings { priority_rules: vec![rule("pay"), rule("login")], ..Settings::default() };
    let html = form(Section::Priorities, groups(Section::Priorities, &values(&settings), &[]), 0, None);
    let said = text(&html);
    for words in ["Rule 1", "Rule 2", "New rule", "Add another rule"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    check_has(
        &html,
        &["value=\"remove:0\"", "value=\"down:0\"", "value=\"up:1\"", "aria-label=\"Remove: Rule 2\""],
    );
    assert!(!html.contains("value=\"up:0\"") && !html.contains("value=\"remove:2\""), "{html}");
}

#[test]
fn a_preview_says_what_it_would_have_done_and_to_which() {
    let touched = Touched {
        id: TaskId::new("t_1").unwrap(),
        title: HOSTILE.to_owned(),
        at: now(),
        what: "P0".to_owned(),
    };
    let preview =
        Preview { fired: 1, of: 9, total: 9, weeks: vec![0, 1], tasks: vec![touched], ..Preview::default() };
    let effect = Effect { title: "1 of 9.".to_owned(), text: "As before.".to_owned(), preview };
    let html = form(Section::Priorities, Vec::new(), 0, Some(effect));
    check_has(&html, &["aria-label=\"Effect\"", "href=\"/hermes/tasks/t_1\"", "value=\"preview\""]);
    check_harmless(&html);
}

#[test]
fn a_version_says_what_it_changed_and_can_be_brought_back() {
    let row = |version, field: &str| VersionRow {
        line: VersionLine { version, at: Some(now()), by: Some(HOSTILE.to_owned()), restores: Some(1) },
        changed: vec![Difference { field: field.to_owned(), before: None, after: Some(HOSTILE.to_owned()) }],
        total: 5,
    };
    let versions = vec![row(3, "timeZone"), row(2, "rules.recentDays")];
    let html = html(
        move || view! { <SettingsVersions section=Section::General version=3 versions=versions.clone()/> },
    );
    let said = text(&html);
    for words in ["Version 3", "5 fields", "back to version 1", "and 4 more"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    check_has(&html, &["name=\"restore\" value=\"2\"", "name=\"version\" value=\"3\""]);
    assert!(!html.contains("name=\"restore\" value=\"3\""), "the one in force is in force");
    check_harmless(&html);
}

#[test]
fn the_registry_leads_to_each_product_or_says_why_it_is_empty() {
    let product = ProductRow {
        id: ProductId::new("p1").unwrap(),
        name: HOSTILE.to_owned(),
        slug: "one".to_owned(),
        category: None,
        status: None,
        priority: Some(Priority::P0),
    };
    let html = extra(Extra::Products { products: vec![product] });
    check_has(&html, &["href=\"/hermes/products/one\""]);
    check_harmless(&html);
    assert!(text(&extra(Extra::Products { products: Vec::new() })).contains("No product is known yet"));
}

#[test]
fn retention_says_what_it_would_delete_and_what_it_did() {
    let run = RetentionRun { at: now(), tasks: 3, events: 40, runs: 1, bytes: 2_000_000 };
    let said = text(&extra(Extra::Retention { last: Some(run), bytes: None, stripped: 7, deleted: 1 }));
    for words in [
        "7 ended tasks would be without",
        "1 ended task would be deleted",
        "3 tasks, 40 events and 1 run",
        "–",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let never = text(&extra(Extra::Retention { last: None, bytes: Some(1), stripped: 0, deleted: 0 }));
    assert!(never.contains("It has not run yet"), "{never}");
}

#[test]
fn an_import_shows_what_it_changes_before_it_can_be_applied() {
    let transfer = |error, changes| extra(Extra::Transfer { text: HOSTILE.to_owned(), error, changes });
    let first = transfer(None, None);
    check_has(
        &first,
        &["enctype=\"multipart/form-data\"", "value=\"check\"", "download=\"mission-control-settings.json\""],
    );
    assert!(!first.contains("value=\"apply\""), "{first}");
    let wrong = transfer(Some(("rules.recentDays".to_owned(), "Line 3, column 25: no.".to_owned())), None);
    check_has(&wrong, &["role=\"alert\"", "rules.recentDays", "Line 3, column 25", "aria-invalid=\"true\""]);
    let change = Difference { field: "timeZone".to_owned(), before: None, after: Some("\"UTC\"".to_owned()) };
    let right = transfer(None, Some(vec![change]));
    check_has(&right, &["value=\"apply\"", "name=\"version\" value=\"3\""]);
    assert!(text(&right).contains("It changes 1 field"), "{right}");
    let same = transfer(None, Some(Vec::new()));
    assert!(text(&same).contains("It changes nothing") && !same.contains("value=\"apply\""), "{same}");
}

#[test]
fn the_demo_switch_says_which_data_is_shown() {
    let demo = |demo, offered, url: Option<&str>| {
        let location = "/data/mission-control.db".to_owned();
        extra(Extra::Demo { demo, location, offered, url: url.map(str::to_owned) })
    };
    let own = demo(false, true, None);
    assert!(text(&own).contains("This page shows your own data."), "{own}");
    check_has(&own, &["name=\"do\" value=\"demo-on\"", "Load demo data"]);
    let shown = demo(false, true, Some("http://127.0.0.1:4000"));
    check_has(&shown, &["href=\"http://127.0.0.1:4000/hermes\"", "value=\"demo-off\""]);
    assert!(text(&demo(true, false, None)).contains("This page shows demo data."));
    assert!(text(&demo(false, false, None)).contains("--demo"));
}
