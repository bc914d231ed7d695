//! The versions of the settings: who changed what, and the way back.

use domain::settings::{Difference, Section};
use leptos::prelude::*;

use crate::{
    api::settings::VersionRow,
    components::{
        Ago, ChangeForm, Told,
        settings_form::{InPlace, in_place::refused},
    },
    format, links,
    ui::{Icon, IconName, Panel},
};

/// The latest versions, the newest first.
#[component]
pub fn SettingsVersions(
    /// The section to come back to.
    section: Section,
    /// The version in force.
    version: u64,
    /// The latest versions.
    versions: Vec<VersionRow>,
) -> impl IntoView {
    if versions.is_empty() {
        return ().into_any();
    }
    let row = move |row: VersionRow| {
        let number = row.line.version;
        let total = format::count(row.total as u64, "field", "fields");
        let more = row.total.saturating_sub(row.changed.len());
        let by = row.line.by.unwrap_or_default();
        let back = row.line.restores.map(|from| format!(", back to version {from}"));
        let way = (number != version).then(|| view! { <RestoreButton section version restore=number/> });
        view! {
            <li class="s-version">
                <details>
                    <summary>
                        <span class="s-title">{format!("Version {number}")}</span>
                        <span class="t2">
                            {total} {back} ", " {row.line.at.map(|at| view! { <Ago at/> })} " by "
                            <Told text=by/>
                        </span>
                    </summary>
                    <Changes changes=row.changed more/>
                </details>
                {way}
            </li>
        }
    };
    view! {
        <Panel title="Versions">
            <ol>{versions.into_iter().map(row).collect_view()}</ol>
        </Panel>
    }
    .into_any()
}

/// A button that brings a version back, as a new one.
#[component]
pub fn RestoreButton(
    /// The section to come back to.
    section: Section,
    /// The version in force.
    version: u64,
    /// The version to bring back.
    restore: u64,
    /// What the button says.
    #[prop(default = "Go back to it")]
    words: &'static str,
) -> impl IntoView {
    let label = format!("{words}: version {restore}");
    view! {
        <ChangeForm
            to=links::settings(section)
            says=format!("Go back to version {restore} of the settings")
            refusal=refused
            answered=InPlace::answered()
        >
            <input type="hidden" name="version" value=version.to_string()/>
            <input type="hidden" name="restore" value=restore.to_string()/>
            <button class="btn" data-size="sm" name="do" value="restore" aria-label=label>
                <Icon name=IconName::Undo/>
                {words}
            </button>
        </ChangeForm>
    }
    .into_any()
}

/// Fields that differ, with what they were and what they are.
#[component]
pub fn Changes(
    /// The fields.
    changes: Vec<Difference>,
    /// How many more there are.
    #[prop(optional)]
    more: usize,
) -> impl IntoView {
    let side = |text: Option<String>| match text {
        Some(text) => view! { <code><Told text/></code> }.into_any(),
        None => view! { <span class="t3">"nothing"</span> }.into_any(),
    };
    let row = |change: Difference| {
        view! {
            <li class="s-change">
                <code class="s-name"><Told text=change.field/></code>
                <span>{side(change.before)} " → " {side(change.after)}</span>
            </li>
        }
    };
    let more = (more > 0).then(|| view! { <li class="s-change">{format!("and {more} more")}</li> });
    view! {
        <ul class="s-changes">
            {changes.into_iter().map(row).collect_view()}
            {more}
        </ul>
    }
    .into_any()
}
