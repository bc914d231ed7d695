//! Keeping the mirror fresh.

use leptos::{prelude::*, task::spawn_local};

use super::{
    Mirror,
    course::{Course, Telling},
    fill::{MANIFEST, build},
    held::Heard,
};
use crate::state::{device_ms, fetch::bytes};

impl Mirror {
    /// Something was told; `from` is the place before it.
    pub(super) fn hear(self, from: Option<f64>, name: &str, data: &str) {
        let heard = self.state.try_update_value(|state| match state.course.tell(device_ms()) {
            Telling::Kept => {
                state.queue.push((from, name.to_owned(), data.to_owned()));
                None
            }
            Telling::Anew => Some(Heard::Missed),
            Telling::Folded => state.held.as_mut().map(|held| held.hear(from, name, data)),
        });
        match heard.flatten() {
            None | Some(Heard::Fresh) => self.tidy(),
            Some(Heard::Products) => self.renew(),
            Some(Heard::Missed) => self.begin(),
            Some(Heard::Foreign) => self.give_up(),
        }
    }

    /// It holds what the server holds, but for what changed after that was read.
    pub(super) fn is_whole(self) {
        if self.go(Course::is_whole) == Some(true) {
            self.renew();
        }
    }

    /// Holds nothing more: the server is newer.
    pub(super) fn give_up(self) {
        let _ = self.state.try_update_value(|state| state.held = None);
        self.go(Course::give_up);
    }

    /// Puts what changed in order, in idle time. Answers are right without, but slower.
    fn tidy(self) {
        if self.state.try_update_value(|state| state.course.tidies()) != Some(true) {
            return;
        }
        spawn_local(async move {
            build(|| self.state.try_update_value(|state| state.held.as_mut()?.build_some()).flatten()).await;
            let _ = self.state.try_update_value(|state| state.course.is_tidy());
        });
    }

    /// Asks what the products and rules are now. Until that is known, the server answers.
    pub(super) fn renew(self) {
        let Some(filling) = self.go(Course::renew).flatten() else { return };
        spawn_local(async move {
            let manifest = bytes(MANIFEST).await;
            if !self.goes_on(filling) {
                return;
            }
            let known = self.state.try_update_value(|state| {
                state.held.as_mut().zip(manifest).is_some_and(|(held, manifest)| held.renew(&manifest))
            });
            match known {
                Some(true) => self.is_whole(),
                Some(false) => {
                    let _ = self.state.try_update_value(|state| state.course.renewal_failed());
                    self.begin();
                }
                None => {}
            }
        });
    }
}
