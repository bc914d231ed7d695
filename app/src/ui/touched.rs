//! Whether a form was written in.

/// Whether a field of those forms says something else than it was made with. What cannot be seen was not.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has fields"))]
pub fn is_touched(forms: &str) -> bool {
    #[cfg(feature = "hydrate")]
    return browser::any(forms);
    #[cfg(not(feature = "hydrate"))]
    false
}

/// Whether that part of the page is there and stands open.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has parts that open"))]
pub fn is_open(details: &str) -> bool {
    #[cfg(feature = "hydrate")]
    return leptos::prelude::document()
        .query_selector(&format!("{details}[open]"))
        .is_ok_and(|found| found.is_some());
    #[cfg(not(feature = "hydrate"))]
    false
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{prelude::document, wasm_bindgen::JsCast};
    use web_sys::{HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement, Node};

    pub(super) fn any(forms: &str) -> bool {
        let fields = format!("{forms} :is(input, textarea, option)");
        let Ok(all) = document().query_selector_all(&fields) else { return false };
        (0..all.length()).filter_map(|at| all.get(at)).any(|field| differs(&field))
    }

    fn differs(field: &Node) -> bool {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            return match &*input.type_() {
                "hidden" => false,
                "checkbox" | "radio" => input.checked() != input.default_checked(),
                _ => input.value() != input.default_value(),
            };
        }
        if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            return area.default_value().is_ok_and(|made| made != area.value());
        }
        // Where no option was chosen to begin with, the browser shows the first.
        let first = |option: &HtmlOptionElement| option.index() == 0 && option.selected();
        field
            .dyn_ref::<HtmlOptionElement>()
            .is_some_and(|option| option.selected() != option.default_selected() && !first(option))
    }
}
