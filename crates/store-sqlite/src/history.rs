//! The history from its roll-ups: whole UTC days from the coarse rows, what is before and after them from the fine ones.

mod fill;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    facts::{Ended, Happened, HistoryFacts, Period, PeriodFacts, day},
    id::ProductId,
    insight::history::FailureCause,
};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

pub(crate) use self::fill::fill;
use crate::{
    error::{json, sql},
    registry,
    time::{from_micros, micros},
};

/// The rows of each period: `?1` is the list of its pieces, `?2` the list of products, `$which` how that is asked for. The
/// pieces stand outside, so that each is one walk along the primary key.
macro_rules! within {
    ($what:literal, $table:literal, $which:literal, $group:literal) => {
        concat!(
            "with pieces (period, grain, since, until) as materialized (",
            "select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?1)) ",
            "select period, ",
            $what,
            " from pieces cross join ",
            $table,
            " as h on h.grain = pieces.grain and h.at >= since and h.at < until where ",
            $which,
            " group by ",
            $group,
            " order by ",
            $group
        )
    };
}

/// What happened within each of those periods, of one product or of all.
pub(crate) async fn history(
    conn: &mut SqliteConnection,
    periods: &[Period],
    product: Option<&ProductId>,
) -> Result<HistoryFacts> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let since: Option<i64> = sqlx::query_scalar(
        "select at from history_ends where grain = 0 and completed + failed + dropped + blocked > 0 order by at limit 1",
    )
    .fetch_optional(&mut *conn)
    .await
    .map_err(sql)?;
    let pieces: Vec<_> =
        periods.iter().enumerate().flat_map(|(index, period)| pieces(index, *period)).collect();
    let pieces = serde_json::to_string(&pieces).map_err(json)?;
    let aliases = registry::aliases(conn).await?;
    let members = product.map(|id| serde_json::to_string(&aliases.members(id))).transpose().map_err(json)?;
    let product = members.as_deref();
    let mut facts = vec![PeriodFacts::default(); periods.len()];
    let mut sums = vec![BTreeMap::<ProductId, Happened>::new(); periods.len()];

    let ends = within!(
        "product, sum(completed), sum(failed), sum(dropped), sum(duration_ms), sum(timed), sum(blocked)",
        "history_ends",
        "(?2 is null or product in (select value from json_each(?2)))",
        "period, product"
    );
    for row in read(conn, ends, &pieces, product).await? {
        let happened = happened(&row);
        if happened != Happened::default() {
            let id = registry::product(row.get(1))?;
            of(&mut sums, &row)?.entry(aliases.resolve(&id).clone()).or_default().add(&happened);
        }
    }
    for (facts, sums) in facts.iter_mut().zip(sums) {
        facts.products = sums.into_iter().collect();
    }
    let durations = within!(
        "slot, sum(n)",
        "history_durations",
        "product in (select value from json_each(coalesce(?2, '[\"\"]')))",
        "period, slot"
    );
    for row in read(conn, durations, &pieces, product).await? {
        let slot = u16::try_from(row.get::<i64, _>(1)).map_err(|_| unknown("a slot of durations"))?;
        match number(&row, 2) {
            0 => {}
            n => of(&mut facts, &row)?.durations.add(slot, n),
        }
    }
    let causes = within!(
        "cause, sum(n)",
        "history_causes",
        "(?2 is null or product in (select value from json_each(?2)))",
        "period, cause"
    );
    for row in read(conn, causes, &pieces, product).await? {
        let place = usize::try_from(row.get::<i64, _>(1)).ok();
        let cause = place.and_then(|place| FailureCause::ALL.get(place)).copied();
        let cause = cause.ok_or_else(|| unknown("a failure category"))?;
        match number(&row, 2) {
            0 => {}
            n => of(&mut facts, &row)?.causes.push((cause, n)),
        }
    }
    Ok(HistoryFacts { since: since.map(from_micros), periods: facts })
}

/// The pieces of a period: its place, the grain, from, to.
fn pieces(index: usize, period: Period) -> impl Iterator<Item = (usize, u8, i64, i64)> {
    let first_day = day(period.from + TimeDelta::days(1) - TimeDelta::microseconds(1)).min(period.to);
    let last_day = day(period.to).max(first_day);
    let all = [(0, period.from, first_day), (1, first_day, last_day), (0, last_day, period.to)];
    let all = all.into_iter().filter(|(_, from, to)| from < to);
    all.map(move |(grain, from, to)| (index, grain, micros(from), micros(to)))
}

async fn read(
    conn: &mut SqliteConnection,
    query: &'static str,
    pieces: &str,
    product: Option<&str>,
) -> Result<Vec<SqliteRow>> {
    let query = sqlx::query(query).bind(pieces).bind(product);
    query.fetch_all(conn).await.map_err(sql)
}

fn of<'a, T>(facts: &'a mut [T], row: &SqliteRow) -> Result<&'a mut T> {
    let place = usize::try_from(row.get::<i64, _>(0)).ok();
    place.and_then(|place| facts.get_mut(place)).ok_or_else(|| unknown("a period"))
}

fn happened(row: &SqliteRow) -> Happened {
    let ended = Ended {
        completed: number(row, 2),
        failed: number(row, 3),
        dropped: number(row, 4),
        duration_ms: number(row, 5),
        timed: number(row, 6),
    };
    Happened { ended, blocked: number(row, 7) }
}

fn number(row: &SqliteRow, column: usize) -> u64 {
    u64::try_from(row.get::<i64, _>(column)).unwrap_or(0)
}

fn unknown(what: &str) -> StoreError {
    StoreError::Corrupt(format!("{what} that this version does not know"))
}
