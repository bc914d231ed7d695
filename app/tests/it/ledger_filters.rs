//! The filters of the ledger: forms and links that say all of the state, and what is in force in words.

use app::{
    api::tasks::{Answered, Facet, Preset},
    components::{
        LedgerFilters, LedgerViews, filter_bar::FacetOption, ledger_filters::Found,
        ledger_views::view_forms::ViewOutcome,
    },
    ledger::Address,
};
use domain::view::View;
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, text};

fn option(value: &str, label: &str, count: u64, chosen: bool) -> FacetOption {
    FacetOption { value: Some(value.to_owned()), label: label.to_owned(), count, chosen }
}

fn facet(key: &str, options: Vec<FacetOption>) -> Facet {
    Facet { key: key.to_owned(), options }
}

fn bar(search: &str, columns: Option<&str>, facets: Vec<Facet>) -> String {
    let address = Address::read(search, columns, None).unwrap();
    let found = Found { facets, total: 412, all: 100_000, took_ms: 12, answered: Answered::Server };
    html(|| view! { <LedgerFilters found=Signal::stored(found) address=Signal::stored(address)/> })
}

fn statuses() -> Facet {
    facet("status", vec![option("blocked", "Blocked", 6, false), option("failed", "Failed", 38, true)])
}

#[test]
fn the_form_asks_for_the_whole_state_without_scripts() {
    let product = facet("product", vec![option("a%2Cb", "A, B", 3, true), option("c", "C", 2, false)]);
    let html = bar(
        "q=pay&in=everything&status=failed&product=a%252Cb&sort=-title,status&perPage=20&page=4",
        Some("status"),
        vec![statuses(), product],
    );
    for part in [
        "method=\"get\"",
        "action=\"/hermes/tasks\"",
        "name=\"q\" value=\"pay\"",
        "name=\"in\" value=\"everything\"",
        "name=\"status\" value=\"failed\"",
        "name=\"sort\" value=\"-title\"",
        "name=\"sort\" value=\"status\"",
        "name=\"perPage\" value=\"20\"",
        "name=\"cols\" value=\"task,status\"",
        "name=\"product\" value=\"a%2Cb\" checked",
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
    assert!(!html.contains("name=\"page\""), "another question begins at its first page: {html}");
    assert!(text(&html).contains("Apply"), "without scripts a button sends it");
}

#[test]
fn what_was_found_and_how_is_told() {
    assert!(text(&bar("", None, vec![statuses()])).contains("412 match12 ms, 100,000 tasks"));
}

#[test]
fn status_chips_switch_one_status_each() {
    let html = bar("status=failed", None, vec![statuses()]);
    assert!(html.contains("href=\"/hermes/tasks?status=blocked%2Cfailed\""), "{html}");
    assert!(html.contains("data-status=\"failed\" href=\"/hermes/tasks\" aria-current=\"true\""), "{html}");
    assert!(text(&html).contains("All 44"), "the other filters applied: {}", text(&html));
}

#[test]
fn each_filter_in_force_is_told_and_taken_away_by_a_link() {
    let products = ["Ledgerly", "Payloop", "Quillpost"].map(|name| option(name, name, 1, true));
    let html = bar(
        "q=pay&status=failed&product=Ledgerly,Payloop,Quillpost&from=2026-05-18&to=2026-05-25&sort=-lastActivityAt",
        None,
        vec![statuses(), facet("product", products.into())],
    );
    let told = text(&html);
    for words in [
        "Searched for pay",
        "Status is Failed",
        "Product is Ledgerly, Payloop, 1 more",
        "Created 18 May 2026 – 25 May 2026",
        "Sorted by last activity, descending",
        "Filters 5",
    ] {
        assert!(told.contains(words), "{words} is missing: {told}");
    }
    assert!(html.contains("aria-label=\"Remove: Product is Ledgerly, Payloop, 1 more\""), "{html}");
    let without = "/hermes/tasks?q=pay&amp;status=failed&amp;from=2026-05-18&amp;to=2026-05-25&amp;sort=-lastActivityAt";
    assert!(html.contains(&format!("href=\"{without}\"")), "{html}");
    assert!(html.contains("href=\"/hermes/tasks?sort=-lastActivityAt\""), "all at once: {html}");
}

#[test]
fn a_moment_stays_a_moment_when_the_form_is_sent() {
    let html = bar("from=2026-05-25T09:40:00Z", None, Vec::new());
    assert!(html.contains("type=\"text\" name=\"from\" value=\"2026-05-25T09:40:00Z\""), "{html}");
    assert!(text(&html).contains("Created since Mon 25 May, 09:40"), "{}", text(&html));
}

#[test]
fn a_span_of_ends_is_told_and_stays_when_the_form_is_sent() {
    let html = bar("endedFrom=2026-05-18&endedTo=2026-05-25T09:40:00Z", None, Vec::new());
    assert!(text(&html).contains("Ended 18 May 2026 – Mon 25 May, 09:40"), "{}", text(&html));
    assert!(html.contains("type=\"hidden\" name=\"endedFrom\" value=\"2026-05-18\""), "{html}");
    assert!(html.contains("type=\"hidden\" name=\"endedTo\" value=\"2026-05-25T09:40:00Z\""), "{html}");
}

#[test]
fn the_files_hold_what_is_filtered_and_all_its_pages() {
    let html = bar("status=failed&page=3&sort=title", None, vec![statuses()]);
    for format in ["json", "jsonl"] {
        let href = format!("href=\"/api/v1/tasks/export?format={format}&amp;status=failed&amp;sort=title\"");
        assert!(html.contains(&href), "{href} is missing: {html}");
    }
    assert!(text(&html).contains("412 tasks as filtered, all pages"));
}

#[test]
fn a_search_offers_to_look_everywhere_once() {
    assert!(text(&bar("q=x", None, Vec::new())).contains("Search descriptions, events and logs too"));
    let everywhere = text(&bar("q=x&in=everything", None, Vec::new()));
    assert!(
        !everywhere.contains("logs too") && everywhere.contains("Searched everywhere for x"),
        "{everywhere}"
    );
    assert!(!text(&bar("", None, Vec::new())).contains("logs too"));
}

#[test]
fn what_no_task_was_told_is_counted_and_cannot_be_chosen() {
    let unknown = FacetOption { value: None, label: "Not told".to_owned(), count: 9, chosen: false };
    let html = bar("", None, vec![facet("agent", vec![option("a", "a", 1, false), unknown])]);
    assert!(text(&html).contains("Not told9"), "{}", text(&html));
    assert_eq!(html.matches("type=\"checkbox\"").count(), 1);
}

#[test]
fn hostile_names_stay_text() {
    check_harmless(&bar("", None, vec![facet("product", vec![option("p", HOSTILE, 1, true)])]));
    check_harmless(&views("", vec![view(HOSTILE, "q=x")]));
    check_harmless(&views("q=x", vec![view(HOSTILE, "q=x")]));
}

fn view(name: &str, query: &str) -> View {
    View {
        id: 3,
        name: name.to_owned(),
        query: query.to_owned(),
        position: 1,
        created_at: now(),
        updated_at: now(),
    }
}

fn views(search: &str, views: Vec<View>) -> String {
    let preset =
        |name: &str, query: &str| Preset { name: name.to_owned(), query: query.to_owned(), count: 4 };
    let presets = vec![preset("All tasks", ""), preset("Blocked", "status=blocked")];
    let address = Address::read(search, None, None).unwrap();
    html(|| view! { <LedgerViews presets views address/> })
}

#[test]
fn the_view_that_is_shown_is_marked() {
    let blocked = views("status=blocked&page=2", Vec::new());
    assert!(blocked.contains("href=\"/hermes/tasks?status=blocked\" aria-current=\"page\""), "{blocked}");
    assert!(!blocked.contains("<form"), "there is nothing to save: {blocked}");
}

#[test]
fn what_is_shown_is_saved_by_a_plain_form() {
    let html = views("q=a&page=2", vec![view("Other", "q=b")]);
    for part in [
        "action=\"/api/ui/views/save\"",
        "action=\"/api/ui/views/replace\"",
        "name=\"query\" value=\"q=a\"",
        "name=\"back\" value=\"/hermes/tasks?q=a&amp;page=2\"",
        "name=\"id\" value=\"3\"",
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}

#[test]
fn a_saved_view_is_renamed_and_deleted_by_plain_forms() {
    let html = views("q=a", vec![view("Mine", "q=a")]);
    for part in ["action=\"/api/ui/views/rename\"", "action=\"/api/ui/views/delete\"", "value=\"Mine\""] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}

#[test]
fn what_came_of_a_form_is_told_in_our_words_only() {
    let told = |refused: &str| {
        let refused = Some(refused.to_owned());
        text(&html(|| view! { <ViewOutcome saved=None deleted=false refused/> }))
    };
    assert!(told("taken").contains("Another view has that name"));
    assert!(!told("<b>call this number</b>").contains("call this number"));
    let saved =
        text(&html(|| view! { <ViewOutcome saved=Some("Mine".to_owned()) deleted=false refused=None/> }));
    assert!(saved.contains("Saved Mine"), "{saved}");
}
