//! Neglected products: nobody has worked on them for too long.

use chrono::{DateTime, TimeDelta, Utc};

use super::health::is_off;
use crate::{product::Product, settings::Rules};

/// Since when the product is neglected: its last activity, or its beginning where there was none, if that lies at least
/// `rules.neglect_days` back. `None` for products that are not, and for those that are paused, archived or an idea: of
/// them nothing is expected.
pub fn neglected_since(product: &Product, now: DateTime<Utc>, rules: &Rules) -> Option<DateTime<Utc>> {
    let last = product.last_hermes_activity_at.unwrap_or(product.created_at);
    let long = now - last >= TimeDelta::days(rules.neglect_days.into());
    (long && !is_off(product) && !product.id.is_unassigned()).then_some(last)
}
