//! What stands in a cell, for a value that becomes another one: its elements are made once, and told in place.
//!
//! Each looks as the component of the same thing does; those are made anew where their value changes, which in a table of
//! fifty rows is most of what an answer costs.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::task::{Priority, TaskStatus};
use leptos::prelude::*;

use crate::{
    components::task_status_badge::glyph,
    format, links,
    state::Clock,
    ui::{Unknown, icon_of},
};

/// [`crate::components::Told`], in one line, with all of it on hover.
pub(super) fn words(text: Signal<String>) -> AnyView {
    let text = move || text.with(|text| format::plain(text).into_owned());
    view! {
        <span class="trunc lim" title=text>
            <bdi>{text}</bdi>
        </span>
    }
    .into_any()
}

/// [`crate::components::Age`].
pub(super) fn age(at: Signal<DateTime<Utc>>) -> AnyView {
    let clock = use_context::<Clock>();
    let datetime = move || at.get().to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let zone = clock.as_ref().map(|clock| clock.zone().clone());
    let title = move || zone.as_ref().map_or_else(datetime, |zone| format::absolute(at.get(), zone));
    let text = move || clock.as_ref().map_or_else(datetime, |clock| format::elapsed(clock.now() - at.get()));
    view! {
        <time datetime=datetime title=title>
            {text}
        </time>
    }
    .into_any()
}

/// [`crate::components::ProductLink`] of a product that is known: its name, and its name in links.
pub(super) fn product(known: Signal<(String, String)>) -> AnyView {
    view! {
        <a class="quiet-link trunc" href=move || known.with(|(_, slug)| links::product(slug))>
            <bdi>{move || known.with(|(name, _)| format::plain(name).into_owned())}</bdi>
        </a>
    }
    .into_any()
}

/// [`crate::components::TaskStatusBadge`].
pub(super) fn status(status: Signal<TaskStatus>) -> AnyView {
    view! {
        <span class="status" data-status=move || status.get().as_str()>
            {icon_of(move || glyph(status.get()))}
            {move || status.get().label()}
        </span>
    }
    .into_any()
}

/// [`crate::components::PriorityBadge`].
pub(super) fn priority(priority: Signal<Option<Priority>>) -> AnyView {
    let name = move || priority.get().map_or("unknown", Priority::as_str);
    let label = move || {
        priority.get().map_or_else(|| view! { <Unknown/> }.into_any(), |known| known.label().into_any())
    };
    view! {
        <span class="prio" data-priority=name title=move || format!("Priority {}", name())>
            <span class="prio-bars" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
                <i></i>
            </span>
            {label}
        </span>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::components::{Age, PriorityBadge, TaskStatusBadge, product_link};

    /// Without the marks that stand where something may follow.
    fn html(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html()).replace("<!>", "").replace("<!---->", "")
    }

    #[test]
    fn what_follows_looks_as_what_does_not() {
        for value in TaskStatus::ALL {
            let still = html(|| view! { <TaskStatusBadge status=*value/> }.into_any());
            assert_eq!(html(|| status(Signal::stored(*value))), still);
        }
        for value in Priority::ALL.iter().copied().map(Some).chain([None]) {
            let still = html(|| view! { <PriorityBadge priority=value/> }.into_any());
            assert_eq!(html(|| priority(Signal::stored(value))), still);
        }
        let at = DateTime::UNIX_EPOCH;
        assert_eq!(html(|| age(Signal::stored(at))), html(|| view! { <Age at/> }.into_any()));
        let known = ("Ledgerly".to_owned(), "ledgerly".to_owned());
        let still = html(|| product_link::link(Some(known.clone())));
        assert_eq!(html(|| product(Signal::stored(known))), still);
    }
}
