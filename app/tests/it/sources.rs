//! What is read of the agent's home, and what is said of it elsewhere.

use app::{
    api::sources::HomeBrief,
    components::{
        HomeCard, HomeNotice, LessonsPanel, NeverReadPanel, NoHome, SkippedPanel, SourceFiles,
        UnknownKindsPanel,
    },
};
use chrono::TimeDelta;
use domain::source::{
    FileKind, FileState, HomeFound, HomeProgress, HomeState, HomeStatus, Lesson, LessonKind, Skipped,
    SourceFile, UnknownKind,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, text};

/// A home that is being read.
pub(crate) fn home() -> HomeStatus {
    HomeStatus {
        path: "/home/me/.hermes".to_owned(),
        found: HomeFound::Default,
        state: HomeState::Reading,
        progress: HomeProgress {
            sessions_read: 12_400,
            sessions_total: Some(50_000),
            messages_read: 1_250_000,
        },
        looked_at: Some(now() - TimeDelta::seconds(12)),
        files: Vec::new(),
        skipped: Vec::new(),
        skipped_total: 0,
        unknown: Vec::new(),
        lessons: Vec::new(),
    }
}

fn file(state: FileState) -> SourceFile {
    SourceFile {
        profile: "default".to_owned(),
        path: "state.db".to_owned(),
        kind: FileKind::Sessions,
        state,
        reason: None,
        modified_at: None,
        bytes: None,
        holds: None,
        schema: None,
    }
}

fn read() -> SourceFile {
    SourceFile {
        modified_at: Some(now() - TimeDelta::minutes(4)),
        bytes: Some(12_480_000),
        holds: Some("20 sessions, 148 messages".to_owned()),
        schema: Some("12".to_owned()),
        ..file(FileState::Read)
    }
}

fn card(state: HomeState) -> String {
    found(state, HomeFound::Default)
}

fn found(state: HomeState, found: HomeFound) -> String {
    html(|| view! { <HomeCard home=HomeStatus { state, found, ..home() } data=" --data /d"/> })
}

fn notice(state: HomeState, found: HomeFound) -> String {
    html(|| view! { <HomeNotice home=Some(HomeBrief::from(HomeStatus { state, found, ..home() }))/> })
}

fn files(files: Vec<SourceFile>) -> String {
    html(|| view! { <SourceFiles files/> })
}

fn lesson(kind: LessonKind, name: Option<&str>, words: &str) -> Lesson {
    Lesson {
        profile: "default".to_owned(),
        kind,
        name: name.map(str::to_owned),
        text: words.to_owned(),
        path: "memories/MEMORY.md".to_owned(),
    }
}

