//! One change, above the page.

use leptos::prelude::*;

use crate::{
    components::change_form::try_again,
    format,
    state::{Change, ChangeState, Changes},
    ui::{IconName, Notice},
};

pub(super) fn note(change: Change, changes: Changes) -> AnyView {
    let Change { key, says, state, .. } = &change;
    let what = match change.field("name") {
        Some(name) => format!("{says}: {}", format::plain(&name)),
        None => says.clone(),
    };
    let (why, again) = match state {
        ChangeState::Confirmed => return ().into_any(),
        ChangeState::Pending => {
            return view! {
                <Notice tone="accent" icon=IconName::LoaderCircle title="Saving">
                    {what}
                </Notice>
            }
            .into_any();
        }
        ChangeState::Refused(why) => (refusal(why).to_owned(), None),
        ChangeState::Lost(why) => {
            (format!("It was not saved: {why}."), Some(try_again(key.clone(), changes.clone())))
        }
    };
    let key = key.clone();
    view! {
        <Notice tone="danger" icon=IconName::OctagonAlert title=what alert=true>
            {why}
            " "
            {again}
            <button class="btn" data-size="sm" data-variant="ghost" type="button" on:click=move |_| changes.dismiss(&key)>
                "Dismiss"
            </button>
        </Notice>
    }
    .into_any()
}

/// Why, by the word of any form: the form itself, which knows more, is out of sight.
fn refusal(why: &str) -> &'static str {
    match why {
        "store" => "Nothing was changed: the store does not answer at present. Try again later.",
        "stale" | "gone" | "taken" => "Nothing was changed: what it was about is another by now.",
        _ => "Nothing was changed: a field was not right. Open the form again; it says which.",
    }
}
