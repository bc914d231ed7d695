//! The first impression: nothing has arrived yet, and the ways in.

use leptos::prelude::*;

use crate::{
    api::frame::StoreView,
    assets::origin,
    components::{Command, Told},
    format,
    ui::{Icon, IconName},
};

/// Says where telemetry is kept, that none arrived yet, and how it gets here.
#[component]
pub fn Welcome(
    /// The store.
    store: StoreView,
) -> impl IntoView {
    let post = format!(
        "curl {}/api/v1/ingest \\\n  -H \"Authorization: Bearer $TOKEN\" \\\n  -H \"Content-Type: application/x-ndjson\" \\\n  --data-binary @events.jsonl",
        origin()
    );
    let arrived = match store.lines {
        0 => "Nothing has arrived yet.".to_owned(),
        lines => format!(
            "{} arrived, but none of them speaks of a task or an agent yet.",
            format::count(lines, "line of telemetry", "lines of telemetry")
        ),
    };
    view! {
        <section class="welcome" aria-label="Getting started">
            <header class="welcome-head">
                <h2>"Waiting for Hermes to report"</h2>
                <p>
                    "Mission Control keeps what it is told in " {store.kind} ", in "
                    <code class="welcome-path"><Told text=store.location/></code> ". " {arrived}
                    " Tell it something, then reload this page."
                </p>
            </header>
            <ol class="welcome-ways">
                <Way
                    icon=IconName::FileInput
                    title="Read a file"
                    text="Native telemetry, one JSON object a line; gzip and zstd are read as they are. A line that comes twice counts once."
                    commands=vec!["mission-control ingest FILE.jsonl".to_owned()]
                />
                <Way
                    icon=IconName::Radio
                    title="Let an agent post it"
                    text="Make a token; it is shown once. Then post lines with it from anywhere on this machine."
                    commands=vec!["mission-control token create laptop".to_owned(), post]
                />
                <Way
                    icon=IconName::Repeat
                    title="Follow a file as it grows"
                    text="The server reads on from where it stopped, after a restart, too."
                    commands=vec!["mission-control serve --follow PATH".to_owned()]
                />
            </ol>
            <p class="t3 sm">
                "A Hermes home folder (" <code>"~/.hermes"</code>
                ") is not read yet; that comes next. Nothing on this machine is read unless you name it."
            </p>
        </section>
    }
}

/// One way in.
#[component]
fn Way(icon: IconName, title: &'static str, text: &'static str, commands: Vec<String>) -> impl IntoView {
    view! {
        <li class="way">
            <h3>
                <Icon name=icon size=16/>
                {title}
            </h3>
            <p>{text}</p>
            {commands.into_iter().map(|text| view! { <Command text/> }).collect_view()}
        </li>
    }
}
