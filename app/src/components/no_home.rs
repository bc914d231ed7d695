//! No home is read: which folders are looked for, and how one is named.

use leptos::prelude::*;

use crate::{
    components::{Command, command::data_option},
    ui::{Icon, IconName, Panel},
};

/// Says in which order folders are looked for, which commands name one, and what turns it off.
#[component]
pub fn NoHome(
    /// Where the store is, so that commands use this one.
    location: String,
) -> impl IntoView {
    let data = data_option(&location);
    view! {
        <Panel title="No Hermes home is read">
            <div class="no-home">
                <p>
                    "A Hermes home is the folder in which the agent keeps its sessions, boards, jobs, memories and skills. Mission Control looks for one when it starts, and reads the first of these:"
                </p>
                <ol class="no-home-places">
                    <li><code>"--hermes-home DIR"</code>", if the command line has it"</li>
                    <li><code>"$HERMES_HOME"</code>", if the environment has it"</li>
                    <li><code>"~/.hermes"</code>", if it is there"</li>
                </ol>
                <h3>
                    <Icon name=IconName::Repeat size=16/>
                    "Read a home and follow it"
                </h3>
                <Command text=format!("mission-control serve{data} --hermes-home DIR")/>
                <h3>
                    <Icon name=IconName::FileInput size=16/>
                    "Read it once"
                </h3>
                <Command text=format!("mission-control import{data} hermes-home DIR")/>
                <p class="t3">
                    "With " <code>"--no-hermes-home"</code>
                    " no home is looked for. The agent's files are only ever read, never written."
                </p>
            </div>
        </Panel>
    }
}
