//! Moving between items, and pressing their buttons.

use std::cell::RefCell;

use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, closure::Closure},
};
use web_sys::{Element, HtmlElement, HtmlInputElement, MutationObserver, MutationObserverInit};

use super::ITEMS;

/// Marks the item that the keys act on.
const MARK: &str = "data-focus";
/// Marks the button that waits for `Enter`.
const ASKS: &str = "data-asks";

/// The item that the keys act on.
#[derive(Debug, Clone)]
struct Chosen {
    /// What it is, whichever row shows it.
    key: String,
    /// Its place: another item comes to it when this one goes.
    place: usize,
    /// Whether it holds the focus, unless its row was taken from under it. Who points elsewhere takes it away.
    holds: bool,
}

thread_local! {
    static CHOSEN: RefCell<Option<Chosen>> = const { RefCell::new(None) };
    static WATCHED: RefCell<Option<MutationObserver>> = const { RefCell::new(None) };
}

pub(super) fn press(key: &str) {
    watch();
    let items = items();
    let at = present(&items);
    match (key, at) {
        ("j" | "k", None) => choose(&items, 0),
        ("j", Some(at)) => choose(&items, at + 1),
        ("k", Some(at)) => choose(&items, at.saturating_sub(1)),
        // On a page with one thing to decide there is nothing to choose.
        (_, None) if items.len() == 1 => act(key, &items, 0),
        (_, Some(at)) => act(key, &items, at),
        _ => {}
    }
}

/// The items that can be seen, in their order.
fn items() -> Vec<Element> {
    let Ok(all) = document().query_selector_all(ITEMS) else { return Vec::new() };
    let all = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok());
    all.filter(|item| item.offset_parent().is_some()).map(HtmlElement::into).collect()
}

/// What an item is: its forms say it.
fn key(item: &Element) -> String {
    let key = item.query_selector("input[name=item]").ok().flatten();
    key.map(|key| key.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}

/// The place of the item that has the focus, or else of the one that was chosen last.
fn present(items: &[Element]) -> Option<usize> {
    let focused = document().active_element();
    let holds = |item: &Element| item.contains(focused.as_deref());
    let chosen = || CHOSEN.with_borrow(Option::clone);
    items.iter().position(holds).or_else(|| {
        let chosen = chosen()?;
        items.iter().position(|item| key(item) == chosen.key)
    })
}

/// Chooses the item at that place: it has the focus, is marked, and says why.
fn choose(items: &[Element], at: usize) {
    let Some(item) = items.get(at) else { return };
    for other in items.iter().filter(|other| other.has_attribute(MARK) && *other != item) {
        let _ = other.remove_attribute(MARK);
        open_why(other, false);
    }
    mark(item);
    open_why(item, true);
    focus(item);
    CHOSEN.set(Some(Chosen { key: key(item), place: at, holds: true }));
}

fn mark(item: &Element) {
    // The attribute has a name.
    let _ = item.set_attribute(MARK, "");
}

fn focus(item: &Element) {
    let target = item.query_selector("a.q-title, .q-act button, .task-needs-act button").ok().flatten();
    if let Some(target) = target {
        let _ = target.unchecked_ref::<HtmlElement>().focus();
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        item.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn open_why(item: &Element, open: bool) {
    if let Ok(Some(why)) = item.query_selector(".q-evidence") {
        let _ = if open { why.set_attribute("open", "") } else { why.remove_attribute("open") };
    }
}

fn act(key: &str, items: &[Element], at: usize) {
    let item = &items[at];
    choose_for(items, at);
    match key {
        "x" => {
            let is_open = item.query_selector(".q-evidence[open]").is_ok_and(|why| why.is_some());
            open_why(item, !is_open);
        }
        "a" => main_action(item),
        "s" => snooze(item),
        _ => {}
    }
}

/// An item that is acted on without having been moved to becomes the chosen one, and stays as open as it is.
fn choose_for(items: &[Element], at: usize) {
    for other in items.iter().filter(|other| other.has_attribute(MARK)) {
        let _ = other.remove_attribute(MARK);
    }
    mark(&items[at]);
    CHOSEN.set(Some(Chosen { key: key(&items[at]), place: at, holds: true }));
}

/// Presses the item's first button. Where the item is critical, the button asks once more.
fn main_action(item: &Element) {
    let button = ".q-act > form button:not([type=button]), .task-needs-act > form button:not([type=button])";
    let Ok(Some(button)) = item.query_selector(button) else { return };
    let critical = item.query_selector(".sev[data-tone=danger]").is_ok_and(|mark| mark.is_some());
    let button: HtmlElement = button.unchecked_into();
    if critical && !button.has_attribute(ASKS) {
        ask(&button);
    } else {
        press_later(button);
    }
    // What is decided goes elsewhere in the list, and the next item comes to its place.
    CHOSEN.with_borrow_mut(|chosen| chosen.iter_mut().for_each(|chosen| chosen.key.clear()));
}

/// The button says that `Enter` confirms, until the focus goes elsewhere.
fn ask(button: &HtmlElement) {
    let _ = button.set_attribute(ASKS, "Enter");
    let _ = button.set_attribute("aria-description", "Press Enter to confirm");
    let _ = button.focus();
    let asked = button.clone();
    let left = Closure::once_into_js(move || {
        let _ = asked.remove_attribute(ASKS);
        let _ = asked.remove_attribute("aria-description");
    });
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    // A listener is refused by nothing.
    let _ = button.add_event_listener_with_callback_and_add_event_listener_options(
        "focusout",
        left.unchecked_ref(),
        &options,
    );
}

fn press_later(button: HtmlElement) {
    // Later: a click within a key's handler would call handlers within one another.
    leptos::task::spawn_local(async move { button.click() });
}

/// Opens the times to snooze until, with the first of them in focus.
fn snooze(item: &Element) {
    let Ok(Some(menu)) = item.query_selector(".snooze") else { return };
    let _ = menu.set_attribute("open", "");
    if let Ok(Some(first)) = menu.query_selector(".snooze-choice") {
        let _ = first.unchecked_into::<HtmlElement>().focus();
    }
}

/// When rows are made anew under the focus, it stays with its item; where the item went, with the one that took its place.
fn watch() {
    if WATCHED.with_borrow(Option::is_some) {
        return;
    }
    let changed = Closure::<dyn Fn()>::new(restore).into_js_value();
    let (Ok(observer), Some(app)) = (MutationObserver::new(changed.unchecked_ref()), document().body())
    else {
        return;
    };
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    if observer.observe_with_options(&app, &what).is_ok() {
        WATCHED.set(Some(observer));
    }
    let elsewhere = Closure::<dyn Fn()>::new(|| {
        CHOSEN.with_borrow_mut(|chosen| chosen.iter_mut().for_each(|chosen| chosen.holds = false));
    });
    // A listener is refused by nothing.
    let _ =
        document().add_event_listener_with_callback("pointerdown", elsewhere.into_js_value().unchecked_ref());
}

fn restore() {
    let Some(chosen) = CHOSEN.with_borrow(Option::clone) else { return };
    let items = items();
    if items.is_empty() {
        // The page was left, or nothing needs the founder any more.
        CHOSEN.set(None);
        return;
    }
    let nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    let lost = nowhere && chosen.holds;
    match items.iter().position(|item| key(item) == chosen.key) {
        Some(at) if lost => choose(&items, at),
        Some(at) if !items[at].has_attribute(MARK) => mark(&items[at]),
        None if lost => choose(&items, chosen.place.min(items.len() - 1)),
        _ => {}
    }
}
