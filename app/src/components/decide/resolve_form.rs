//! How it was resolved.

use domain::decision::{DecisionKind, request::MAX_NOTE};
use leptos::prelude::*;

use super::{DecideForm, Item};
use crate::{
    format,
    ui::{Icon, IconName},
};

/// A button that opens a field for what was done about it; the log keeps it.
#[component]
pub fn ResolveForm(
    /// What it is about.
    item: Item,
    /// The page to come back to, with its fragment.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let label = format!("Resolve: {}", format::plain(&item.title));
    let spoken = format!(": {}", format::plain(&item.title));
    view! {
        <details class="resolve">
            <summary class="btn" data-size="sm" aria-label=label title="Resolve">
                <Icon name=IconName::CircleCheck/>
                <span class="decide-word">"Resolve"</span>
            </summary>
            <div class="resolve-body">
                <DecideForm item back>
                    <label class="resolve-label">
                        <span>
                            "How was it resolved?"
                            <span class="sr">{spoken.clone()}</span>
                        </span>
                        <textarea class="resolve-note" name="note" rows="2" required maxlength=MAX_NOTE.to_string()></textarea>
                    </label>
                    <button class="btn" data-size="sm" name="what" value=DecisionKind::Resolved.as_str()>
                        "Resolve"
                        <span class="sr">{spoken}</span>
                    </button>
                </DecideForm>
            </div>
        </details>
    }
    .into_any()
}
