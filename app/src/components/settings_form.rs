//! The form of a section. It posts to the page; where scripts run, it also shows what it would do while it is filled in.

pub mod effect;
pub mod group;
pub mod in_place;

use domain::settings::{Section, form::Group};
use leptos::{ev, prelude::*};

use self::{effect::RuleEffect, group::FormGroup};
use crate::{
    api::settings::{Effect, Live},
    components::{ChangeForm, Sent},
    format, links,
};

pub use self::in_place::InPlace;

/// The panels of a section, what its rules would have done, and the way to save them.
#[component]
pub fn SettingsForm(
    /// The section.
    section: Section,
    /// The version that is changed.
    version: u64,
    /// Its panels.
    groups: Vec<Group>,
    /// How many fields differ from what is stored.
    changes: usize,
    /// What its rules would have done.
    #[prop(optional_no_strip)]
    effect: Option<Effect>,
) -> impl IntoView {
    let tried = effect.is_some();
    let live = RwSignal::new(Live { changes, wrong: 0, effect });
    let changed = move |event: ev::Event| look(&event, section, live);
    let shown = move || live.with(|live| live.effect.clone()).map(|effect| view! { <RuleEffect effect/> });
    let sent = Sent::new();
    let state = move || {
        if sent.is_pending() {
            return "Saving".to_owned();
        }
        live.with(|live| words(live.changes, live.wrong))
    };
    let says = format!("Save the settings, {}", section.label());
    view! {
        <div on:change=changed>
        <ChangeForm
            class="s-form"
            to=links::settings(section)
            says
            refusal=in_place::refused
            sent
            only=&["save"]
            answered=InPlace::answered()
        >
            <input type="hidden" name="version" value=version.to_string()/>
            // What the Enter key presses: the first button of a form, whatever stands above the others.
            <button class="sr" name="do" value="save" tabindex="-1" aria-hidden="true">
                "Save changes"
            </button>
            {groups.into_iter().map(|group| view! { <FormGroup group/> }).collect_view()}
            {shown}
            <div class="savebar" role="status">
                <span class="savebar-text">
                    <b>{state}</b>
                    <span class="savebar-where">{format!(" in {}", section.label())}</span>
                </span>
                <a class="btn" data-variant="ghost" href=links::settings(section) rel="external">
                    "Discard"
                </a>
                {tried
                    .then(|| {
                        view! {
                            <button class="btn" name="do" value="preview">
                                "Preview"
                            </button>
                        }
                    })}
                <button class="btn" data-variant="primary" name="do" value="save">
                    "Save changes"
                </button>
            </div>
        </ChangeForm>
        </div>
    }
    .into_any()
}

fn words(changes: usize, wrong: usize) -> String {
    let changes = match changes {
        0 => "No unsaved changes".to_owned(),
        changes => format::count(changes as u64, "unsaved change", "unsaved changes"),
    };
    if wrong == 0 {
        changes
    } else {
        format!("{changes}, {}", format::count(wrong as u64, "field to mend", "fields to mend"))
    }
}

/// Asks what the form would do as it stands.
#[cfg(feature = "hydrate")]
fn look(event: &ev::Event, section: Section, live: RwSignal<Live>) {
    use leptos::{
        wasm_bindgen::JsCast as _,
        web_sys::{Element, FormData, HtmlFormElement, UrlSearchParams},
    };
    let field = event.target().and_then(|field| field.dyn_into::<Element>().ok());
    let form = field.and_then(|field| field.closest("form").ok()?);
    let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let written = form
        .and_then(|form| FormData::new_with_form(&form).ok())
        .and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data).ok())
        .and_then(|pairs| pairs.to_string().as_string());
    let Some(written) = written else { return };
    leptos::task::spawn_local(async move {
        // Where the server cannot be asked, what was shown stays; saving tells.
        if let Ok(seen) = crate::api::settings::settings_live(section, written).await {
            live.try_set(seen);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn look(_: &ev::Event, _: Section, _: RwSignal<Live>) {}
