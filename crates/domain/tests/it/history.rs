//! The history: causes of failures, quantiles, questions and weeks.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    attention::AttentionReason,
    facts::{Durations, Happened, HistoryFacts, Period, PeriodFacts, slot, slot_middle},
    id::{ProductId, TaskId},
    insight::history::{FailureCause, HistoryQuery, LastSpan, Periods, Range, history},
    settings::Rules,
    task::TaskRecord,
};
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn errors_are_sorted_by_their_words() {
    use FailureCause as C;
    let known = [
        ("The model provider answered 529 (overloaded) for eleven minutes", C::RateLimit),
        ("HTTP 429: too many requests", C::RateLimit),
        ("ENOSPC: no space left on device", C::Resources),
        ("worker was killed: OOM", C::Resources),
        ("Permission denied (publickey): the new host has no deploy key", C::Credentials),
        ("answered 401", C::Credentials),
        ("The monthly budget is spent", C::Cost),
        ("The fix breaks 18 other tests of chord charts", C::Tests),
        ("Image build failed: the base image is gone from the registry", C::Build),
        ("The new code for rollback does not compile", C::Build),
        ("Health check failed: 503 from the new instances after 90 s", C::Deployment),
        ("Metrics of Docsnap cannot be reached", C::Network),
        ("unexpected end of input at byte 40960", C::Data),
        ("Half of returns has no owner on record", C::Requirement),
        ("It went wrong", C::Other),
        ("Room 4290 is closed", C::Other),
        ("", C::Untold),
    ];
    for (text, cause) in known {
        assert_eq!(C::of_text(text), cause, "{text}");
    }
}

#[test]
fn what_the_source_told_goes_before_the_words() {
    let mut task = TaskRecord::placeholder(TaskId::new("t").unwrap(), at("2026-11-20T00:00:00Z"));
    task.error = Some("HTTP 429".to_owned());
    assert_eq!(FailureCause::of(&task), FailureCause::RateLimit);
    task.attention = Some(vec![AttentionReason::Blocked, AttentionReason::DeadSession]);
    assert_eq!(FailureCause::of(&task), FailureCause::Session);
    (task.error, task.attention) = (None, None);
    assert_eq!(FailureCause::of(&task), FailureCause::Untold);
}

proptest! {
    #[test]
    fn a_quantile_is_close_to_the_exact_one(mut values in prop::collection::vec(0_u64..4_000_000_000, 1..200), percent in 1_u64..=100) {
        let mut durations = Durations::default();
        values.iter().for_each(|value| durations.add(slot(*value), 1));
        values.sort_unstable();
        let rank = usize::try_from((values.len() as u64 * percent).div_ceil(100)).unwrap();
        let exact = values[rank - 1];
        let found = durations.percentile(percent).unwrap();
        prop_assert!(found.abs_diff(exact) * 32 <= exact, "{found} for {exact}");
    }

    #[test]
    fn slots_keep_the_order(a in any::<u64>(), b in any::<u64>()) {
        prop_assert_eq!(slot(a) < slot(b), slot(a) != slot(b) && a < b);
        prop_assert!(slot_middle(slot(a)).abs_diff(a) <= a / 32);
        prop_assert_eq!(slot(slot_middle(slot(a))), slot(a));
    }
}

#[test]
fn nothing_has_no_quantile() {
    assert_eq!(Durations::default().percentile(50), None);
}

#[test]
fn a_question_survives_its_text() {
    for text in ["", "range=7d", "range=12m&product=a%26b", "from=2026-09-01&to=2026-09-30", "to=2026-09-30"]
    {
        assert_eq!(HistoryQuery::parse(text).unwrap().text(), text);
    }
    let form = HistoryQuery::parse("range=90d&product=&from=&to=").unwrap();
    assert_eq!(
        form,
        HistoryQuery { range: Range::Last(LastSpan::Quarter), product: None },
        "empty fields say nothing"
    );
    for wrong in ["range=1y", "from=1.9.2026", "days=3"] {
        assert!(HistoryQuery::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn spans_end_today_and_never_later() {
    let today = date("2026-11-25");
    let dates = |text: &str| HistoryQuery::parse(text).unwrap().dates(today);
    assert_eq!(dates("range=7d").unwrap().first, date("2026-11-19"));
    assert_eq!(dates("range=12m").unwrap().first, date("2025-11-26"));
    assert!(dates("range=12m").unwrap().by_week());
    let custom = dates("from=2026-11-20&to=2027-01-01").unwrap();
    assert_eq!((custom.last, custom.days()), (today, 6));
    assert_eq!(custom.before().unwrap().first, date("2026-11-14"));
    for wrong in ["from=2026-11-26", "from=2026-11-20&to=2026-11-19", "from=2024-01-01"] {
        assert!(dates(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_not_known_of_the_past_is_not_compared_with() {
    let period = |from: &str, to: &str| Period { from: at(from), to: at(to) };
    let day = |day: u8| {
        period(&format!("2026-11-{day:02}T00:00:00Z"), &format!("2026-11-{:02}T00:00:00Z", day + 1))
    };
    let periods = Periods {
        span: period("2026-11-10T00:00:00Z", "2026-11-12T00:00:00Z"),
        before: period("2026-11-08T00:00:00Z", "2026-11-10T00:00:00Z"),
        by_week: false,
        parts: vec![day(10), day(11)],
        weeks: vec![day(11), day(10), day(9)],
        months: vec![day(11), day(10)],
    };
    let product = ProductId::new("p1").unwrap();
    let mut happened = Happened::default();
    (happened.ended.completed, happened.ended.failed) = (3, 1);
    let some = PeriodFacts {
        products: vec![(product, happened)],
        causes: vec![(FailureCause::Other, 1)],
        ..PeriodFacts::default()
    };
    let count = periods.all().len();
    let mut facts = HistoryFacts { since: Some(at("2026-11-10T09:00:00Z")), periods: vec![some; count] };
    let told = |facts: &HistoryFacts| {
        history(facts, &periods, &[], None, at("2026-11-11T12:00:00Z"), &Rules::default())
    };
    let young = told(&facts);
    assert_eq!((young.before, young.weeks.len(), young.weeks[0].before), (None, 2, None));
    assert_eq!(young.to, at("2026-11-11T12:00:00Z"));
    assert_eq!(young.total.success_rate.map(domain::agent::Rate::get), Some(0.75));
    facts.since = Some(at("2026-10-01T00:00:00Z"));
    let old = told(&facts);
    assert!(old.before.is_some() && old.weeks.iter().all(|week| week.before.is_some()));
    assert_eq!(
        (old.most_active[0].completed, old.causes[0].count),
        (6, 2),
        "the span is the sum of its parts"
    );
}
