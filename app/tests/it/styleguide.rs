//! The components that the brief names: each is one of ours by that name, has its place in the styleguide, and is in
//! all its states the HTML that was looked at last. `INSTA_UPDATE=always cargo nextest run -p app -F ssr styleguide` takes
//! what has changed; the difference is then looked at like code.

use app::{
    components,
    pages::styleguide::{SPECIMENS, Shown, Specimen},
};
use leptos::prelude::*;
use leptos_router::location::{RequestUrl, Url};

use crate::fixture::html;

/// The names, each held to be a component.
macro_rules! named {
    ($($name:ident)+) => {{
        $(let _ = components::$name;)+
        [$(stringify!($name)),+]
    }};
}

#[test]
fn every_component_of_the_brief_has_its_place() {
    let named = named![
        HermesStatusCard MetricCard ActiveTasksPanel FounderAttentionQueue ProductHealthGrid TaskStatusBadge
        PriorityBadge TaskTimeline AgentStatusPanel HistoricalActivityChart FailureCategoryChart
        ProductActivityTable FilterBar EmptyState ErrorState LoadingSkeleton
    ];
    assert_eq!(SPECIMENS.map(|specimen| specimen.name), named);
}

#[test]
fn the_html_of_every_component_in_all_its_states() {
    for specimen in SPECIMENS {
        insta::assert_snapshot!(specimen.name, shown(specimen, "/hermes/styleguide"));
    }
}

#[test]
fn the_filter_bar_is_what_the_address_says() {
    let bar = SPECIMENS.into_iter().find(|specimen| specimen.name == "FilterBar").unwrap();
    let html = shown(bar, "/hermes/styleguide?q=invoices&status=blocked,failed");
    insta::assert_snapshot!("FilterBar-filtered", html);
}

/// One tag a line, so that a difference is one of lines.
fn shown(specimen: Specimen, address: &str) -> String {
    let url: Url = RequestUrl::new(address).parse().unwrap();
    let html = html(|| {
        provide_context(ArcRwSignal::new(url));
        view! { <Shown specimen/> }
    });
    html.replace("><", ">\n<").replace("<!---->", "")
}
