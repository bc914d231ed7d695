//! Empty, loading and failed.

use app::{
    Origin,
    api::{ApiError, frame::StoreView, sources::HomeBrief},
    components::{ErrorState, LoadingSkeleton, Welcome},
};
use domain::source::{HomeState, HomeStatus};
use leptos::prelude::*;

use crate::{
    fixture::{HOSTILE, check_harmless, html, text},
    sources::home,
};

fn store(lines: u64, location: &str) -> StoreView {
    StoreView {
        kind: "SQLite".to_owned(),
        location: location.to_owned(),
        bytes: None,
        tasks: 0,
        lines,
        demo: false,
    }
}

fn welcome(store: StoreView) -> String {
    welcome_with(store, None)
}

fn welcome_with(store: StoreView, home: Option<HomeBrief>) -> String {
    html(|| {
        provide_context(Origin("http://127.0.0.1:4000".to_owned()));
        view! { <Welcome store home/> }
    })
}

#[test]
fn the_first_page_says_where_the_data_is_and_how_it_gets_there() {
    let text = text(&welcome(store(0, "/home/me/mission-control.db")));
    let shown = [
        "/home/me/mission-control.db",
        "Nothing has arrived yet",
        "Read the agent's own files",
        "mission-control serve --data /home/me --hermes-home DIR",
        "Without the option it reads $HERMES_HOME or ~/.hermes",
        "mission-control ingest --data /home/me FILE.jsonl",
        "mission-control token create --data /home/me laptop",
        "curl http://127.0.0.1:4000/api/v1/ingest",
        "mission-control serve --data /home/me --follow PATH",
        "mission-control serve --data /home/me --demo",
    ];
    for words in shown {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn the_first_page_says_what_became_of_the_home_that_was_looked_for() {
    let with = |state| {
        let home = HomeBrief::from(HomeStatus { state, ..home() });
        text(&welcome_with(store(0, "x"), Some(home)))
    };
    assert!(
        with(HomeState::Missing).contains("It looked for /home/me/.hermes, and there is no such folder.")
    );
    assert!(with(HomeState::Following).contains("/home/me/.hermes was read; no task stands in it yet."));
    assert!(!with(HomeState::Reading).contains("/home/me/.hermes"), "the notice above says it");
}

#[test]
fn it_does_not_claim_that_nothing_came_when_something_did() {
    assert!(text(&welcome(store(52, "x"))).contains("52 lines of telemetry arrived"));
}

#[test]
fn no_button_is_there_before_it_works() {
    let html = welcome(store(0, "x"));
    // That of a plain form works from the start; those that copy do not.
    let form = "<form method=\"post\" action=\"/hermes/settings?section=demo\"><button";
    assert_eq!((html.matches("<button").count(), html.matches(form).count()), (1, 1), "{html}");
}

#[test]
fn a_path_with_hostile_text_is_only_text() {
    check_harmless(&welcome(store(0, HOSTILE)));
}

#[test]
fn an_error_says_what_failed_what_not_and_what_to_do() {
    let html = html(|| {
        view! { <ErrorState what="The overview" unaffected="Nothing is lost." error=ApiError::Unavailable/> }
    });
    let text = text(&html);
    for words in ["The overview did not load", "Nothing is lost.", "try again", "ERR-STORE"] {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn a_skeleton_says_what_it_waits_for() {
    let html = html(|| view! { <LoadingSkeleton label="the overview" rows=3/> });
    assert!(html.contains("aria-label=\"Loading the overview\""), "{html}");
    assert_eq!(html.matches("class=\"sk-row\"").count(), 3);
}
