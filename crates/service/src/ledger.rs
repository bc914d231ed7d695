//! The task ledger: a page of it with its facets, and where the founder's days begin for it.

use chrono_tz::Tz;
use domain::{
    product::Product,
    query::{Facets, Page, TaskFilter, TaskQuery},
    task::Task,
};

use crate::{Hermes, calendar, error::Result};

/// What the page of the ledger shows, of one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// The tasks of the page.
    pub page: Page<Task>,
    /// For each filter, how many tasks each of its values would show.
    pub facets: Facets,
    /// How many tasks there are at all, whatever the filters.
    pub all: u64,
    /// All products, by name: for the names of those that tasks and facets name by id.
    pub products: Vec<Product>,
}

impl Hermes {
    /// A page of the ledger. Whole dates are the founder's days.
    pub async fn ledger(&self, query: &TaskQuery) -> Result<Ledger> {
        let query = TaskQuery { filter: self.settled(&query.filter).await?, ..query.clone() };
        let (mut page, facets) = self.store().ledger(&query).await?;
        self.inferred(&mut page.items).await?;
        let all = self.store().info().await?.tasks;
        Ok(Ledger { page, facets, all, products: self.store().products().await? })
    }

    /// The tasks asked for: filtered and ordered by what sources told. A priority that only a rule of the settings gives
    /// is listed in `inferred`. Whole dates are the founder's days.
    pub async fn tasks(&self, query: &TaskQuery) -> Result<Page<Task>> {
        let query = TaskQuery { filter: self.settled(&query.filter).await?, ..query.clone() };
        let mut page = self.store().tasks(&query).await?;
        self.inferred(&mut page.items).await?;
        Ok(page)
    }

    /// For each filter, how many tasks each of its values would show. Whole dates are the founder's days.
    pub async fn facets(&self, filter: &TaskFilter) -> Result<Facets> {
        Ok(self.store().facets(&self.settled(filter).await?).await?)
    }

    /// The filter with its dates as moments: days are the founder's, by the zone of the settings.
    pub(crate) async fn settled(&self, filter: &TaskFilter) -> Result<TaskFilter> {
        let bounds = [filter.from, filter.to, filter.ended_from, filter.ended_to];
        if bounds.iter().all(Option::is_none) {
            return Ok(filter.clone());
        }
        Ok(settled(filter, calendar::zone_of(&self.settings().await?)))
    }
}

fn settled(filter: &TaskFilter, zone: Tz) -> TaskFilter {
    let midnight = |date| calendar::midnight(zone, date);
    TaskFilter {
        from: filter.from.map(|from| from.settled(false, midnight)),
        to: filter.to.map(|to| to.settled(true, midnight)),
        ended_from: filter.ended_from.map(|from| from.settled(false, midnight)),
        ended_to: filter.ended_to.map(|to| to.settled(true, midnight)),
        ..filter.clone()
    }
}

#[cfg(test)]
mod tests {
    use domain::query::DateBound;

    use super::*;

    fn check(zone: Tz, text: &str, from: &str, to: &str) {
        let filter = settled(&TaskQuery::parse(text).unwrap().filter, zone);
        let at = |text: &str| (!text.is_empty()).then(|| DateBound::At(text.parse().unwrap()));
        assert_eq!((filter.from, filter.to), (at(from), at(to)), "{text} in {zone}");
    }

    #[test]
    fn whole_dates_are_days_of_the_zone() {
        let both = "from=2026-11-20&to=2026-11-20";
        check(Tz::America__Los_Angeles, both, "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z");
        check(Tz::UTC, both, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
        check(Tz::Asia__Kolkata, both, "2026-11-19T18:30:00Z", "2026-11-20T18:30:00Z");
    }

    #[test]
    fn a_day_on_which_the_clock_changes_has_23_hours() {
        let both = "from=2026-03-29&to=2026-03-29";
        check(Tz::Europe__Berlin, both, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    }

    #[test]
    fn moments_are_what_they_are() {
        let moment = "2026-11-20T10:00:00Z";
        check(Tz::Asia__Tokyo, &format!("from={moment}&to={moment}"), moment, moment);
        check(Tz::Asia__Tokyo, "to=2026-11-20", "", "2026-11-20T15:00:00Z");
    }
}
