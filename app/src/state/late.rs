//! What may be told a frame later.

use leptos::prelude::*;

/// The same value, told once what it changes elsewhere is painted: for what is out of sight, as the rows of a menu that is closed,
/// or where a link leads.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn late<T: Clone + PartialEq + Send + Sync + 'static>(value: Signal<T>) -> Signal<T> {
    value
}

/// The same value, told once what it changes elsewhere is painted: for what is out of sight, as the rows of a menu that is closed,
/// or where a link leads.
#[cfg(feature = "hydrate")]
pub(crate) fn late<T: Clone + PartialEq + Send + Sync + 'static>(value: Signal<T>) -> Signal<T> {
    let told = RwSignal::new(value.get_untracked());
    let waits = StoredValue::new(false);
    let tell = move || {
        // The page may be gone.
        let _ = waits.try_set_value(false);
        let now =
            value.try_get_untracked().filter(|now| told.try_with_untracked(|told| told != now) == Some(true));
        if let Some(now) = now {
            let _ = told.try_set(now);
        }
    };
    Effect::new(move || {
        value.track();
        if waits.try_update_value(|waits| std::mem::replace(waits, true)) == Some(false) {
            super::once_painted(tell);
        }
    });
    told.into()
}
