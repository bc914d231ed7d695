//! What the founder changes, from the moment the form is sent until the server has answered.
//!
//! A form that changes something ([`crate::components::ChangeForm`]) becomes a [`Change`]: shown at once as pending, then
//! confirmed by the server's answer or rolled back. Each has a key that the server does a thing once for, so it can be sent
//! again: by a button after the network failed, and by itself after the page was loaded again in the middle of it.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod post;
#[cfg(feature = "hydrate")]
mod unfinished;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(crate) use browser::Submitted;

/// Where a change stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeState {
    /// Sent, and not yet answered: shown as if it were done, with a mark.
    Pending,
    /// The server has done it. Kept until the page has read it anew.
    Confirmed,
    /// The server said no, in a word that the form knows. Nothing was changed.
    Refused(String),
    /// No answer came, or none that says anything: it may be done or not. It can be sent again.
    Lost(String),
}

/// A change that was sent.
#[derive(Debug, Clone)]
pub struct Change {
    /// By what the server knows it again.
    pub key: String,
    /// Where it was posted.
    pub to: String,
    /// The form, as it was sent: pairs, as in an address.
    pub body: String,
    /// What it does, in the founder's words: "Save a view".
    pub says: String,
    /// The address of the page that it was made on, without what forms told there.
    pub page: String,
    /// Where it stands.
    pub state: ChangeState,
    /// Whether the form that tells of it is still there.
    pub told: bool,
    /// What its form says of a refusal, by its word.
    pub refusal: fn(&str) -> String,
}

impl Change {
    /// Whether the page shows it as done.
    pub fn is_shown(&self) -> bool {
        matches!(self.state, ChangeState::Pending | ChangeState::Confirmed)
    }

    /// What a field of the form said.
    pub fn field(&self, name: &str) -> Option<String> {
        #[cfg(feature = "hydrate")]
        return web_sys::UrlSearchParams::new_with_str(&self.body).ok()?.get(name);
        #[cfg(feature = "ssr")]
        return form_urlencoded::parse(self.body.as_bytes())
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned());
        #[cfg(not(any(feature = "hydrate", feature = "ssr")))]
        return Some(name.to_owned()).filter(|_| false);
    }
}

/// The changes of this tab that are under way, or were refused. A context of the whole app; on the server there are none.
#[derive(Debug, Clone)]
pub struct Changes {
    all: ArcRwSignal<Vec<Change>>,
    #[cfg(feature = "hydrate")]
    way: StoredValue<Option<browser::Way>, LocalStorage>,
}

impl Changes {
    /// None yet. Inside the router: what is confirmed leads on, and what was refused for being late has the page read anew.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser sends"))]
    pub fn new(live: &super::Live) -> Self {
        let changes = Self {
            all: ArcRwSignal::default(),
            #[cfg(feature = "hydrate")]
            way: StoredValue::new_local(Some(browser::Way::new(live))),
        };
        #[cfg(feature = "hydrate")]
        changes.clone().take_up();
        changes
    }

    /// Those of the app; none where nobody provides them.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self {
            all: ArcRwSignal::default(),
            #[cfg(feature = "hydrate")]
            way: StoredValue::new_local(None),
        })
    }

    /// What `read` says of them, tracked.
    pub fn with<T>(&self, read: impl FnOnce(&[Change]) -> T) -> T {
        self.all.with(|all| read(all))
    }

    /// What was confirmed is read: the page shows it by itself.
    pub fn settle(&self) {
        if self.all.with_untracked(|all| all.iter().any(|change| change.state == ChangeState::Confirmed)) {
            self.all.update(|all| all.retain(|change| change.state != ChangeState::Confirmed));
        }
    }

    /// The form of a change is gone: what is yet to be told of it is told above the page.
    pub fn release(&self, key: &str) {
        let known = self.all.with_untracked(|all| all.iter().any(|change| change.key == key));
        if known {
            self.update(key, |change| change.told = false);
        }
    }

    /// Nothing more is told of it.
    pub fn dismiss(&self, key: &str) {
        #[cfg(feature = "hydrate")]
        unfinished::forget(key);
        self.all.update(|all| all.retain(|change| change.key != key));
    }

    fn update(&self, key: &str, with: impl FnOnce(&mut Change)) {
        self.all.update(|all| {
            if let Some(change) = all.iter_mut().find(|change| change.key == key) {
                with(change);
            }
        });
    }

    /// Sends it once more. It is done once all the same.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser sends"))]
    pub fn again(&self, key: &str) {
        #[cfg(feature = "hydrate")]
        self.send_again(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(key: &str, state: ChangeState) -> Change {
        Change {
            key: key.to_owned(),
            to: "/api/ui/views/save".to_owned(),
            body: "name=Urgent+%26+late&query=".to_owned(),
            says: "Save a view".to_owned(),
            page: "/hermes/tasks".to_owned(),
            state,
            told: true,
            refusal: str::to_owned,
        }
    }

    #[test]
    fn fields_are_read_as_they_were_written() {
        let change = change("1", ChangeState::Pending);
        assert_eq!(change.field("name").as_deref(), Some("Urgent & late"));
        assert_eq!(change.field("query").as_deref(), Some(""));
        assert_eq!(change.field("id"), None);
    }

    #[test]
    fn what_failed_is_not_shown_as_done() {
        assert!(change("1", ChangeState::Pending).is_shown());
        assert!(change("1", ChangeState::Confirmed).is_shown());
        assert!(!change("1", ChangeState::Refused("taken".to_owned())).is_shown());
        assert!(!change("1", ChangeState::Lost(String::new())).is_shown());
    }

    #[test]
    fn only_what_is_confirmed_is_settled() {
        Owner::new().with(|| {
            let changes = Changes::here();
            changes.all.set(vec![
                change("1", ChangeState::Confirmed),
                change("2", ChangeState::Pending),
                change("3", ChangeState::Lost(String::new())),
            ]);
            changes.settle();
            changes.release("2");
            changes.dismiss("3");
            let left = changes.all.get_untracked();
            assert_eq!(
                left.iter().map(|change| (&*change.key, change.told)).collect::<Vec<_>>(),
                [("2", false)]
            );
        });
    }
}