#[track_caller]
fn check_says(html: &str, words: &[&str]) {
    let text = text(html);
    for words in words {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
}

#[test]
fn the_card_says_which_folder_how_it_was_found_and_how_far_it_is() {
    let html = card(HomeState::Reading);
    let shown = [
        "Reading",
        "/home/me/.hermes",
        "the agent's usual folder",
        "12s ago",
        "12,400 of 50,000 sessions read, newest first",
        "1.2 M messages so far",
    ];
    check_says(&html, &shown);
    assert!(html.contains("aria-valuenow=\"24\"") && html.contains("--p:24"), "{html}");
    assert!(html.contains("title=\"25 May 2026, 16:42:06 UTC\""), "{html}");
}

#[test]
fn every_state_has_its_word_its_glyph_and_its_meaning() {
    let states = [
        (HomeState::Missing, "i-search-x", "There is no such folder"),
        (HomeState::Unreadable, "i-octagon-alert", "closed to Mission Control"),
        (HomeState::Reading, "i-loader-circle", "The first reading is under way"),
        (HomeState::Following, "i-circle-check", "changes are read as they come"),
        (HomeState::Imported, "i-file-input", "What came after the import is not read"),
    ];
    for (state, glyph, meaning) in states {
        let html = card(state);
        check_says(&html, &[state.label(), meaning]);
        assert!(html.contains(glyph), "{state}: {html}");
        assert_eq!(html.contains("role=\"progressbar\""), state == HomeState::Reading, "{state}: {html}");
    }
}

#[test]
fn a_home_that_cannot_be_read_is_an_alert_with_a_remedy() {
    let missing = found(HomeState::Missing, HomeFound::Option);
    assert!(missing.contains("role=\"alert\""), "{missing}");
    check_says(
        &missing,
        &[
            "mission-control serve --data /d --hermes-home DIR",
            "It is read as soon as it is there",
            "What was read before is kept",
        ],
    );
    let closed = html(|| {
        let reason = Some("Permission denied (os error 13)".to_owned());
        view! { <HomeCard home=HomeStatus { state: HomeState::Unreadable, ..home() } reason/> }
    });
    assert!(closed.contains("role=\"alert\""), "{closed}");
    check_says(
        &closed,
        &["cannot open /home/me/.hermes: Permission denied (os error 13). Let the user that it runs as read"],
    );
    // Nobody promised that the usual folder is there.
    for state in [HomeState::Missing, HomeState::Following] {
        assert!(!card(state).contains("role=\"alert\""), "{state}");
    }
}

#[test]
fn nobody_knows_yet_how_much_there_is() {
    let progress = HomeProgress { sessions_read: 40, sessions_total: None, messages_read: 0 };
    let html = html(|| {
        view! { <HomeCard home=HomeStatus { progress, looked_at: None, ..home() }/> }
    });
    check_says(&html, &["40 sessions read, newest first", "–unknown"]);
    assert!(!html.contains("progressbar"), "no share is claimed: {html}");
}

#[test]
fn a_file_says_what_it_is_what_it_holds_and_how_fresh_it_is() {
    let html = files(vec![read()]);
    let shown = [
        "Sessions and messages",
        "state.db",
        "Read",
        "20 sessions, 148 messages",
        "12.4 MB",
        "4m ago",
        "schema 12",
    ];
    check_says(&html, &shown);
    assert!(!text(&html).contains("the home itself"), "one profile needs no heading: {html}");
    assert!(html.contains("href=\"/api/v1/sources\""), "{html}");
}

#[test]
fn a_file_that_is_not_read_says_why() {
    let reason = Some("Another program holds it; it is tried again in a minute.".to_owned());
    let failed = SourceFile { reason, ..file(FileState::Failed) };
    let html =
        files(vec![failed, file(FileState::Absent), file(FileState::Copied), file(FileState::Waiting)]);
    check_says(
        &html,
        &["Cannot be read", "tried again in a minute", "Not there", "Read from a copy", "Being read"],
    );
    check_says(&html, &["1 Cannot be read1 Being read1 Read from a copy1 Not there"]);
    assert!(html.contains("data-empty"), "{html}");
}

#[test]
fn files_of_several_profiles_stand_under_their_names() {
    let other = SourceFile { profile: "research".to_owned(), ..read() };
    let html = files(vec![read(), other]);
    check_says(&html, &["default the home itself, 1 file", "research profile, 1 file"]);
}

#[test]
fn what_was_skipped_is_listed_with_its_reason_and_counted() {
    let nothing = html(|| view! { <SkippedPanel skipped=Vec::new() total=0/> });
    check_says(&nothing, &["Nothing was skipped."]);
    let place = |n| Skipped { place: format!("state.db messages {n}"), reason: "Not JSON.".to_owned() };
    let some = html(|| view! { <SkippedPanel skipped=(0..30).map(place).collect() total=1_204/> });
    check_says(
        &some,
        &[
            "1,204",
            "state.db messages 29",
            "Not JSON.",
            "27 more places",
            "1,174 more are counted but not listed.",
        ],
    );
    assert_eq!(some.matches("<dt>").count(), 1, "one reason: {some}");
}

#[test]
fn unknown_words_are_shown_only_where_there_are_any() {
    let panel = |unknown: Vec<UnknownKind>| html(|| view! { <UnknownKindsPanel unknown/> });
    assert_eq!(text(&panel(Vec::new())), "");
    let kind = UnknownKind {
        place: "kanban.db task_events.kind".to_owned(),
        kind: "teleported".to_owned(),
        count: 3,
        last_at: Some(now() - TimeDelta::hours(2)),
    };
    check_says(&panel(vec![kind]), &["teleported", "3 rows", "last 2h ago", "kanban.db task_events.kind"]);
}

#[test]
fn lessons_are_grouped_and_long_ones_stand_behind_their_beginning() {
    let long = format!("First line.\n{}", "word ".repeat(80));
    let lessons = vec![
        lesson(LessonKind::User, None, "Prefers short answers."),
        lesson(LessonKind::Memory, None, &long),
        lesson(LessonKind::Skill, Some("ship-it"), "How to ship."),
    ];
    let html = html(|| view! { <LessonsPanel lessons/> });
    let text = text(&html);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing: {text}"));
    assert!(at("Skills1") < at("Memories1") && at("Memories1") < at("About you1"), "{text}");
    assert_eq!(html.matches("<details").count(), 1, "{html}");
    check_says(
        &html,
        &["ship-it", "First line. word", "Show less", "First line.\nword", "memories/MEMORY.md"],
    );
    let none = crate::fixture::html(|| view! { <LessonsPanel lessons=Vec::new()/> });
    check_says(&none, &["No lesson is kept yet"]);
}

#[test]
fn what_is_never_read_is_said_with_its_reason() {
    let html = html(|| view! { <NeverReadPanel/> });
    check_says(
        &html,
        &[".env", "keys and passwords", "response_store.db", "nothing is ever written in the folder"],
    );
}

#[test]
fn without_a_home_it_says_where_one_is_looked_for() {
    let html = html(|| view! { <NoHome location="/d/mission-control.db".to_owned()/> });
    let shown = [
        "No Hermes home is read",
        "--hermes-home DIR",
        "$HERMES_HOME",
        "~/.hermes",
        "mission-control serve --data /d --hermes-home DIR",
        "hermes-home DIR",
        "--no-hermes-home",
    ];
    check_says(&html, &shown);
}

#[test]
fn the_overview_speaks_of_the_home_only_where_figures_depend_on_it() {
    use HomeFound::{Default, Environment};
    let reading = notice(HomeState::Reading, Default);
    check_says(&reading, &["Figures grow until it is done", "12,400 of 50,000 sessions read, newest first"]);
    assert!(reading.contains("href=\"/hermes/sources\"") && reading.contains("role=\"status\""), "{reading}");
    for state in [HomeState::Unreadable, HomeState::Missing] {
        let html = notice(state, Environment);
        check_says(&html, &["/home/me/.hermes"]);
        assert!(html.contains("role=\"alert\"") && html.contains("href=\"/hermes/sources\""), "{html}");
    }
    let quiet =
        [(HomeState::Missing, Default), (HomeState::Following, Default), (HomeState::Imported, Environment)];
    for (state, found) in quiet {
        assert_eq!(text(&notice(state, found)), "", "{state}");
    }
}

#[test]
fn hostile_text_of_a_home_is_only_text() {
    let hostile = || HOSTILE.to_owned();
    let file = SourceFile {
        profile: hostile(),
        path: hostile(),
        reason: Some(hostile()),
        holds: Some(hostile()),
        schema: Some(hostile()),
        ..file(FileState::Failed)
    };
    let skipped = Skipped { place: hostile(), reason: hostile() };
    let unknown = UnknownKind { place: hostile(), kind: hostile(), count: 1, last_at: None };
    let short = lesson(LessonKind::Skill, Some(HOSTILE), HOSTILE);
    let long = lesson(LessonKind::Memory, None, &HOSTILE.repeat(9));
    let named = HomeStatus { path: hostile(), state: HomeState::Unreadable, ..home() };
    let brief = HomeBrief { found: HomeFound::Option, ..HomeBrief::from(named.clone()) };
    check_harmless(&files(vec![file]));
    check_harmless(&html(|| view! { <SkippedPanel skipped=vec![skipped] total=1/> }));
    check_harmless(&html(|| view! { <UnknownKindsPanel unknown=vec![unknown]/> }));
    check_harmless(&html(|| view! { <LessonsPanel lessons=vec![short, long]/> }));
    check_harmless(&html(|| view! { <HomeCard home=named reason=Some(hostile())/> }));
    check_harmless(&html(|| view! { <HomeNotice home=Some(brief)/> }));
}
