//! Menus: a button that opens what can be chosen.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// What the button of a menu looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuLook {
    /// A button, its menu flush with its end.
    Button,
    /// A choice, with the mark that it opens, its menu flush with its start.
    Choice,
}

/// A button that opens a menu below it. Works without scripts; of all menus of a page, one is open at a time.
#[component]
pub fn Menu(
    /// What the button looks like.
    look: MenuLook,
    /// What stands on the button.
    #[prop(into)]
    label: ViewFnOnce,
    /// What the menu holds: rows of the class `menu-item`.
    children: Children,
) -> impl IntoView {
    let choice = look == MenuLook::Choice;
    view! {
        <details class="drop" name="menu">
            <summary class=if choice { "select" } else { "btn" }>
                {label.run()}
                {choice.then(|| view! { <Icon name=IconName::ChevronDown size=12/> })}
            </summary>
            <div class="menu" data-end=(!choice).then_some("")>
                {children()}
            </div>
        </details>
    }
    .into_any()
}

/// Closes open menus on Escape and on a click beside them, for as long as the page is there. Where scripts do not
/// run, the button closes its menu.
pub fn close_menus() {
    #[cfg(feature = "hydrate")]
    Effect::new(|| {
        let click = window_event_listener(leptos::ev::click, |event| close(event.target()));
        let key = window_event_listener(leptos::ev::keydown, |event| {
            if event.key() == "Escape" {
                close(None);
            }
        });
        on_cleanup(move || {
            click.remove();
            key.remove();
        });
    });
}

/// Closes the menus that `inside` is not in; a menu that holds the focus gives it back to its button.
#[cfg(feature = "hydrate")]
fn close(inside: Option<web_sys::EventTarget>) {
    use leptos::wasm_bindgen::JsCast;

    let inside: Option<web_sys::Node> = inside.and_then(|target| target.dyn_into().ok());
    let focus = document().active_element();
    let Ok(open) = document().query_selector_all("details.drop[open]") else { return };
    for menu in (0..open.length()).filter_map(|index| open.get(index)?.dyn_into::<web_sys::Element>().ok()) {
        if menu.contains(inside.as_ref()) {
            continue;
        }
        let held = inside.is_none() && menu.contains(focus.as_deref());
        // Neither can fail in a way that anyone could mend.
        let _ = menu.remove_attribute("open");
        if let Some(button) = menu.first_element_child().filter(|_| held) {
            let _ = button.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    }
}
