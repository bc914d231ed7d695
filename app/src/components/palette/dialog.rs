//! The palette: a field, and what fits what is typed in it.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    PaletteState, Shown,
    entry::{Act, Entry, Group, entries},
};
use crate::{
    api::palette::{Place, TaskHits},
    format,
    state::Go,
    ui::{Icon, IconName},
};

/// How long typing must rest before the server is asked for tasks.
#[cfg(feature = "hydrate")]
const REST: std::time::Duration = std::time::Duration::from_millis(60);

#[component]
pub fn PaletteDialog(state: PaletteState) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let field = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let open = Memo::new(move |_| state.0.get() == Some(Shown::Palette));
    super::follow(dialog, move || open.get());

    let places = RwSignal::new(Vec::<Place>::new());
    let hits = RwSignal::new(None::<Result<TaskHits, String>>);
    let list = Memo::new(move |_| {
        let found = hits.get();
        let tasks =
            found.as_ref().and_then(|found| found.as_ref().ok()).map_or(&[][..], |found| &found.tasks);
        places.with(|places| typed.with(|typed| entries(typed, tasks, places)))
    });
    // What is chosen stays chosen when tasks come in above it.
    let arrived = move |found| {
        let act = list.with_untracked(|list| list.get(chosen.get_untracked()).map(|entry| entry.act.clone()));
        hits.set(Some(found));
        if chosen.get_untracked() > 0 {
            let at =
                list.with_untracked(|list| list.iter().position(|entry| Some(&entry.act) == act.as_ref()));
            chosen.set(at.unwrap_or_default());
        }
    };
    load(open, typed, places, arrived);
    let go = StoredValue::new_local(Go::here());
    let run = move |act: &Act, new_tab: bool| {
        state.close();
        go.with_value(|go| perform(act, new_tab, go, state));
    };
    let key = move |event: KeyboardEvent| {
        let count = list.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|at| *at = (*at + 1) % count.max(1)),
            "ArrowUp" => chosen.update(|at| *at = at.checked_sub(1).unwrap_or(count.saturating_sub(1))),
            "Enter" => {
                let act = list
                    .with_untracked(|list| list.get(chosen.get_untracked()).map(|entry| entry.act.clone()));
                if let Some(act) = act {
                    run(&act, event.ctrl_key() || event.meta_key());
                }
            }
            _ => return,
        }
        event.prevent_default();
        shown();
    };
    let closed = move |_| {
        state.close();
        typed.set(String::new());
        chosen.set(0);
        if let Some(field) = field.get_untracked() {
            field.set_value("");
        }
    };
    let active = move || list.with(|list| (!list.is_empty()).then(|| option_id(chosen.get())));
    let foot = move || match hits.get() {
        Some(Ok(found)) => {
            let shown = found.tasks.len();
            let total = format::count(found.total, "task", "tasks");
            format!("{shown} of {total} · {}", format::latency(found.took_ms))
        }
        Some(Err(why)) => format!("Tasks: {why}"),
        None => String::new(),
    };
    view! {
        <dialog class="palette" node_ref=dialog aria-label="Command palette" on:close=closed on:click=outside>
            <label class="palette-input">
                <Icon name=IconName::Search size=16/>
                <input
                    node_ref=field
                    role="combobox"
                    aria-label="Search or run a command"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="200"
                    placeholder="Tasks, products, agents, pages, commands"
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        chosen.set(0);
                    }
                    on:keydown=key
                />
                <kbd>"esc"</kbd>
            </label>
            <div class="palette-list" id="palette-list" role="listbox" aria-label="What fits">
                {move || list.with(|list| groups(list, chosen, run))}
            </div>
            <footer class="palette-foot">
                <span>
                    <kbd>"↑"</kbd>
                    <kbd>"↓"</kbd>
                    "select"
                </span>
                <span>
                    <kbd>"↵"</kbd>
                    "open"
                </span>
                <span class="palette-tab">
                    <kbd>"Ctrl"</kbd>
                    <kbd>"↵"</kbd>
                    "in a new tab"
                </span>
                <span class="palette-count" role="status">
                    {foot}
                </span>
            </footer>
        </dialog>
    }
    .into_any()
}

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}

/// The entries under the headings of their groups.
fn groups(list: &[Entry], chosen: RwSignal<usize>, run: impl Fn(&Act, bool) + Copy + 'static) -> AnyView {
    if list.is_empty() {
        return view! { <p class="palette-none">"Nothing has this in its name."</p> }.into_any();
    }
    let group = |group: Group| {
        let entries = list.iter().enumerate().filter(|(_, entry)| entry.group == group);
        let options: Vec<_> = entries.map(|(at, entry)| option(at, entry, chosen, run)).collect();
        (!options.is_empty()).then(|| {
            view! {
                <div class="palette-group" role="group" aria-label=group.label()>
                    <div class="palette-head" aria-hidden="true">
                        {group.label()}
                    </div>
                    {options}
                </div>
            }
            .into_any()
        })
    };
    [Group::Actions, Group::Tasks, Group::GoTo]
        .map(group)
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .into_any()
}

