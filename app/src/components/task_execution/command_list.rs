//! The commands that ran.

use domain::insight::execution::{CommandRun, Latest};
use leptos::prelude::*;

use crate::{
    components::{Moment, Told},
    format,
    ui::{Icon, IconName, Panel, Unknown},
};

/// Each command, when it ran, for how long, and how it ended.
#[component]
pub fn CommandList(
    /// The latest commands.
    commands: Latest<CommandRun>,
    /// Where the whole log is.
    #[prop(into)]
    log: String,
) -> impl IntoView {
    if commands.rows.is_empty() {
        return view! {
            <Panel title="Commands">
                <p class="panel-line t3">"No command ran, or no source told of one."</p>
            </Panel>
        }
        .into_any();
    }
    let hidden = commands.total.saturating_sub(commands.rows.len() as u64);
    let hidden = (hidden > 0).then(|| {
        let words = format!("{} before these. ", format::count(hidden, "command ran", "commands ran"));
        view! {
            <p class="panel-line t3">
                {words}
                <a class="link" href=log>
                    "The log has them all"
                </a>
            </p>
        }
    });
    view! {
        <Panel title="Commands" count=Some(format::number(commands.total))>
            {hidden}
            <ol class="cmd-list">{commands.rows.into_iter().map(row).collect_view()}</ol>
        </Panel>
    }
    .into_any()
}

fn row(run: CommandRun) -> impl IntoView {
    let (tone, icon) = if run.failed { ("danger", IconName::CircleX) } else { ("ok", IconName::CircleCheck) };
    let exit = match (run.exit_code, run.failed) {
        (Some(code), _) => {
            view! { <span class="status" data-tone=tone><Icon name=icon/> {format!("Exit {code}")}</span> }
                .into_any()
        }
        (None, true) => {
            view! { <span class="status" data-tone=tone><Icon name=icon/> "Failed"</span> }.into_any()
        }
        (None, false) => view! { <Unknown/> }.into_any(),
    };
    let took =
        run.duration_ms.map_or_else(|| view! { <Unknown/> }.into_any(), |ms| format::duration(ms).into_any());
    view! {
        <li class="cmd-row">
            <code class="cmd-what">
                <Told text=run.command/>
            </code>
            <span class="t3">
                <Moment at=run.at/>
            </span>
            <span class="cmd-took">
                <span class="sr">"took "</span>
                {took}
            </span>
            <span>{exit}</span>
        </li>
    }
    .into_any()
}
