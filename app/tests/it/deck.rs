//! The deck and its explanation.

use app::components::{Figure, HermesStatusCard, HowCounted, MetricCard};
use domain::{
    overview::{HermesStatus, OverviewAnswer, StatusReason},
    settings::Rules,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, answer, check_harmless, html, last_action, next_action, product, text};

fn deck(answer: OverviewAnswer, product_name: &str) -> String {
    html(|| {
        let (answer, rules) = (StoredValue::new(answer), StoredValue::new(Rules::default()));
        let products = StoredValue::new(vec![product(product_name)]);
        view! {
            <HermesStatusCard answer rules products/>
            <HowCounted answer rules products/>
        }
    })
}

#[test]
fn the_thirteen_figures_are_there() {
    let mut answer = answer();
    answer.last_action = Some(last_action("Error rate within budget"));
    answer.next_action = Some(next_action("Retry Payloop", "the probe timed out"));
    let text = text(&deck(answer, "Ledgerly"));
    let figures = [
        "Running",
        "7 missions under way",
        "Error rate within budget",
        "12s ago",
        "Unblock: Retry Payloop",
        "last heard of 2h ago",
        "9",
        "2 critical",
        "4 high",
        "oldest critical 1h 27m",
        "48",
        "11 vs yesterday",
        "312",
        "94.2",
        "12",
        "6m 12s",
        "31",
        "of 52",
    ];
    for figure in figures {
        assert!(text.contains(figure), "{figure} is missing: {text}");
    }
}

#[test]
fn hostile_text_is_only_text() {
    let mut answer = answer();
    let mut last = last_action(HOSTILE);
    last.title = HOSTILE.to_owned();
    last.agent = Some(HOSTILE.to_owned());
    answer.last_action = Some(last);
    answer.next_action = Some(next_action(HOSTILE, HOSTILE));
    check_harmless(&deck(answer, HOSTILE));
}

#[test]
fn what_is_not_known_is_no_zero() {
    let mut answer = answer();
    answer.overview.status = None;
    answer.overview.success_rate = None;
    answer.overview.average_duration_ms = None;
    answer.status_reason = StatusReason::Silent;
    let html = deck(answer, "Ledgerly");
    assert!(html.contains("aria-label=\"Success rate, 30 d: unknown\""), "{html}");
    assert!(html.contains("aria-label=\"Average duration, 30 d: unknown\""), "{html}");
    assert_eq!(html.matches("–").count(), 2, "{html}");
    let text = text(&html);
    assert!(text.contains("Hermes: Unknown") && text.contains("None was reported yet"), "{text}");
}

#[test]
fn the_state_says_why() {
    let reasons = [
        (HermesStatus::Error, StatusReason::AllFailed { count: 6 }, "6 tasks failed in 24 h, none completed"),
        (HermesStatus::Degraded, StatusReason::Workers { count: 1 }, "1 agent or tool degraded or offline"),
        (HermesStatus::Degraded, StatusReason::Quiet { count: 2 }, "2 missions silent for longer than usual"),
        (HermesStatus::Idle, StatusReason::Nothing, "Nothing is running"),
    ];
    for (status, reason, words) in reasons {
        let mut answer = answer();
        answer.overview.status = Some(status);
        answer.status_reason = reason;
        assert!(text(&deck(answer, "")).contains(words), "{words}");
    }
}

#[test]
fn every_number_of_the_deck_is_a_link() {
    let html = html(|| {
        view! { <MetricCard label="Completed" figure=Figure::plain("48") href="/hermes/tasks?status=completed"/> }
    });
    assert!(html.contains("href=\"/hermes/tasks?status=completed\""), "{html}");
    assert!(html.contains("aria-label=\"Completed: 48\""), "{html}");
    let deck = deck(answer(), "");
    assert!(deck.contains("href=\"#attention\""), "what needs the founder leads to the queue: {deck}");
    assert!(deck.contains("id=\"counted-attention\""), "{deck}");
    for anchor in ["success", "duration", "scheduled"] {
        assert!(deck.contains(&format!("href=\"#counted-{anchor}\"")), "{anchor}");
        assert!(deck.contains(&format!("id=\"counted-{anchor}\"")), "{anchor} leads nowhere");
    }
}

#[test]
fn a_metric_with_a_hostile_label_stays_a_metric() {
    let html =
        html(|| view! { <MetricCard label=app::format::plain(HOSTILE) figure=Figure::Unknown href="/"/> });
    check_harmless(&html);
}
