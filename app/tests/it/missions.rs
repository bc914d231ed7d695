//! The active missions.

use app::components::ActiveTasksPanel;
use domain::overview::Mission;
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, known_mission, mission, product, text};

fn panel(missions: Vec<Mission>, total: u64) -> String {
    html(|| {
        let products = StoredValue::new(vec![product("Ledgerly")]);
        view! { <ActiveTasksPanel missions total products/> }
    })
}

#[test]
fn a_mission_shows_how_far_it_is_and_how_much_longer() {
    let html = panel(vec![known_mission()], 1);
    let text = text(&html);
    let shown = [
        "Promote canary",
        "67 %",
        "Running",
        "Watching the error budget",
        "P0",
        "Ledgerly",
        "started 8m ago",
        "about 6m left",
    ];
    for words in shown {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    assert!(html.contains("--p:67") && html.contains("aria-valuenow=\"67\""), "{html}");
    assert!(html.contains("href=\"/hermes/tasks/t%2F1\""), "{html}");
}

#[test]
fn what_nobody_told_is_unknown_and_no_progress_is_claimed() {
    let html = panel(vec![mission("Something")], 1);
    assert!(!html.contains("0 %") && !html.contains("aria-valuenow"), "{html}");
    let text = text(&html);
    for words in ["step –unknown", "agent –unknown", "started –unknown", "time left –unknown", "No product"]
    {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn a_quiet_mission_says_for_how_long() {
    let mut quiet = known_mission();
    quiet.quiet = true;
    let html = panel(vec![quiet], 1);
    assert!(text(&html).contains("Running, quiet for 45m"), "{html}");
    assert!(!text(&html).contains(" left"), "what stands still has no estimate: {html}");
    assert!(html.contains("data-tone=\"warn\""), "{html}");
}

#[test]
fn what_was_inferred_is_marked() {
    let mut guessed = known_mission();
    guessed.task.inferred = vec!["priority".to_owned()];
    let html = panel(vec![guessed], 1);
    assert_eq!(html.matches("(inferred)").count(), 1, "{html}");
}

#[test]
fn hostile_text_is_only_text() {
    let mut hostile = mission(HOSTILE);
    hostile.task.current_step = Some(HOSTILE.to_owned());
    let html = panel(vec![hostile], 1);
    check_harmless(&html);
    // The attributes that carry it, too: title and the label of the bar.
    assert!(!html.contains("\"'><"), "{html}");
}

#[test]
fn nothing_running_is_said_and_many_are_counted() {
    assert!(text(&panel(Vec::new(), 0)).contains("Nothing is running"));
    let many = (0..20).map(|_| known_mission()).collect();
    let html = panel(many, 214);
    assert_eq!(html.matches("class=\"m-item\"").count(), 12);
    assert!(text(&html).contains("202 more"), "{html}");
}

#[test]
fn a_product_cannot_make_a_link_of_its_own() {
    let html = html(|| {
        let mut product = product("Ledgerly");
        product.slug = "javascript:alert(1)/../..".to_owned();
        let products = StoredValue::new(vec![product]);
        view! { <ActiveTasksPanel missions=vec![known_mission()] total=1 products/> }
    });
    assert!(html.contains("/hermes/products/javascript:alert%281%29%2F..%2F.."), "{html}");
    assert!(!html.contains("href=\"javascript:"), "{html}");
}
