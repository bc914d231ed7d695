//! The agent's home: which folder, how it was found, what is done with it, and how far that has come.

pub mod progress;
pub mod remedy;

use domain::source::{HomeFound, HomeState, HomeStatus};
use leptos::prelude::*;

use self::{progress::Progress, remedy::Remedy};
use crate::{
    components::{Ago, Told},
    ui::{Icon, IconName, Unknown},
};

/// Tone and glyph of a state, and what it means.
fn looks(state: HomeState, found: HomeFound) -> (&'static str, IconName, &'static str) {
    match state {
        // A folder that is merely usual may well not be there.
        HomeState::Missing if found == HomeFound::Default => {
            ("idle", IconName::SearchX, "There is no such folder.")
        }
        HomeState::Missing => ("warn", IconName::SearchX, "There is no such folder."),
        HomeState::Unreadable => {
            ("danger", IconName::OctagonAlert, "The folder is there, but closed to Mission Control.")
        }
        HomeState::Reading => ("accent", IconName::LoaderCircle, "The first reading is under way."),
        HomeState::Following => {
            ("ok", IconName::CircleCheck, "What can be read is read; changes are read as they come.")
        }
        HomeState::Imported => ("info", IconName::FileInput, "What came after the import is not read."),
    }
}

/// The head of the page: what to do where it cannot be read; state, folder, how it was found, last look, and how far reading has come.
#[component]
pub fn HomeCard(
    /// The home.
    home: HomeStatus,
    /// Why it cannot be read, where the system said so.
    #[prop(optional_no_strip)]
    reason: Option<String>,
    /// What makes a command use this store: ` --data DIR`.
    #[prop(optional, into)]
    data: String,
) -> impl IntoView {
    let HomeStatus { path, found, state, progress, looked_at, .. } = home;
    let (tone, glyph, meaning) = looks(state, found);
    let looked_at = match looked_at {
        Some(at) => view! { <Ago at/> }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    view! {
        <Remedy state found path=path.clone() reason data/>
        <section class="home-card" aria-label="Hermes home">
            <div class="home-head">
            <div class="home-state" data-state=state.as_str()>
                <span class="state-glyph" data-tone=tone>
                    <Icon name=glyph size=20/>
                </span>
                <div>
                    <h2 class="state-word">{state.label()}</h2>
                    <p class="sm t2">{meaning}</p>
                </div>
            </div>
            <dl class="home-facts">
                <div>
                    <dt>"Folder"</dt>
                    <dd>
                        <code class="path">
                            <Told text=path/>
                        </code>
                    </dd>
                </div>
                <div>
                    <dt>"Why this one"</dt>
                    <dd>{found.label()}</dd>
                </div>
                <div>
                    <dt>"Last looked at"</dt>
                    <dd>{looked_at}</dd>
                </div>
            </dl>
            </div>
            <Progress state progress/>
        </section>
    }
}
