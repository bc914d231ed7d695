//! One figure that leads, and the figures beside it.

use std::borrow::Cow;

use leptos::prelude::*;

use crate::ui::{Delta, DeltaMark, Unknown};

/// A figure as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Nobody told it.
    Unknown,
    /// A value and its unit, or what it is part of: `94.2`, `%`.
    Known(String, Cow<'static, str>),
}

impl Figure {
    /// A figure without a unit.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Known(text.into(), Cow::Borrowed(""))
    }

    /// The figure with its name, for the link that it is.
    fn spoken(&self, label: &str) -> String {
        match self {
            Self::Unknown => format!("{label}: unknown"),
            Self::Known(value, unit) => format!("{label}: {value} {unit}").trim_end().to_owned(),
        }
    }

    fn view(self) -> AnyView {
        match self {
            Self::Unknown => view! { <Unknown/> }.into_any(),
            Self::Known(value, unit) if unit.is_empty() => value.into_any(),
            Self::Known(value, unit) => view! {
                {value}
                <small>{format!("\u{a0}{unit}")}</small>
            }
            .into_any(),
        }
    }
}

/// A figure beside the one that leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricRow {
    /// What it counts.
    pub label: String,
    /// The figure.
    pub figure: Figure,
    /// Where it comes from.
    pub href: String,
}

// tidy: classes kpi-val kpi-num

/// A figure that leads to where it comes from; an anchor of this page is left to the browser, which opens what it
/// is hidden in.
fn source(figure: Figure, label: &str, href: String, class: &'static str) -> impl IntoView + use<> {
    let rel = href.starts_with('#').then_some("external");
    let spoken = figure.spoken(label);
    view! {
        <a class=class href=href rel=rel aria-label=spoken>
            {figure.view()}
        </a>
    }
}

/// One figure that leads, two that stand beside it. Every figure links to its source.
#[component]
pub fn MetricCard(
    /// What the leading figure counts.
    #[prop(into)]
    label: String,
    /// The leading figure.
    figure: Figure,
    /// Where it comes from.
    #[prop(into)]
    href: String,
    /// What it changed against.
    #[prop(optional_no_strip)]
    delta: Option<Delta>,
    /// The figures beside it.
    #[prop(optional)]
    rows: Vec<MetricRow>,
    /// Whether it is the figure that asks for the founder.
    #[prop(optional)]
    attention: bool,
    /// The shape of the figure over time.
    #[prop(optional, into)]
    chart: ViewFnOnce,
    /// What the figure is made of, instead of rows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = label.clone();
    let row = |row: MetricRow| {
        view! {
            <div>
                <dt>{row.label.clone()}</dt>
                <dd>{source(row.figure, &row.label, row.href, "kpi-num")}</dd>
            </div>
        }
    };
    let rows = (!rows.is_empty())
        .then(|| view! { <dl class="kpi-rows">{rows.into_iter().map(row).collect_view()}</dl> });
    view! {
        <section class="kpi" data-attn=attention.then_some("") aria-label=name>
            <div class="kpi-lead">
                <span class="kpi-label">{label.clone()}</span>
                {source(figure, &label, href, "kpi-val")}
                {delta.map(|delta| view! { <DeltaMark delta/> })}
            </div>
            <div class="kpi-chart">{chart.run()}</div>
            {rows}
            {children.map(|children| children())}
        </section>
    }
}
