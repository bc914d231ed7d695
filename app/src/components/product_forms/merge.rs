//! Merging a product into another.

use leptos::prelude::*;
use server_fn::ServerFn as _;

use crate::{
    api::products::{MergeProductFn, ProductSheet},
    components::{ChangeForm, Sent},
    format,
    ui::Panel,
};

/// The form that merges a product into another; what follows from it stands before the button.
#[component]
pub fn MergePanel(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
    /// The field that the last form was refused for.
    refused: Option<String>,
) -> impl IntoView {
    let sent = Sent::new();
    let (others, slug, name) = sheet.with_value(|sheet| {
        let product = &sheet.insight.product;
        (sheet.others.clone(), product.slug.clone(), format::plain(&product.name).into_owned())
    });
    let wrong = move || {
        let refused = sent.refused().or_else(|| refused.clone());
        (refused.as_deref() == Some("into"))
            .then(|| view! { <span class="pf-error" role="alert">"Choose another product."</span> })
    };
    let says = format!("Merge {name}");
    let body = if others.is_empty() {
        view! { <p class="panel-line t3">"There is no other product to merge it into."</p> }.into_any()
    } else {
        let option = |(id, name): (domain::id::ProductId, String)| {
            view! { <option value=id.to_string()>{format::plain(&name).into_owned()}</option> }
        };
        let options = others.into_iter().map(option).collect::<Vec<_>>();
        view! {
            <div class="pf-merge">
                <p class="sm">
                    "All tasks of "
                    <bdi>{name}</bdi>
                    " count for the other product, in lists and figures, those that come later, too. Its old links lead there. \
                     What the other product does not know is filled from this one. Undo in the log brings both back as they were."
                </p>
                <ChangeForm to=MergeProductFn::url() says refusal=super::refused sent>
                    <input type="hidden" name="product" value=slug/>
                    <label class="pf-field">
                        <span>"Merge into"</span>
                        <select class="pf-input" name="into" required>
                            <option value="">"Choose a product"</option>
                            {options}
                        </select>
                        {wrong}
                    </label>
                    <button class="btn">"Merge"</button>
                </ChangeForm>
            </div>
        }
        .into_any()
    };
    view! {
        <Panel title="Merge" id="merge">
            {body}
        </Panel>
    }
    .into_any()
}
