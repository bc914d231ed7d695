//! What sections show besides a form.

pub mod demo_data;
pub mod kept;
pub mod kept_pages;
pub mod registry;
pub mod transfer;

use leptos::prelude::*;

use self::{demo_data::DemoData, kept::Kept, registry::Registry, transfer::Transfer};
use crate::api::settings::Extra;

/// What a section shows besides its form.
#[component]
pub fn SettingsExtra(
    /// What it is.
    extra: Extra,
    /// The version in force.
    version: u64,
) -> impl IntoView {
    match extra {
        Extra::None => ().into_any(),
        Extra::Products { products } => view! { <Registry products/> }.into_any(),
        Extra::Retention { last, bytes, stripped, deleted } => {
            view! { <Kept last bytes stripped deleted/> }.into_any()
        }
        Extra::Transfer { text, error, changes } => {
            view! { <Transfer text error changes version/> }.into_any()
        }
        Extra::Demo { demo, location, offered, url } => {
            view! { <DemoData demo location offered url/> }.into_any()
        }
    }
}
