//! The keys that act on every page.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{PaletteState, Shown, attention_keys, main_pages::MAIN_PAGES};
use crate::state::{Go, device_ms, keys};

/// How long the second key may be waited for, in milliseconds.
const PATIENCE_MS: f64 = 1_000.0;

/// ⌘K or Ctrl-K opens the palette; where single keys act, `?` opens the list of keys, `G` followed by a letter goes to a
/// page, and others act on what needs the founder.
pub(super) fn listen(state: PaletteState, single_keys: Signal<bool>) {
    let go = Go::here();
    let led = StoredValue::new(None::<f64>);
    Effect::new(move || {
        let go = go.clone();
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            if (event.meta_key() || event.ctrl_key()) && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                state.open(Shown::Palette);
            } else if single_keys.get_untracked() && keys::is_single(&event) {
                single(&event, state, led, &go);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn single(event: &KeyboardEvent, state: PaletteState, led: StoredValue<Option<f64>>, go: &Go) {
    let key = event.key();
    let now = device_ms();
    let led_at = led.get_value();
    led.set_value((key == "g").then_some(now));
    if led_at.is_some_and(|at| now - at < PATIENCE_MS) {
        if let Some(page) = MAIN_PAGES.iter().find(|page| page.keys[1].eq_ignore_ascii_case(&key)) {
            event.prevent_default();
            go.to(page.href, false);
        }
    } else if key == "?" {
        event.prevent_default();
        state.open(Shown::Keys);
    } else if attention_keys::act(&key) {
        event.prevent_default();
        leptos::task::spawn_local(attention_keys::press(key));
    }
}
