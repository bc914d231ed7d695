//! The list of keys.

use leptos::{html, prelude::*};

use super::{PaletteState, Shown, main_pages::MAIN_PAGES};
use crate::{
    links,
    ui::{Icon, IconName},
};

/// What a key does.
type Line = (&'static [&'static str], &'static str);

const EVERYWHERE: [Line; 3] = [
    (&["Ctrl", "K"], "Search or run a command (⌘ K on a Mac)"),
    (&["?"], "These keys"),
    (&["Esc"], "Close what is open"),
];

const WHAT_NEEDS_YOU: [Line; 5] = [
    (&["J"], "Next item"),
    (&["K"], "Item before"),
    (&["X"], "Open or close why"),
    (&["A"], "Acknowledge, or take that back; Enter confirms where it is critical"),
    (&["S"], "Snooze"),
];

const IN_THE_LEDGER: [Line; 6] = [
    (&["/"], "Search tasks"),
    (&["J"], "Next task"),
    (&["K"], "Task before"),
    (&["X"], "Open or close a task in place"),
    (&["↵"], "Go to the task's page"),
    (&["E"], "Export what the filters show"),
];

#[component]
pub fn KeysDialog(state: PaletteState) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    super::follow(dialog, move || state.0.get() == Some(Shown::Keys));
    let pages = MAIN_PAGES.iter().map(|page| -> Line { (&page.keys, page.name) });
    view! {
        <dialog class="keys" node_ref=dialog aria-labelledby="keys-title" on:close=move |_| state.close()>
            <header class="keys-head">
                <h2 id="keys-title">"Keys"</h2>
                <form method="dialog">
                    <button class="btn" data-variant="ghost" data-icon-only="" aria-label="Close">
                        <Icon name=IconName::X/>
                    </button>
                </form>
            </header>
            <div class="keys-body">
                {group("Everywhere", EVERYWHERE.into_iter().chain(pages))}
                {group("Where something needs you", WHAT_NEEDS_YOU.into_iter())}
                {group("In the task ledger", IN_THE_LEDGER.into_iter())}
                <p class="t3">
                    "Single keys act while no field has the focus. "
                    <a class="link" href=links::settings(domain::settings::Section::General)>"Switch them off"</a>
                </p>
            </div>
        </dialog>
    }
    .into_any()
}

fn group(title: &'static str, lines: impl Iterator<Item = Line>) -> AnyView {
    let line = |(keys, what): Line| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }.into_any()).collect::<Vec<_>>();
        view! {
            <div>
                <dt>{keys}</dt>
                <dd>{what}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <section>
            <h3>{title}</h3>
            <dl>{lines.map(line).collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}
