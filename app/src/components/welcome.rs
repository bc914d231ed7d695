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
                    " Tell it something, then reload this page."
                </p>
            </header>
            <ol class="welcome-ways">
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
            </ol>
            <p class="t3 sm">
                "In a clone of the project that is not installed, the program is "
                <code>"target/release/mission-control"</code> ". A Hermes home folder (" <code>"~/.hermes"</code>
                ") is not read yet; that comes next. Nothing on this machine is read unless you name it."
            </p>
        </section>
    }
}

/// The option that makes a command use this very store: ` --data DIR`. Nothing where the store has no folder.
fn data_option(location: &str) -> String {
    let Some((folder, _)) = location.rsplit_once(['/', '\\']) else { return String::new() };
    let ordinary = |c: char| c.is_alphanumeric() || "/\\:._-+@~".contains(c);
    if folder.is_empty() {
        String::new()
    } else if folder.chars().all(ordinary) {
        format!(" --data {folder}")
    } else {
        format!(" --data '{}'", folder.replace('\'', "'\\''"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_use_the_store_that_the_page_shows() {
        assert_eq!(data_option("/home/me/data/mission-control.db"), " --data /home/me/data");
        assert_eq!(data_option("/tmp/it's mine/x.db"), " --data '/tmp/it'\\''s mine'");
        assert_eq!(data_option("memory"), "");
    }
}
