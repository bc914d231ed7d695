//! What the founder did to a product, and taking it back.

use domain::registry::{ProductAction, ProductChange};
use leptos::prelude::*;
use server_fn::ServerFn as _;

use crate::{
    api::products::{ProductSheet, UndoProductFn},
    components::{Ago, ChangeForm, Told},
    format,
    ui::{Icon, IconName, Panel},
};

/// The latest entries of a product's log.
#[component]
pub fn LogPanel(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
) -> impl IntoView {
    let (log, total, slug) =
        sheet.with_value(|sheet| (sheet.log.clone(), sheet.log_total, sheet.insight.product.slug.clone()));
    let json = format!("/api/v1/products/{}/changes", crate::links::segment(&slug));
    let body = if log.is_empty() {
        view! { <p class="panel-line t3">"You said nothing of it yet: all of this is what telemetry tells."</p> }
            .into_any()
    } else {
        let row = |change| view! { <Row change product=slug.clone()/> };
        view! { <ol>{log.into_iter().map(row).collect::<Vec<_>>()}</ol> }.into_any()
    };
    view! {
        <Panel
            title="Your changes"
            id="log"
            count=Some(format::number(total))
            actions=move || {
                view! {
                    <a class="btn" data-variant="ghost" data-size="sm" href=json rel="external">
                        <Icon name=IconName::Braces/>
                        "JSON"
                    </a>
                }
            }
        >
            {body}
        </Panel>
    }
    .into_any()
}

#[component]
fn Row(change: ProductChange, product: String) -> impl IntoView {
    let what = match (&change.edit, &change.into) {
        (Some(edit), _) => edit.fields().join(", "),
        (None, Some(into)) => format!("into {into}"),
        (None, None) => String::new(),
    };
    let icon = match change.action {
        ProductAction::Edited => IconName::Check,
        ProductAction::Merged => IconName::CornerDownRight,
        ProductAction::Undone => IconName::Undo,
    };
    let undo =
        change.is_in_force().then(|| view! { <UndoChange id=change.id name=change.name.clone() product/> });
    let fate = change.undone_at.map(|at| {
        let by = change.undone_by.clone().unwrap_or_default();
        view! { <span>" · undone " <Ago at/> " by " <Told text=by/></span> }
    });
    let took = change.undoes.map(|id| format!(" · took back no. {id}"));
    view! {
        <li class="pl-row">
            <span class="status">
                <Icon name=icon/>
                {change.action.label()}
            </span>
            <div class="pl-main">
                <p class="pl-title trunc">
                    <Told text=what/>
                </p>
                <p class="pl-note">
                    {format!("no. {} · ", change.id)}
                    <Ago at=change.at/>
                    " by "
                    <Told text=change.by/>
                    {took}
                    {fate}
                </p>
            </div>
            {undo}
        </li>
    }
    .into_any()
}

/// A button that takes an entry back.
#[component]
pub fn UndoChange(
    /// The entry.
    id: u64,
    /// What the product was called, for screen readers.
    name: String,
    /// The product's name in links: the page to come back to.
    product: String,
) -> impl IntoView {
    let label = format!("Undo no. {id}: {}", format::plain(&name));
    view! {
        <ChangeForm to=UndoProductFn::url() says=label.clone() refusal=super::refused>
            <input type="hidden" name="product" value=product/>
            <button class="btn" data-size="sm" name="id" value=id.to_string() aria-label=label>
                <Icon name=IconName::Undo/>
                "Undo"
            </button>
        </ChangeForm>
    }
    .into_any()
}
