//! Links that somebody is about to follow.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use web_sys::{Element, Url};

/// How long a pointer rests on a link before it is taken for one that is about to be followed, in milliseconds: one that
/// passes over asks for nothing.
const RESTS_MS: u32 = 60;

/// Calls `then` with the path and the query of each such link, for as long as the app is there.
pub(super) fn watch(then: impl Fn(&str, &str) + 'static) {
    if is_spared() {
        return;
    }
    let then = Rc::new(then);
    let rests = Rc::new(RefCell::new(None::<Timeout>));
    let over = {
        let (then, rests) = (Rc::clone(&then), Rc::clone(&rests));
        move |event: ev::PointerEvent| {
            // A finger does not rest: it is on its way to press.
            let link = (event.pointer_type() == "mouse").then(|| link(event.target())).flatten();
            let then = Rc::clone(&then);
            *rests.borrow_mut() =
                link.map(|link| Timeout::new(RESTS_MS, move || then(&link.pathname(), &link.search())));
        }
    };
    let pressed = move |event: ev::PointerEvent| {
        if let Some(link) = link(event.target()) {
            then(&link.pathname(), &link.search());
        }
    };
    for listener in
        [window_event_listener(ev::pointerover, over), window_event_listener(ev::pointerdown, pressed)]
    {
        on_cleanup(move || listener.remove());
    }
}

/// The address of the link around that element, where it is another page of ours.
fn link(target: Option<web_sys::EventTarget>) -> Option<Url> {
    let element = target?.dyn_into::<Element>().ok()?;
    let link = element.closest("a[href]:not([target], [download], [rel=external])").ok()??;
    let here = window().location();
    let url = Url::new_with_base(&link.get_attribute("href")?, &here.href().ok()?).ok()?;
    (url.origin() == here.origin().ok()? && url.pathname() != here.pathname().ok()?).then_some(url)
}

/// Whether the founder asked browsers to save data.
fn is_spared() -> bool {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
    get(&get(&window().navigator(), "connection"), "saveData").is_truthy()
}
