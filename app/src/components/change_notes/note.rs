//! One change, above the page.

use leptos::prelude::*;

use crate::{
    components::change_form::{lost_words, try_again},
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
        ChangeState::Refused(why) => ((change.refusal)(why), None),
        ChangeState::Lost(why) => (lost_words(why), Some(try_again(key.clone(), changes.clone()))),
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
