//! Some tasks of a product, leading to the rest.

use leptos::prelude::*;

use crate::{
    api::products::{TaskLine, TaskLines},
    components::{Ago, TaskStatusBadge, Told},
    format, links,
    ui::Panel,
};

/// Tasks, and a link to all of them.
#[component]
pub fn Tasks(
    /// What they are.
    title: &'static str,
    /// A figure beside the count.
    #[prop(optional)]
    note: Option<String>,
    /// The first of them, and how many there are.
    lines: TaskLines,
    /// The ledger with all of them.
    href: String,
    /// What is the case where there is none.
    nothing: &'static str,
) -> impl IntoView {
    let total = lines.total;
    let count =
        note.map_or_else(|| format::number(total), |note| format!("{} · {note}", format::number(total)));
    let body = if lines.items.is_empty() {
        view! { <p class="panel-line t3">{nothing}</p> }.into_any()
    } else {
        let row = |line: TaskLine| {
            let note = line.note.map(|note| view! { <p class="pl-note trunc"><Told text=note/></p> });
            view! {
                <li class="pl-row">
                    <TaskStatusBadge status=line.status/>
                    <div class="pl-main">
                        <a class="pl-title trunc" href=links::task(&line.id)>
                            <Told text=line.title/>
                        </a>
                        {note}
                    </div>
                    <span class="pl-when">
                        <Ago at=line.at/>
                    </span>
                </li>
            }
        };
        view! { <ul>{lines.items.into_iter().map(row).collect::<Vec<_>>()}</ul> }.into_any()
    };
    view! {
        <Panel
            title
            count=Some(count)
            actions=move || {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=href>
                        "Open in ledger"
                    </a>
                }
            }
        >
            {body}
        </Panel>
    }
    .into_any()
}
