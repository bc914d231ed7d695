//! The agent's home on other pages: only while it is first read, or where it cannot be.

use domain::source::{HomeFound, HomeState};
use leptos::prelude::*;

use crate::{
    api::sources::HomeBrief,
    components::{Told, home_card::progress::Reading},
    links,
    ui::{IconName, Notice},
};

/// Says that figures still grow while a home is first read, and that it is missing or closed where the founder would
/// expect it to be read. Nothing where all is well.
#[component]
pub fn HomeNotice(
    /// The home; `None` where none is looked at.
    home: Option<HomeBrief>,
) -> impl IntoView {
    let home = home?;
    let path = home.path;
    let href = (links::SOURCES, "Sources");
    let view = match home.state {
        HomeState::Reading => view! {
            <Notice tone="accent" icon=IconName::LoaderCircle title="Hermes' own files are being read." href>
                "Figures grow until it is done. "
                <Reading progress=home.progress/>
            </Notice>
        }
        .into_any(),
        HomeState::Unreadable => view! {
            <Notice tone="danger" icon=IconName::OctagonAlert title="Hermes' own files cannot be read." alert=true href>
                "What is shown leaves out " <code class="path"><Told text=path/></code> "."
            </Notice>
        }
        .into_any(),
        // A folder that is merely usual may well not be there.
        HomeState::Missing if home.found != HomeFound::Default => view! {
            <Notice tone="warn" icon=IconName::TriangleAlert title="The named Hermes home is not there." alert=true href>
                "Nothing is read from " <code class="path"><Told text=path/></code> "."
            </Notice>
        }
        .into_any(),
        HomeState::Missing | HomeState::Following | HomeState::Imported => return None,
    };
    Some(view)
}
