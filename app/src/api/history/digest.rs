//! The page of a digest, from the insight.

use chrono::{DateTime, Utc};
use domain::{
    insight::{best_action::BestAction, digest::Digest, history::Week},
    product::Product,
    task::Task,
    zone::Zone,
};

use super::{
    DigestHead, DigestItem, DigestPage,
    figures::{self, day, day_of_year, last_moment},
    view::{known, named},
};
use crate::{format, links};

/// How much of a text stands in a row, in characters.
const MOST: usize = 200;

/// The head of a digest.
pub(super) fn head(digest: &Digest, products: &[Product], zone: &Zone) -> DigestHead {
    let last = if digest.current { digest.until } else { last_moment(digest.until) };
    let so_far = if digest.current { ", so far" } else { "" };
    let against = if digest.current { "by this time a week ago" } else { "the week before" };
    let first = digest.founder.first().or(digest.automatic.first());
    DigestHead {
        week: digest.week.clone(),
        words: format!("{} – {}{so_far}", day(digest.since, zone), day_of_year(last, zone)),
        current: digest.current,
        figures: figures::head(&digest.figures, digest.before.as_ref(), against),
        recommended: first.map(|action| proposed(action, products)),
    }
}

/// The page of a digest.
pub(super) fn page(digest: Digest, products: &[Product], zone: Zone, now: DateTime<Utc>) -> DigestPage {
    let week: Option<Week> = digest.week.parse().ok();
    let named_tasks = |tasks: &[Task], text: fn(&Task) -> Option<&String>| -> Vec<DigestItem> {
        tasks.iter().map(|task| item(task, text(task), products)).collect()
    };
    let head = head(&digest, products, &zone);
    let blocked = digest.current.then(|| {
        let mut items = named_tasks(&digest.blocked, |task| task.blocker_reason.as_ref());
        // It is blocked still: there is no end to tell.
        items.iter_mut().for_each(|item| item.at = None);
        items
    });
    let name = |id| {
        let (name, href) = named(id, products);
        (name, href.unwrap_or_default())
    };
    DigestPage {
        earlier: week
            .filter(|_| digest.known_since.is_some_and(|since| since < digest.since))
            .map(|week| week.before().to_string()),
        later: week.filter(|_| !digest.current).map(|week| week.after().to_string()),
        known: known(digest.known_since, digest.since, &zone),
        shipped: named_tasks(&digest.shipped, |_| None),
        shipped_more: digest.shipped_more,
        failed: named_tasks(&digest.failed, |task| task.error.as_ref()),
        failed_total: digest.ended.failed,
        blocked,
        advanced: digest.advanced.iter().map(name).collect(),
        founder: digest.founder.iter().map(|action| proposed(action, products)).collect(),
        automatic: digest.automatic.iter().map(|action| proposed(action, products)).collect(),
        head,
        now,
        zone,
    }
}

fn item(task: &Task, text: Option<&String>, products: &[Product]) -> DigestItem {
    DigestItem {
        title: task.title.clone(),
        href: links::task(&task.id),
        product: (!task.product_id.is_unassigned()).then(|| named(&task.product_id, products).0),
        text: text.map(|text| short(text)),
        at: Some(task.ended_at()),
        verb: None,
    }
}

/// The text, or its beginning.
fn short(text: &str) -> String {
    format::excerpt(text, MOST).unwrap_or_else(|| text.to_owned())
}

fn proposed(action: &BestAction, products: &[Product]) -> DigestItem {
    let product = action.product_id.as_ref().filter(|id| !id.is_unassigned());
    DigestItem {
        title: action.title.clone(),
        href: links::subject(&action.subject),
        product: product.map(|id| named(id, products).0),
        text: action.because.as_deref().map(short),
        at: None,
        verb: Some(action.verb.label().to_owned()),
    }
}
