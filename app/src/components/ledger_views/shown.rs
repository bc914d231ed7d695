//! The saved views as they will be once what is under way is done.

use domain::view::View;
use server_fn::ServerFn as _;

use crate::{
    api::views::{DeleteViewFn, RenameViewFn, ReplaceViewFn, SaveViewFn},
    state::{Change, ChangeState},
};

/// A view as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownView {
    /// What it is called.
    pub(super) name: String,
    /// What it asks.
    pub(super) query: String,
    /// Whether that is not yet confirmed.
    pub(super) pending: bool,
}

/// The views with what is under way done to them. What failed leaves them as they are.
pub(super) fn shown(views: Vec<View>, changes: &[Change]) -> Vec<ShownView> {
    let plain = |view: View| (view.id, ShownView { name: view.name, query: view.query, pending: false });
    let mut all: Vec<(u64, ShownView)> = views.into_iter().map(plain).collect();
    for change in changes.iter().filter(|change| change.is_shown()) {
        apply(&mut all, change);
    }
    all.into_iter().map(|(_, view)| view).collect()
}

fn apply(all: &mut Vec<(u64, ShownView)>, change: &Change) {
    let pending = change.state == ChangeState::Pending;
    let (name, query) = (change.field("name"), change.field("query"));
    let id: Option<u64> = change.field("id").and_then(|id| id.parse().ok());
    if change.to == SaveViewFn::url() {
        let (name, query) = (name.unwrap_or_default().trim().to_owned(), query.unwrap_or_default());
        // The list may have it already: it was told before the answer came.
        if !all.iter().any(|(_, view)| view.name == name) {
            all.push((0, ShownView { name, query, pending }));
        }
    } else if change.to == DeleteViewFn::url() {
        all.retain(|(other, _)| Some(*other) != id);
    } else if change.to == RenameViewFn::url() || change.to == ReplaceViewFn::url() {
        for (_, view) in all.iter_mut().filter(|(other, _)| Some(*other) == id) {
            let before = view.clone();
            view.name = name.as_deref().map_or(before.name, |name| name.trim().to_owned());
            view.query = query.clone().unwrap_or(before.query);
            view.pending = pending;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(id: u64, name: &str) -> View {
        let (name, query) = (name.to_owned(), format!("q={name}"));
        let at = chrono::DateTime::UNIX_EPOCH;
        View { id, name, query, position: id, created_at: at, updated_at: at }
    }

    fn change(to: &str, body: &str, state: ChangeState) -> Change {
        Change {
            key: "k".to_owned(),
            to: to.to_owned(),
            body: body.to_owned(),
            says: String::new(),
            page: String::new(),
            state,
            told: true,
            refusal: str::to_owned,
        }
    }

    fn names(changes: &[Change]) -> Vec<(String, bool)> {
        let shown = shown(vec![view(1, "a"), view(2, "b")], changes);
        shown.into_iter().map(|view| (view.name, view.pending)).collect()
    }

    fn expected(all: &[(&str, bool)]) -> Vec<(String, bool)> {
        all.iter().map(|(name, pending)| ((*name).to_owned(), *pending)).collect()
    }

    #[test]
    fn what_is_under_way_is_shown_as_done() {
        let saved = change(SaveViewFn::url(), "name=+c+&query=q%3Dc", ChangeState::Pending);
        assert_eq!(names(&[saved]), expected(&[("a", false), ("b", false), ("c", true)]));
        let renamed = change(RenameViewFn::url(), "id=2&name=z", ChangeState::Pending);
        assert_eq!(names(&[renamed]), expected(&[("a", false), ("z", true)]));
        let deleted = change(DeleteViewFn::url(), "id=1", ChangeState::Confirmed);
        assert_eq!(names(&[deleted]), expected(&[("b", false)]));
        let replaced = change(ReplaceViewFn::url(), "id=1&query=q%3Dz", ChangeState::Pending);
        let shown = shown(vec![view(1, "a")], &[replaced]);
        assert_eq!((&*shown[0].query, &*shown[0].name, shown[0].pending), ("q=z", "a", true));
    }

    #[test]
    fn what_failed_is_rolled_back() {
        for state in [ChangeState::Lost("x".to_owned()), ChangeState::Refused("taken".to_owned())] {
            let deleted = change(DeleteViewFn::url(), "id=1", state);
            assert_eq!(names(&[deleted]), expected(&[("a", false), ("b", false)]));
        }
    }

    #[test]
    fn a_saved_view_that_the_list_has_is_not_shown_twice() {
        let saved = change(SaveViewFn::url(), "name=b&query=", ChangeState::Confirmed);
        assert_eq!(names(&[saved]), expected(&[("a", false), ("b", false)]));
    }
}
