//! The digest of a week: its figures against the week before, and on its page what they are made of.

pub mod section;

use leptos::prelude::*;

use crate::{
    api::history::{Change, DigestHead, FigureView},
    components::Told,
    links,
    ui::{Delta, DeltaMark, Direction, Panel, Unknown},
};

/// Shows a change against the period before.
pub(crate) fn change_mark(change: Change) -> AnyView {
    let direction = match change.up {
        Some(true) => Direction::Up,
        Some(false) => Direction::Down,
        None => Direction::Level,
    };
    let title = format!("{} against the one before", change.text);
    view! { <DeltaMark delta=Delta { direction, text: change.text, title, good: change.good }/> }.into_any()
}

/// The figures of a week.
#[component]
pub fn DigestFigures(
    /// The figures.
    figures: Vec<FigureView>,
) -> impl IntoView {
    let figure = |figure: FigureView| {
        let value = match figure.value {
            Some(value) => value.into_any(),
            None => view! { <Unknown/> }.into_any(),
        };
        view! {
            <div>
                <dt>{figure.label}</dt>
                <dd>
                    <b class="digest-value">{value}</b>
                    {figure.change.map(change_mark)}
                </dd>
                <dd class="digest-note">{figure.note}</dd>
            </div>
        }
    };
    view! { <dl class="digest">{figures.into_iter().map(figure).collect_view()}</dl> }.into_any()
}

/// The present week in a panel of the history, leading to its page.
#[component]
pub fn WeeklyDigest(
    /// The week.
    head: DigestHead,
) -> impl IntoView {
    let href = links::digest(&head.week);
    let recommended = head.recommended.map(|item| {
        let verb = item.verb.map(|verb| format!("{verb}: ")).unwrap_or_default();
        view! {
            <p class="digest-next">
                <span class="t2">"Recommended: "</span>
                <a class="quiet-link" href=item.href>
                    {verb}
                    <Told text=item.title/>
                </a>
            </p>
        }
    });
    view! {
        <Panel
            title="Weekly digest"
            count=Some(head.words)
            actions=move || {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=href>
                        "Open digest"
                    </a>
                }
            }
        >
            <DigestFigures figures=head.figures/>
            {recommended}
        </Panel>
    }
    .into_any()
}
