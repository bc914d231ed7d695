//! The founder's say about a product: edits, merging it into another, and what was done so far.

pub mod edit;
pub mod log;
pub mod merge;
pub mod shown;

use domain::{id::ProductId, registry::ProductEdit};
use leptos::prelude::*;

use self::{edit::EditPanel, log::LogPanel, merge::MergePanel};
use crate::{
    api::products::{EditForm, ProductSheet},
    components::Told,
    ui::{self, IconName, Notice},
};

pub use self::log::UndoChange;

/// The forms of a product's page. What is being written stays while the page follows what happens.
#[component]
pub fn ProductForms(
    /// What the page shows.
    sheet: Memo<ProductSheet>,
    /// The field that the last form was refused for.
    refused: Memo<Option<String>>,
) -> impl IntoView {
    let edit = Memo::new(move |before: Option<&Written>| {
        let now = sheet.with(Written::of);
        let own = before.is_some_and(|before| before.changed != now.changed || before.slug != now.slug);
        before.filter(|_| !own && ui::is_touched("#edit form")).cloned().unwrap_or(now)
    });
    let merge = Memo::new(move |before: Option<&Others>| {
        let now = sheet.with(|sheet| (sheet.insight.product.slug.clone(), sheet.others.clone()));
        before.filter(|before| before.0 == now.0 && ui::is_touched("#merge form")).cloned().unwrap_or(now)
    });
    let log = Memo::new(move |_| sheet.with(|sheet| (sheet.log.clone(), sheet.log_total)));
    let stored = move || StoredValue::new(sheet.get_untracked());
    let made = StoredValue::new(None::<Option<u64>>);
    let edit = move || {
        let changed = edit.with(|written| written.changed);
        // Saved, it is folded away; otherwise it stays as open as it is.
        let saved = made.get_value().is_some_and(|made| made != changed);
        let open = !saved && ui::is_open("#edit > details");
        made.set_value(Some(changed));
        let (sheet, refused) = (stored(), refused.get());
        ui::anew(move || view! { <EditPanel sheet refused open/> }.into_any())
    };
    let log = move || {
        log.track();
        view! { <LogPanel sheet=stored()/> }
    };
    let merge = move || {
        merge.track();
        let (sheet, refused) = (stored(), refused.get());
        ui::anew(move || view! { <MergePanel sheet refused/> }.into_any())
    };
    view! {
        {edit}
        <div class="split" data-cols="7-5">
            {log}
            {merge}
        </div>
    }
    .into_any()
}

/// The products to merge into, beside the name of the one that is shown.
type Others = (String, Vec<(ProductId, String)>);

/// What the form of a product is made of.
#[derive(Debug, Clone, PartialEq)]
struct Written {
    slug: String,
    product: EditForm,
    told: EditForm,
    edit: ProductEdit,
    /// The entry that a form of this page has just made: its content is that of the form.
    changed: Option<u64>,
}

impl Written {
    fn of(sheet: &ProductSheet) -> Self {
        Self {
            slug: sheet.insight.product.slug.clone(),
            product: EditForm::of(&sheet.insight.product),
            told: EditForm::of(&sheet.told),
            edit: sheet.edit.clone(),
            changed: sheet.changed.as_ref().map(|change| change.id),
        }
    }
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

/// The same in one line, for the form itself.
fn refused(why: &str) -> String {
    let (title, remedy) = refusal(why);
    format!("Nothing was changed. {title} {remedy}")
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
