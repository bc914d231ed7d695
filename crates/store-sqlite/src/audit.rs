//! The log of decisions.

use chrono::{DateTime, Utc};
use domain::{
    decision::{AuditAction, AuditEntry},
    id::{BadId, ItemKey},
    query::{Page, PageRequest},
};
use sqlx::{QueryBuilder, Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

use crate::{
    error::{json, sql},
    time::{from_micros, micros},
};

/// An entry with what became of it.
const SELECT: &str = "select audit.*, undone.at as undone_at, undone.who as undone_by, decision_ends.at as ended_at, \
    exists (select 1 from decisions where decisions.id = audit.id and not exists ( \
        select 1 from decisions as later where later.item = decisions.item and later.id > decisions.id)) as in_force \
    from audit left join audit as undone on undone.undoes = audit.id \
    left join decision_ends on decision_ends.id = audit.id";

/// An entry that is added. The time is the store's.
pub(crate) struct New<'a> {
    pub(crate) by: &'a str,
    pub(crate) action: AuditAction,
    pub(crate) item: &'a str,
    pub(crate) title: &'a str,
    pub(crate) cause: &'a str,
    pub(crate) subject: Option<&'a str>,
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) note: Option<&'a str>,
    pub(crate) undoes: Option<u64>,
}

/// Adds an entry; its id.
pub(crate) async fn add(conn: &mut SqliteConnection, new: New<'_>, now: DateTime<Utc>) -> Result<u64> {
    let id: i64 = sqlx::query_scalar(
        "insert into audit (at, who, action, item, title, cause, subject, until, note, undoes) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(micros(now))
    .bind(new.by)
    .bind(new.action as i64)
    .bind(new.item)
    .bind(new.title)
    .bind(new.cause)
    .bind(new.subject)
    .bind(new.until.map(micros))
    .bind(new.note)
    .bind(new.undoes.map(place))
    .fetch_one(conn)
    .await
    .map_err(sql)?;
    Ok(u64::try_from(id).unwrap_or(0))
}

/// One entry.
pub(crate) async fn entry(conn: &mut SqliteConnection, id: u64) -> Result<Option<AuditEntry>> {
    let mut query = QueryBuilder::new(SELECT);
    query.push(" where audit.id = ").push_bind(place(id));
    let row = query.build().fetch_optional(conn).await.map_err(sql)?;
    row.as_ref().map(decode).transpose()
}

/// The entries, the newest first.
pub(crate) async fn page(conn: &mut SqliteConnection, page: PageRequest) -> Result<Page<AuditEntry>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let total: i64 =
        sqlx::query_scalar("select count(*) from audit").fetch_one(&mut *conn).await.map_err(sql)?;
    let mut query = QueryBuilder::new(SELECT);
    query.push(" order by audit.id desc limit ").push_bind(i64::from(page.per_page));
    query.push(" offset ").push_bind(i64::try_from(page.offset()).unwrap_or(i64::MAX));
    let rows = query.build().fetch_all(conn).await.map_err(sql)?;
    let items = rows.iter().map(decode).collect::<Result<_>>()?;
    Ok(Page::new(items, u64::try_from(total).unwrap_or(0), page))
}

/// An id as the database counts; one beyond its reach is nobody's.
pub(crate) fn place(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(-1)
}

/// The action of that place in the list.
pub(crate) fn action(place: i64) -> Result<AuditAction> {
    let action = usize::try_from(place).ok().and_then(|place| AuditAction::ALL.get(place));
    action
        .copied()
        .ok_or_else(|| StoreError::Corrupt("a decision of a kind that this version does not know".to_owned()))
}

/// An item's key.
pub(crate) fn key(text: &str) -> Result<ItemKey> {
    text.parse().map_err(|error: BadId| StoreError::Corrupt(error.to_string()))
}

fn decode(row: &SqliteRow) -> Result<AuditEntry> {
    let time = |column| row.get::<Option<i64>, _>(column).map(from_micros);
    let id = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(AuditEntry {
        id: id(row.get("id")),
        at: from_micros(row.get("at")),
        by: row.get("who"),
        action: action(row.get("action"))?,
        item: key(row.get("item"))?,
        title: row.get("title"),
        cause: row.get("cause"),
        subject: row
            .get::<Option<&str>, _>("subject")
            .map(|subject| serde_json::from_str(subject).map_err(json))
            .transpose()?,
        until: time("until"),
        note: row.get("note"),
        undoes: row.get::<Option<i64>, _>("undoes").map(id),
        undone_at: time("undone_at"),
        undone_by: row.get("undone_by"),
        ended_at: time("ended_at"),
        in_force: row.get("in_force"),
    })
}
