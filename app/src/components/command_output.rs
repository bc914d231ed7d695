//! A command, and what it put out.

use leptos::prelude::*;

use crate::{
    api::task::Output,
    components::AnsiText,
    format,
    ui::{Icon, IconName},
};

/// A command with how it ended and how long it took; it opens to the end of its output, and one that failed stands open.
#[component]
pub fn CommandOutput(
    /// The line that stands open: the command, or what else has an output.
    #[prop(into)]
    line: String,
    /// How it ended, where that is told.
    exit_code: Option<i64>,
    /// How long it took, in milliseconds, where that is told.
    duration_ms: Option<u64>,
    /// What it put out.
    output: Option<Output>,
    /// Whether it failed.
    failed: bool,
    /// Where the whole output is.
    #[prop(into)]
    log: String,
) -> impl IntoView {
    let exit = exit_code.map(|code| if code == 0 { "exit 0".to_owned() } else { format!("exit {code}") });
    let took = duration_ms.map(format::duration);
    let end = [exit, took].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let end = view! {
        <span class="cmd-end" data-tone=failed.then_some("danger")>
            {end}
        </span>
    };
    let line = format::plain(&line).into_owned();
    let Some(output) = output else {
        return view! {
            <div class="cmd">
                <div class="cmd-line">
                    <bdi class="cmd-text">{line}</bdi>
                    {end}
                </div>
            </div>
        }
        .into_any();
    };
    let before = (output.before > 0).then(|| {
        let words = format::count(output.before, "earlier line", "earlier lines");
        view! {
            <a class="link cmd-before" href=log>
                {format!("{words} in the log")}
            </a>
        }
    });
    let lines = output.text.lines().map(|line| {
        view! {
            <AnsiText text=line/>
            "\n"
        }
    });
    view! {
        <details class="cmd" open=failed>
            <summary class="cmd-line">
                <Icon name=IconName::ChevronRight size=12/>
                <bdi class="cmd-text">{line}</bdi>
                {end}
            </summary>
            {before}
            <pre tabindex="0">{lines.collect_view()}</pre>
        </details>
    }
    .into_any()
}
