//! What to do about a home that cannot be read.

use domain::source::{HomeFound, HomeState};
use leptos::prelude::*;

use crate::{
    components::{Command, Told},
    ui::{IconName, Notice},
};

/// An alert with the remedy where a named home is missing, or any is closed; nothing elsewhere.
#[component]
pub fn Remedy(
    /// What the reader does with it.
    state: HomeState,
    /// How it was found.
    found: HomeFound,
    /// The folder.
    path: String,
    /// Why it cannot be read, where the system said so.
    reason: Option<String>,
    /// What makes a command use this store: ` --data DIR`.
    data: String,
) -> impl IntoView {
    let folder = move || view! { <code class="path"><Told text=path/></code> };
    match state {
        HomeState::Missing if found != HomeFound::Default => Some(
            view! {
                <Notice tone="warn" icon=IconName::TriangleAlert title="Nothing is read." alert=true>
                    "There is no folder " {folder()}
                    ". It is read as soon as it is there; if the agent keeps its files elsewhere, name that folder. What was read before is kept."
                    <Command text=format!("mission-control serve{data} --hermes-home DIR")/>
                </Notice>
            }
            .into_any(),
        ),
        HomeState::Unreadable => Some(
            view! {
                <Notice tone="danger" icon=IconName::OctagonAlert title="Nothing is read." alert=true>
                    "Mission Control cannot open " {folder()}
                    {reason
                        .map(|reason| {
                            view! {
                                ": "
                                <Told text=reason/>
                            }
                        })} ". Let the user that it runs as read that folder and the files in it: they are read as soon as that is so. What was read before is kept."
                </Notice>
            }
            .into_any(),
        ),
        HomeState::Missing | HomeState::Reading | HomeState::Following | HomeState::Imported => None,
    }
}