fn option(
    at: usize,
    entry: &Entry,
    chosen: RwSignal<usize>,
    run: impl Fn(&Act, bool) + Copy + 'static,
) -> AnyView {
    let act = entry.act.clone();
    let keys = entry.keys.iter().map(|key| view! { <kbd>{*key}</kbd> }.into_any()).collect::<Vec<_>>();
    view! {
        <div
            class="palette-item"
            role="option"
            id=option_id(at)
            aria-selected=move || if chosen.get() == at { "true" } else { "false" }
            on:mousemove=move |_| {
                if chosen.get_untracked() != at {
                    chosen.set(at);
                }
            }
            on:click=move |event| run(&act, event.ctrl_key() || event.meta_key())
        >
            <Icon name=entry.icon/>
            <span class="trunc">{marked(entry)}</span>
            <span class="palette-end">{entry.note.clone()} {keys}</span>
        </div>
    }
    .into_any()
}

/// The name, with the letters that were typed marked.
fn marked(entry: &Entry) -> Vec<AnyView> {
    let mut parts = Vec::with_capacity(entry.marks.len() * 2 + 1);
    let mut at = 0;
    let text = |range: std::ops::Range<usize>| entry.name.get(range).unwrap_or_default().to_owned();
    for mark in &entry.marks {
        parts.push(text(at..mark.start).into_any());
        parts.push(view! { <mark>{text(mark.clone())}</mark> }.into_any());
        at = mark.end;
    }
    parts.push(text(at..entry.name.len()).into_any());
    parts
}

/// A click beside the dialog closes it: the dialog itself is hit there, not what stands in it.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(clippy::needless_pass_by_value, unused_variables, reason = "only a browser has a mouse")
)]
fn outside(event: leptos::ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let hit = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
        if let Some(dialog) = hit {
            // Later: closing calls a handler within this one.
            leptos::task::spawn_local(async move { dialog.close() });
        }
    }
}

/// Brings the chosen entry into view.
fn shown() {
    #[cfg(feature = "hydrate")]
    request_animation_frame(|| {
        if let Ok(Some(item)) = document().query_selector(".palette-item[aria-selected=true]") {
            item.scroll_into_view_with_scroll_into_view_options(&{
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                options
            });
        }
    });
}

/// Does what an entry says.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser can do it"))]
fn perform(act: &Act, new_tab: bool, go: &Go, state: PaletteState) {
    #[cfg(feature = "hydrate")]
    match act {
        // A browser that opens no tab says so itself.
        Act::Go(href) if new_tab => drop(window().open_with_url_and_target(href, "_blank")),
        Act::Go(href) => go.to(href, false),
        Act::Load(href) => drop(window().location().set_href(href)),
        Act::Theme => {
            use leptos::wasm_bindgen::JsCast;
            if let Ok(Some(button)) = document().query_selector("[data-theme-toggle]") {
                // Later: a click within a click would call the handler that it came from.
                leptos::task::spawn_local(
                    async move { button.unchecked_into::<web_sys::HtmlElement>().click() },
                );
            }
        }
        Act::Keys => state.open(Shown::Keys),
    }
}

/// Loads the places each time the palette opens, and the tasks once typing rests.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser opens the palette"))]
fn load(
    open: Memo<bool>,
    typed: RwSignal<String>,
    places: RwSignal<Vec<Place>>,
    arrived: impl Fn(Result<TaskHits, String>) + Copy + 'static,
) {
    #[cfg(feature = "hydrate")]
    {
        Effect::new(move || {
            if open.get() {
                leptos::task::spawn_local(async move {
                    // Without them, pages and tasks are still there; the tasks' line says why.
                    if let Ok(found) = crate::api::palette::places().await {
                        places.set(found);
                    }
                });
            }
        });
        let waiting = StoredValue::new_local(None::<TimeoutHandle>);
        let mirror = use_context::<crate::state::Mirror>();
        Effect::new(move || {
            let text = typed.get();
            if !open.get() {
                return;
            }
            let ask = move || {
                leptos::task::spawn_local(async move {
                    let answer = match mirror {
                        Some(mirror) => mirror.task_hits(text.clone()).await,
                        None => crate::api::palette::task_hits(text.clone()).await,
                    };
                    // An answer to what is no longer asked is none.
                    if typed.with_untracked(|typed| *typed == text) {
                        arrived(answer.map_err(|error| error.to_string()));
                    }
                });
            };
            if let Some(before) = waiting.get_value() {
                before.clear();
            }
            if mirror.is_some_and(crate::state::Mirror::is_ready) {
                return ask();
            }
            waiting.set_value(set_timeout_with_handle(ask, REST).ok());
        });
    }
}
