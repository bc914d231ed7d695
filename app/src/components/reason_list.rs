//! Places, and why each is left out.

use leptos::prelude::*;

use crate::{components::Told, format, ui::More};

/// How many reasons stand open; the rest is one click away.
const REASONS: usize = 12;

/// How many places of one reason stand open.
const PLACES: usize = 3;

/// Places with a reason each; those that share one stand together.
#[component]
pub fn ReasonList(
    /// Place and reason.
    items: Vec<(String, String)>,
    /// How many there are; there may be more than `items` lists.
    total: u64,
    /// Whether a place and its reason are short enough for one line.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let listed = items.len() as u64;
    let mut open = by_reason(items);
    let rest = open.split_off(open.len().min(REASONS));
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", format::count(rest.len() as u64, "reason", "reasons"));
        view! { <More summary>{list(rest, short)}</More> }
    });
    let unlisted = total.checked_sub(listed).filter(|unlisted| *unlisted > 0).map(|unlisted| {
        let words = format!("{} more are counted but not listed.", format::number(unlisted));
        view! { <p class="reasons-note">{words}</p> }
    });
    view! {
        {list(open, short)}
        {more}
        {unlisted}
    }
}

/// The places of each reason, in the order in which the reasons come first.
fn by_reason(items: Vec<(String, String)>) -> Vec<(Vec<String>, String)> {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for (place, reason) in items {
        match groups.iter_mut().find(|(_, known)| *known == reason) {
            Some((places, _)) => places.push(place),
            None => groups.push((vec![place], reason)),
        }
    }
    groups
}

fn list(groups: Vec<(Vec<String>, String)>, short: bool) -> impl IntoView {
    let place = |place: String| {
        view! {
            <code class="reasons-place">
                <Told text=place/>
            </code>
        }
    };
    let group = |(mut places, reason): (Vec<String>, String)| {
        let rest = places.split_off(places.len().min(PLACES));
        let more = (!rest.is_empty()).then(|| {
            let summary = format!("{} more places", format::number(rest.len() as u64));
            view! { <More summary>{rest.into_iter().map(place).collect_view()}</More> }
        });
        view! {
            <div>
                <dt>{places.into_iter().map(place).collect_view()} {more}</dt>
                <dd>
                    <Told text=reason/>
                </dd>
            </div>
        }
    };
    let short = short.then_some("");
    view! {
        <dl class="reasons" data-short=short>
            {groups.into_iter().map(group).collect_view()}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_share_a_reason_stand_together() {
        let items = [("a", "old"), ("b", "large"), ("c", "old")];
        let groups = by_reason(items.map(|(place, reason)| (place.to_owned(), reason.to_owned())).into());
        let wanted = [
            (vec!["a".to_owned(), "c".to_owned()], "old".to_owned()),
            (vec!["b".to_owned()], "large".to_owned()),
        ];
        assert_eq!(groups, wanted);
    }
}
