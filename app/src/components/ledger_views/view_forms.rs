//! Saving, renaming, replacing and deleting a view. Plain forms; where scripts run, they are sent in place.

use domain::view::{MAX_NAME, View};
use leptos::prelude::*;
use server_fn::ServerFn as _;

use crate::{
    api::views::{DeleteViewFn, RenameViewFn, ReplaceViewFn, SaveViewFn},
    components::{ChangeForm, Told},
    format,
    ui::{Icon, IconName, Menu, MenuLook, Notice},
};

/// Saves what is shown as a view, under a new name or in place of another view.
#[component]
pub fn SaveView(
    /// What is shown.
    query: String,
    /// The views there are.
    views: Vec<View>,
    /// The page to come back to.
    back: String,
) -> impl IntoView {
    let others = (!views.is_empty()).then(|| {
        let button = |view: View| {
            view! {
                <button class="menu-item" name="id" value=view.id.to_string()>
                    <span class="trunc">
                        <Told text=view.name/>
                    </span>
                </button>
            }
        };
        let (query, back) = (query.clone(), back.clone());
        view! {
            <hr/>
            <p class="menu-head">"Or in place of"</p>
            <ChangeForm to=ReplaceViewFn::url() says="Let a view ask something else" refusal=refused>
                <input type="hidden" name="query" value=query/>
                <input type="hidden" name="back" value=back/>
                <div class="menu-list">{views.into_iter().map(button).collect_view()}</div>
            </ChangeForm>
        }
    });
    view! {
        <Menu
            look=MenuLook::Button
            label=|| {
                view! {
                    <Icon name=IconName::BookmarkPlus/>
                    <span class="views-word">"Save this view"</span>
                }
            }
        >
            <ChangeForm to=SaveViewFn::url() says="Save a view" refusal=refused>
                <input type="hidden" name="query" value=query/>
                <input type="hidden" name="back" value=back/>
                {name_field("", "Save")}
            </ChangeForm>
            {others}
        </Menu>
    }
    .into_any()
}

/// Renames or deletes the view that is shown.
#[component]
pub fn ManageView(
    /// The view.
    view: View,
    /// The page to come back to.
    back: String,
) -> impl IntoView {
    let id = view.id.to_string();
    let again = (id.clone(), back.clone());
    view! {
        <Menu
            look=MenuLook::Button
            label=|| {
                view! {
                    <Icon name=IconName::Bookmark/>
                    <span class="views-word">"This view"</span>
                }
            }
        >
            <ChangeForm to=RenameViewFn::url() says="Rename a view" refusal=refused>
                <input type="hidden" name="id" value=id.clone()/>
                <input type="hidden" name="back" value=back/>
                {name_field(&view.name, "Rename")}
            </ChangeForm>
            <hr/>
            <ChangeForm to=DeleteViewFn::url() says="Delete a view" refusal=refused>
                <input type="hidden" name="back" value=again.1/>
                <button class="menu-item" name="id" value=again.0>
                    <Icon name=IconName::X size=12/>
                    "Delete this view"
                    <span class="menu-n">"no task is touched"</span>
                </button>
            </ChangeForm>
        </Menu>
    }
    .into_any()
}

/// A name and the button beside it.
fn name_field(name: &str, verb: &'static str) -> AnyView {
    let name = format::plain(name).into_owned();
    view! {
        <div class="views-name">
            <label class="input">
                <input name="name" value=name.clone() prop:value=name placeholder="Name" aria-label="Name of the view" required maxlength=MAX_NAME.to_string() autocomplete="off"/>
            </label>
            <button class="btn">{verb}</button>
        </div>
    }
    .into_any()
}

/// The same at the form.
fn refused(why: &str) -> String {
    format!("No view was changed. {}", refusal(why))
}

/// Why a form about a view was refused, by the word that the way back carries.
fn refusal(why: &str) -> &'static str {
    match why {
        "name" => "Give it a name of 1 to 60 characters, without control characters.",
        "query" => "These filters are too many for a view.",
        "taken" => "Another view has that name, or there are as many as there may be.",
        "views" => "There are as many views as there may be; delete one first.",
        "gone" => "There is no such view any more.",
        "store" => "The store does not answer at present; try again.",
        _ => "The form was not understood. Load the page again, then try again.",
    }
}

/// What came of a form about a view.
#[component]
pub fn ViewOutcome(
    /// The name of the view that was saved.
    #[prop(optional_no_strip)]
    saved: Option<String>,
    /// Whether one was deleted.
    deleted: bool,
    /// Why one was refused; never shown as it is.
    #[prop(optional_no_strip)]
    refused: Option<String>,
) -> impl IntoView {
    if let Some(why) = refused {
        return view! {
            <Notice tone="danger" icon=IconName::OctagonAlert title="No view was changed." alert=true>
                {refusal(&why)}
            </Notice>
        }
        .into_any();
    }
    if let Some(name) = saved {
        return view! {
            <Notice tone="ok" icon=IconName::Check title="Saved">
                <Told text=name/>
            </Notice>
        }
        .into_any();
    }
    if deleted {
        return view! {
            <Notice tone="ok" icon=IconName::Check title="The view is deleted.">
                "No task was touched."
            </Notice>
        }
        .into_any();
    }
    ().into_any()
}
