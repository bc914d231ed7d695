//! The history: hostile names stay text, what is not known is said, a chart has its figures beside it.

use app::{
    api::history::{BarView, Change, DigestItem, FigureView, SummaryRow},
    chart::{Chart, ChartRow, ChartView},
    components::{
        BarList, FailureCategoryChart, HistoricalActivityChart, HistoryFilter, PeriodSummaries,
        weekly_digest::{DigestFigures, section::DigestSection},
    },
};
use leptos::prelude::*;

use crate::fixture::{HARMLESS, HOSTILE, html};

fn chart() -> ChartView {
    let row = |label: &str, href: Option<&str>, cell: &str| ChartRow {
        label: label.to_owned(),
        href: href.map(str::to_owned),
        cells: vec![cell.to_owned()],
    };
    ChartView {
        summary: "Failed tasks per day: 3 in 2 days, 3 at most.".to_owned(),
        tone: "danger".to_owned(),
        tall: false,
        values: vec![0, 3],
        option: "{}".to_owned(),
        head: vec!["Day".to_owned(), "Failed".to_owned()],
        rows: vec![row("Sun 24 May", None, ""), row("Mon 25 May", Some("/hermes/tasks?status=failed"), "3")],
    }
}

fn figure(value: Option<&str>, change: Option<Change>) -> FigureView {
    FigureView { label: "Rate".to_owned(), value: value.map(str::to_owned), change, note: String::new() }
}

#[test]
fn a_chart_has_its_sentence_its_shape_and_its_table() {
    let html = html(|| view! { <Chart chart=chart()/> });
    assert!(html.contains("aria-label=\"Failed tasks per day: 3 in 2 days, 3 at most.\""), "{html}");
    assert!(html.contains("View as table") && html.contains("<td>3</td>"), "{html}");
    assert!(html.contains("href=\"/hermes/tasks?status=failed\""), "{html}");
    assert_eq!(html.matches("data-point").count(), 2, "one a point: {html}");
    assert!(html.contains("class=\"unknown\""), "what is not known is no 0: {html}");
    assert!(!html.contains("could not be loaded"), "{html}");
}

#[test]
fn several_marks_have_a_legend() {
    let html = html(|| {
        let legend: &[_] = &[("ok", "Completed"), ("mean", "7-day mean")];
        view! {
            <HistoricalActivityChart title="Work".to_owned() note="3".to_owned() chart=chart() legend more=None/>
        }
    });
    assert!(html.contains("7-day mean"), "{html}");
}

#[test]
fn hostile_names_stay_text() {
    let bar = || BarView {
        label: HOSTILE.to_owned(),
        href: Some("/hermes/products/x".to_owned()),
        percent: 100,
        text: "9".to_owned(),
        title: "9 completed".to_owned(),
    };
    let item = || DigestItem {
        title: HOSTILE.to_owned(),
        href: "/hermes/tasks/t".to_owned(),
        product: Some(HOSTILE.to_owned()),
        text: Some(HOSTILE.to_owned()),
        at: None,
        verb: None,
    };
    let products = || vec![("p1".to_owned(), HOSTILE.to_owned())];
    for html in [
        html(move || view! { <BarList bars=vec![bar()] tone="accent"/> }),
        html(
            move || view! { <DigestSection title="Failed" count="1".to_owned() items=vec![item()] none="None."/> },
        ),
        html(move || {
            view! {
                <HistoryFilter
                    range=None
                    dates=("2026-05-01".to_owned(), "2026-05-25".to_owned())
                    product=Some("p1".to_owned())
                    products=products()
                    words="1 May – 25 May".to_owned()
                    query=String::new()
                />
            }
        }),
    ] {
        assert!(!html.contains("<script>alert") && !html.contains("<img"), "{html}");
        assert!(html.contains(HARMLESS), "{html}");
    }
}

#[test]
fn a_change_says_its_direction_and_an_unknown_figure_that_it_is_one() {
    let change = Change { up: Some(false), text: "1.8 pt".to_owned(), good: Some(false) };
    let cells = || vec![figure(None, None), figure(Some("94.2 %"), Some(change.clone()))];
    let figures = cells();
    let html_of_figures = html(move || view! { <DigestFigures figures/> });
    let row = SummaryRow { label: "May 2026".to_owned(), href: None, cells: cells() };
    let html_of_rows =
        html(move || view! { <PeriodSummaries title="By month" each="Month" rows=vec![row]/> });
    for html in [html_of_figures, html_of_rows] {
        assert!(html.contains("class=\"unknown\""), "{html}");
        assert!(html.contains("down ") && html.contains("1.8 pt"), "{html}");
    }
}

#[test]
fn a_span_without_failures_is_good_news() {
    let html = html(|| view! { <FailureCategoryChart failed="0".to_owned() causes=Vec::new()/> });
    assert!(html.contains("No task failed in this span"), "{html}");
}
