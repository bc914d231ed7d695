//! The first impression: nothing has arrived yet, and the ways in.

use domain::source::HomeState;
use leptos::prelude::*;

use crate::{
    api::{frame::StoreView, sources::HomeBrief},
    assets::origin,
    components::{Command, Told, command::data_option, settings_extra::demo_data::DemoButton},
    format, links,
    ui::{Icon, IconName},
};

/// Says where telemetry is kept, that none arrived yet, and how it gets here.
#[component]
pub fn Welcome(
    /// The store.
    store: StoreView,
    /// The agent's home, where one was looked for.
    home: Option<HomeBrief>,
) -> impl IntoView {
    let data = data_option(&store.location);
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
                    " Tell it something: it appears here by itself, or when you reload where scripts are off."
                </p>
            </header>
            <ol class="welcome-ways">
                <Way
                    icon=IconName::FolderSearch
                    title="Read the agent's own files"
                    text="The server reads a Hermes home folder, newest sessions first, and follows it. Without the option it reads $HERMES_HOME or ~/.hermes, where it exists. It never writes there."
                    commands=vec![format!("mission-control serve{data} --hermes-home DIR")]
                    note=home.and_then(note)
                />
                <Way
                    icon=IconName::FileInput
                    title="Read a file"
                    text="Native telemetry, one JSON object a line; gzip and zstd are read as they are. A line that comes twice counts once."
                    commands=vec![format!("mission-control ingest{data} FILE.jsonl")]
                />
                <Way
                    icon=IconName::Radio
                    title="Let an agent post it"
                    text="Make a token; it is shown once. Then post lines with it from anywhere on this machine."
                    commands=vec![format!("mission-control token create{data} laptop"), post]
                />
                <Way
                    icon=IconName::Repeat
                    title="Follow a file as it grows"
                    text="The server reads on from where it stopped, after a restart, too."
                    commands=vec![format!("mission-control serve{data} --follow PATH")]
                />
                <Way
                    icon=IconName::Boxes
                    title="Look around with demo data"
                    text="Fifty-two invented products and two thousand tasks, in a database of their own. Nothing of yours is read or changed."
                    commands=vec![format!("mission-control serve{data} --demo")]
                    button=view! { <DemoButton what="demo-on" words="Load demo data"/> }.into_any()
                />
            </ol>
            <p class="t3 sm">
                "In a clone of the project that is not installed, the program is "
                <code>"target/release/mission-control"</code>
                ". Apart from a Hermes home and what you name, nothing on this machine is read; "
                <a class="link" href=links::SOURCES>
                    "Sources"
                </a> " says what is read of a home, and what never is."
            </p>
        </section>
    }
}

/// What became of the home that was looked for, where no notice says it already.
fn note(home: HomeBrief) -> Option<AnyView> {
    let path = view! { <code class="path"><Told text=home.path/></code> };
    match home.state {
        HomeState::Missing => {
            Some(view! { "It looked for " {path} ", and there is no such folder." }.into_any())
        }
        HomeState::Following | HomeState::Imported => {
            Some(view! { {path} " was read; no task stands in it yet." }.into_any())
        }
        HomeState::Reading | HomeState::Unreadable => None,
    }
}

/// One way in.
#[component]
fn Way(
    icon: IconName,
    title: &'static str,
    text: &'static str,
    commands: Vec<String>,
    #[prop(optional_no_strip)] note: Option<AnyView>,
    #[prop(optional)] button: Option<AnyView>,
) -> impl IntoView {
    view! {
        <li class="way">
            <h3>
                <Icon name=icon size=16/>
                {title}
            </h3>
            <p>{text}</p>
            {note.map(|note| view! { <p>{note}</p> })}
            {button}
            {commands.into_iter().map(|text| view! { <Command text/> }).collect_view()}
        </li>
    }
}
