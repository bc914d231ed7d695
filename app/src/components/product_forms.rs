//! The founder's say about a product: edits, merging it into another, and what was done so far.

pub mod edit;
pub mod log;
pub mod merge;

use leptos::prelude::*;

use self::{edit::EditPanel, log::LogPanel, merge::MergePanel};
use crate::{
    api::products::ProductSheet,
    components::Told,
    ui::{IconName, Notice},
};

pub use self::log::UndoChange;

/// The forms of a product's page.
#[component]
pub fn ProductForms(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
    /// The field that the last form was refused for.
    refused: Option<String>,
) -> impl IntoView {
    view! {
        <EditPanel sheet refused=refused.clone()/>
        <div class="split" data-cols="7-5">
            <LogPanel sheet/>
            <MergePanel sheet refused/>
        </div>
    }
    .into_any()
}

/// What came of the last form.
#[component]
pub fn ChangeNotice(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
    /// The word that the way back carries. It is never shown.
    refused: Option<String>,
) -> impl IntoView {
    let made = sheet.with_value(|sheet| sheet.changed.clone());
    let slug = sheet.with_value(|sheet| sheet.insight.product.slug.clone());
    let made = made.map(|change| {
        let can_undo = change.is_in_force();
        let (id, name) = (change.id, change.name.clone());
        let undo = can_undo.then(|| view! { <UndoChange id name=name.clone() product=slug/> });
        view! {
            <div class="pf-made">
                <Notice tone="ok" icon=IconName::Check title=change.action.label()>
                    <Told text=name/>
                    {undo}
                </Notice>
            </div>
        }
    });
    let refused = refused.map(|why| {
        let (title, remedy) = refusal(&why);
        view! {
            <Notice tone="danger" icon=IconName::OctagonAlert title alert=true>
                {format!("Nothing was changed. {remedy}")}
            </Notice>
        }
    });
    view! {
        {refused}
        {made}
    }
    .into_any()
}

/// What a refused form is told, by the word that the way back carries.
fn refusal(why: &str) -> (&'static str, &'static str) {
    match why {
        "body" => ("Nothing was said.", "No field differs from what is shown."),
        "stale" => ("That is not so any more.", "It was undone or merged before; look at the log below."),
        "store" => ("The store does not answer at present.", "Try again; the server's log says why."),
        "into" => ("That product cannot be merged into.", "Choose another one."),
        _ => match edit::rule(why) {
            Some(_) => ("A field is not right.", "Its rule stands at the field."),
            None => ("The form was not understood.", "Load the page again, then try again."),
        },
    }
}
