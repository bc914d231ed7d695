//! What Hermes did for the founder.

use app::components::DidForMe;
use chrono::TimeDelta;
use domain::{
    facts::{Deed, Ended},
    insight::results::{ResultCount, ResultSpan, Results},
};
use leptos::prelude::*;

use crate::fixture::{html, now, text};

fn results(span: ResultSpan, completed: u64, first: u64) -> Results {
    let mut counts: Vec<_> = Deed::ALL.iter().map(|kind| ResultCount { kind: *kind, count: 0 }).collect();
    counts[0].count = first;
    Results {
        span,
        since: now() - TimeDelta::hours(9),
        ended: Ended { completed, ..Ended::default() },
        products: 31,
        counts,
    }
}

fn panel(chosen: ResultSpan) -> String {
    html(|| {
        let results = [(0, 0), (48, 12), (300, 90)];
        let results = ResultSpan::ALL.iter().zip(results);
        let results: Vec<_> = results.map(|(span, (all, first))| self::results(*span, all, first)).collect();
        view! { <DidForMe results chosen=Signal::stored(chosen)/> }
    })
}

#[test]
fn the_chosen_span_is_shown_and_the_others_are_links() {
    let html = panel(ResultSpan::Week);
    let text = text(&html);
    assert!(text.contains("48 tasks completed across 31 products"), "{text}");
    for link in ["today", "week", "month"] {
        assert!(html.contains(&format!("href=\"/hermes?did={link}#did\"")), "{link}: {html}");
    }
    assert_eq!(html.matches("aria-current=\"true\"").count(), 1, "{html}");
    assert!(html.contains("id=\"did\""), "{html}");
}

#[test]
fn the_longest_bar_is_full_and_nothing_is_a_grey_0() {
    let html = panel(ResultSpan::Week);
    assert_eq!(html.matches("--v:100").count(), 1, "{html}");
    assert_eq!(html.matches("data-zero").count(), Deed::ALL.len() - 1, "{html}");
    for deed in Deed::ALL {
        assert!(text(&html).contains(deed.label()), "{deed}");
    }
    assert!(html.contains("title=\"Completed tasks of the type bugfix\""), "{html}");
}

#[test]
fn a_span_without_results_says_so() {
    assert!(text(&panel(ResultSpan::Today)).contains("Nothing was completed in this span"));
}
