//! The settings as a file: out, and in again after a look at what it changes.

use domain::settings::{Difference, Section};
use leptos::prelude::*;

use crate::{
    components::{
        ChangeForm, Changes, Told,
        settings_form::{InPlace, in_place::refused},
    },
    format, links,
    ui::{Icon, IconName, Panel},
};

/// The export, and the way in.
#[component]
pub fn Transfer(
    /// What was sent or pasted.
    text: String,
    /// What is wrong with it: the field, and why.
    error: Option<(String, String)>,
    /// What it would change.
    changes: Option<Vec<Difference>>,
    /// The version in force.
    version: u64,
) -> impl IntoView {
    let action = links::settings(Section::Transfer);
    let invalid = error.is_some().then_some("true");
    let wrong = error.map(|(field, why)| {
        let field = (!field.is_empty()).then(|| view! { <code><Told text=field/></code> ": " });
        view! {
            <p class="hint" data-tone="danger" role="alert" id="text-about">
                <Icon name=IconName::CircleX size=12/>
                <span>{field} <Told text=why/> " Nothing was imported."</span>
            </p>
        }
    });
    let (written, to) = (text.clone(), action.clone());
    let confirm = changes.map(|changes| {
        let (none, count) = (changes.is_empty(), format::count(changes.len() as u64, "field", "fields"));
        let apply = (!none).then(|| {
            view! {
                <ChangeForm
                    class="s-confirm"
                    to
                    says="Import the settings"
                    refusal=refused
                    answered=InPlace::answered()
                >
                    <input type="hidden" name="version" value=version.to_string()/>
                    <input type="hidden" name="text" value=written/>
                    <button class="btn" data-variant="primary" name="do" value="apply">
                        "Apply the import"
                    </button>
                    <span class="t3">"It becomes a version of its own, which can be undone."</span>
                </ChangeForm>
            }
        });
        let title = if none { "It changes nothing".to_owned() } else { format!("It changes {count}") };
        view! {
            <Panel title>
                <Changes changes/>
                {apply}
            </Panel>
        }
    });
    view! {
        <Panel title="Export">
            <div class="s-text">
                <p class="t2">"All settings that are in force, as JSON. Imported again, they are the same to the byte."</p>
                <a class="btn" href=links::SETTINGS_JSON download="mission-control-settings.json" rel="external">
                    <Icon name=IconName::Braces/>
                    "Download the settings"
                </a>
            </div>
        </Panel>
        <Panel title="Import">
            <form class="s-text" method="post" enctype="multipart/form-data" action=action.clone()>
                <input type="hidden" name="version" value=version.to_string()/>
                <div class="field">
                    <label class="field-label" for="file">
                        "A file"
                    </label>
                    <input class="s-file" id="file" name="file" type="file" accept="application/json,.json"/>
                </div>
                <div class="field">
                    <label class="field-label" for="text">
                        "Or its text"
                    </label>
                    <textarea class="s-area" id="text" name="text" rows="8" spellcheck="false" aria-invalid=invalid aria-describedby=invalid.map(|_| "text-about")>
                        {text.clone()}
                    </textarea>
                </div>
                {wrong}
                <p class="t2">"Nothing is changed before you have seen what it changes. At most 256 KiB; a field that does not exist is refused."</p>
                <button class="btn" name="do" value="check">
                    "Look at what it changes"
                </button>
            </form>
        </Panel>
        {confirm}
    }
    .into_any()
}
