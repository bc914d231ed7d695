//! When tasks came into being: a few spans, and one of one's own.

use chrono::{Days, NaiveDate};
use domain::{query::DateBound, zone::Zone};
use leptos::prelude::*;

use crate::{
    format,
    ledger::Address,
    state::Clock,
    ui::{Menu, MenuLook},
};

/// Spans up to today: their name, and how many days before today they begin.
const SPANS: [(&str, u64); 4] = [("Today", 0), ("7 days", 6), ("30 days", 29), ("90 days", 89)];

/// A span of dates or moments in words; `None` where it has no end at all.
pub(super) fn span(from: Option<DateBound>, to: Option<DateBound>, zone: &Zone) -> Option<String> {
    let words = |bound: DateBound| match bound {
        DateBound::Date(date) => format::day(date),
        DateBound::At(at) => format::day_clock(at, zone),
    };
    Some(match (from, to) {
        (None, None) => return None,
        (Some(from), Some(to)) if from == to => words(from),
        (Some(from), Some(to)) => format!("{} – {}", words(from), words(to)),
        (Some(from), None) => format!("since {}", words(from)),
        (None, Some(to)) => format!("until {}", words(to)),
    })
}

/// The menu of spans. Days are the founder's.
#[component]
pub fn DateMenu(
    /// What the address asks for.
    address: Signal<Address>,
    /// What its links change: the same, perhaps a frame later.
    behind: Signal<Address>,
) -> impl IntoView {
    let today = use_context::<Clock>().map(|clock| clock.zone().local(clock.started()).0.date_naive());
    let spans = move || {
        today
            .into_iter()
            .flat_map(|today| SPANS.map(|(name, back)| (name, begin(today, back))))
            .collect::<Vec<_>>()
    };
    let asked =
        Memo::new(move |_| address.with(|address| (address.query.filter.from, address.query.filter.to)));
    let is = move |begin: NaiveDate| asked.get() == (Some(DateBound::Date(begin)), None);
    let chosen = move || {
        let named = spans().into_iter().find(|(_, begin)| is(*begin)).map(|(name, _)| name);
        let (from, to) = asked.get();
        let chosen = named.or_else(|| (from.is_some() || to.is_some()).then_some("some days"));
        chosen.map(|chosen| view! { " " <b>{chosen}</b> })
    };
    let links = move || {
        let link = |(name, begin): (&'static str, NaiveDate)| {
            let href = behind.with(|address| {
                let mut query = address.query.clone();
                (query.filter.from, query.filter.to) = (Some(DateBound::Date(begin)), None);
                address.asking(query)
            });
            let mark = is(begin).then_some("true");
            view! {
                <a class="menu-item" href=href aria-current=mark data-noscroll="">
                    {name}
                    <span class="menu-n">{format!("since {}", format::day(begin))}</span>
                </a>
            }
            .into_any()
        };
        spans().into_iter().map(link).collect::<Vec<_>>()
    };
    view! {
        <Menu
            look=MenuLook::Choice
            label=move || {
                view! {
                    "Created"
                    {chosen}
                }
            }
        >
            <div>{links}</div>
            <hr/>
            <div class="f-dates">
                {bound("from", "From", Signal::derive(move || asked.get().0))}
                {bound("to", "To, that day included", Signal::derive(move || asked.get().1))}
            </div>
        </Menu>
    }
    .into_any()
}

fn begin(today: NaiveDate, back: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(back)).unwrap_or(today)
}

/// A field for a bound: of dates, or of text where the address names a moment.
fn bound(name: &'static str, label: &'static str, bound: Signal<Option<DateBound>>) -> AnyView {
    let kind = move || if matches!(bound.get(), Some(DateBound::At(_))) { "text" } else { "date" };
    let value = move || bound.get().map(|bound| bound.to_string()).unwrap_or_default();
    view! {
        <label>
            {label}
            <span class="input">
                <input type=kind name=name value=value prop:value=value/>
            </span>
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_by_its_ends() {
        let check = |from: &str, to: &str| span(from.parse().ok(), to.parse().ok(), &Zone::utc());
        assert_eq!(check("", ""), None);
        assert_eq!(check("2026-05-18", "2026-05-25").as_deref(), Some("18 May 2026 – 25 May 2026"));
        assert_eq!(check("2026-05-18", "2026-05-18").as_deref(), Some("18 May 2026"));
        assert_eq!(check("2026-05-18", "").as_deref(), Some("since 18 May 2026"));
        assert_eq!(check("", "2026-05-25T09:40:00Z").as_deref(), Some("until Mon 25 May, 09:40"));
    }
}
