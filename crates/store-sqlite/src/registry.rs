//! What the founder says about products: its log, and what of it is in force.

mod product_work;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    id::{ProductId, Seq},
    product::ProductRecord,
    query::{Page, PageRequest},
    registry::{ProductAction, ProductBook, ProductChange, ProductEdit, Registry},
};
use sqlx::{QueryBuilder, Row, SqliteConnection, sqlite::SqliteRow};
use store::{Result, StoreError};

pub(crate) use self::product_work::product_work;
use crate::{
    audit::place,
    error::{json, sql},
    lists, log, meta,
    rows::decode,
    time::{from_micros, micros},
};

/// An entry with what became of it.
const SELECT: &str = "select product_changes.*, undone.at as undone_at, undone.who as undone_by \
    from product_changes left join product_changes as undone on undone.undoes = product_changes.id";

/// What is in force. Nearly free where the founder never said anything.
pub(crate) async fn registry(conn: &mut SqliteConnection) -> Result<Registry> {
    let mut registry = Registry { merges: merges(conn).await?, ..Registry::default() };
    for row in sqlx::query("select product, edit from product_edits").fetch_all(conn).await.map_err(sql)? {
        registry.edits.insert(product(row.get(0))?, decode(row.get(1))?);
    }
    Ok(registry)
}

async fn merges(conn: &mut SqliteConnection) -> Result<BTreeMap<ProductId, ProductId>> {
    let rows =
        sqlx::query("select from_id, into_id from product_merges").fetch_all(conn).await.map_err(sql)?;
    rows.iter().map(|row| Ok((product(row.get(0))?, product(row.get(1))?))).collect()
}

/// The merges alone, where nothing else of the registry matters.
pub(crate) async fn aliases(conn: &mut SqliteConnection) -> Result<Registry> {
    Ok(Registry { merges: merges(conn).await?, ..Registry::default() })
}

/// All products: as told, and what the founder says of them.
pub(crate) async fn book(conn: &mut SqliteConnection) -> Result<ProductBook> {
    let records: Vec<ProductRecord> = lists::small(conn, "select row from products").await?;
    let activity = sqlx::query(
        "select id, (select max(activity_at) from tasks where tasks.product = products.id) from products",
    )
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    let mut last = BTreeMap::new();
    for row in activity {
        if let Some(at) = row.get::<Option<i64>, _>(1) {
            last.insert(product(row.get(0))?, from_micros(at));
        }
    }
    Ok(ProductBook {
        records: records.into_iter().map(|record| (record.id.clone(), record)).collect(),
        activity: last,
        registry: registry(conn).await?,
    })
}

/// The products with those merged into each, and the words by which all their tasks are found.
pub(crate) async fn words(conn: &mut SqliteConnection) -> Result<Vec<(Vec<ProductId>, Vec<String>)>> {
    let records: Vec<ProductRecord> = lists::small(conn, "select row from products").await?;
    let records = records.into_iter().map(|record| (record.id.clone(), record)).collect();
    let book = ProductBook { records, activity: BTreeMap::new(), registry: registry(conn).await? };
    Ok(book.words().into_iter().map(|(id, words)| (book.registry.members(&id), words)).collect())
}

/// The book, of one moment.
pub(crate) async fn book_now(conn: &mut SqliteConnection) -> Result<ProductBook> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    book(&mut transaction).await
}

/// Keeps what the founder says of a product.
pub(crate) async fn edit(
    conn: &mut SqliteConnection,
    id: &ProductId,
    edit: &ProductEdit,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<ProductChange>> {
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    let Some((id, name)) = counting(&book(conn).await?, id) else { return Ok(None) };
    let new = New { edit: Some(edit), ..New::of(&id, &name, ProductAction::Edited, by) };
    let entry = add(conn, new, now).await?;
    restate(conn, &id).await?;
    note(conn, &[&id]).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(Some(entry))
}

/// Merges a product into another.
pub(crate) async fn merge(
    conn: &mut SqliteConnection,
    from: &ProductId,
    into: &ProductId,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<ProductChange>> {
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    let book = book(conn).await?;
    let Some((into, _)) = counting(&book, into) else { return Ok(None) };
    if !book.registry.can_merge(from, &into) {
        return Ok(None);
    }
    let Some((_, name)) = counting(&book, from) else { return Ok(None) };
    let new = New { into: Some(&into), ..New::of(from, &name, ProductAction::Merged, by) };
    let entry = add(conn, new, now).await?;
    sqlx::query("insert into product_merges (from_id, into_id) values (?, ?)")
        .bind(from.as_str())
        .bind(into.as_str())
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    note(conn, &[from, &into]).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(Some(entry))
}

/// Takes back what an entry did.
pub(crate) async fn undo(
    conn: &mut SqliteConnection,
    id: u64,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<ProductChange>> {
    let mut transaction = sqlx::Connection::begin_with(conn, "begin immediate").await.map_err(sql)?;
    let conn = &mut *transaction;
    let Some(undone) = entry(conn, id).await?.filter(ProductChange::is_in_force) else { return Ok(None) };
    let new = New {
        edit: undone.edit.as_ref(),
        into: undone.into.as_ref(),
        undoes: Some(id),
        ..New::of(&undone.product, &undone.name, ProductAction::Undone, by)
    };
    let entry = add(conn, new, now).await?;
    if undone.into.is_some() {
        sqlx::query("delete from product_merges where from_id = ?")
            .bind(undone.product.as_str())
            .execute(&mut *conn)
            .await
            .map_err(sql)?;
    }
    restate(conn, &undone.product).await?;
    let changed: Vec<&ProductId> = std::iter::once(&undone.product).chain(&undone.into).collect();
    note(conn, &changed).await?;
    transaction.commit().await.map_err(sql)?;
    Ok(Some(entry))
}

/// The product that counts where `id` is named, and what it is called.
fn counting(book: &ProductBook, id: &ProductId) -> Option<(ProductId, String)> {
    let id = book.registry.resolve(id);
    let known = book.products().into_iter().find(|known| known.id == *id)?;
    Some((known.id, known.name))
}

/// Works out anew what the founder says of the product, from the entries in force.
async fn restate(conn: &mut SqliteConnection, id: &ProductId) -> Result<()> {
    let edits: Vec<String> = sqlx::query_scalar(
        "select edit from product_changes where product = ? and edit is not null and undoes is null \
         and not exists (select 1 from product_changes as undone where undone.undoes = product_changes.id) \
         order by id",
    )
    .bind(id.as_str())
    .fetch_all(&mut *conn)
    .await
    .map_err(sql)?;
    sqlx::query("delete from product_edits where product = ?")
        .bind(id.as_str())
        .execute(&mut *conn)
        .await
        .map_err(sql)?;
    if edits.is_empty() {
        return Ok(());
    }
    let mut word = ProductEdit::default();
    for edit in &edits {
        word.over(&decode(edit)?);
    }
    sqlx::query("insert into product_edits (product, edit) values (?, ?)")
        .bind(id.as_str())
        .bind(serde_json::to_string(&word).map_err(json)?)
        .execute(conn)
        .await
        .map_err(sql)?;
    Ok(())
}

/// Notes in the log of changes that these products are others now.
async fn note(conn: &mut SqliteConnection, ids: &[&ProductId]) -> Result<()> {
    let mut seq = Seq(meta::number(conn, meta::SEQ).await?);
    for id in ids {
        seq = seq.next();
        log::add_product(conn, seq, id).await?;
    }
    meta::set_number(conn, meta::SEQ, seq.0).await
}

/// An entry that is added.
struct New<'a> {
    product: &'a ProductId,
    name: &'a str,
    action: ProductAction,
    by: &'a str,
    edit: Option<&'a ProductEdit>,
    into: Option<&'a ProductId>,
    undoes: Option<u64>,
}

impl<'a> New<'a> {
    fn of(product: &'a ProductId, name: &'a str, action: ProductAction, by: &'a str) -> Self {
        Self { product, name, action, by, edit: None, into: None, undoes: None }
    }
}

async fn add(conn: &mut SqliteConnection, new: New<'_>, now: DateTime<Utc>) -> Result<ProductChange> {
    let id: i64 = sqlx::query_scalar(
        "insert into product_changes (at, who, action, product, name, edit, into_id, undoes) \
         values (?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(micros(now))
    .bind(new.by)
    .bind(new.action as i64)
    .bind(new.product.as_str())
    .bind(new.name)
    .bind(new.edit.map(serde_json::to_string).transpose().map_err(json)?)
    .bind(new.into.map(ProductId::as_str))
    .bind(new.undoes.map(place))
    .fetch_one(&mut *conn)
    .await
    .map_err(sql)?;
    let added = entry(conn, u64::try_from(id).unwrap_or(0)).await?;
    added.ok_or_else(|| StoreError::Corrupt("an entry of the log is gone as soon as it was added".to_owned()))
}

/// One entry.
pub(crate) async fn entry(conn: &mut SqliteConnection, id: u64) -> Result<Option<ProductChange>> {
    let mut query = QueryBuilder::new(SELECT);
    query.push(" where product_changes.id = ").push_bind(place(id));
    query.build().fetch_optional(conn).await.map_err(sql)?.as_ref().map(change).transpose()
}

/// The entries about a product and those merged into it, the newest first.
pub(crate) async fn changes(
    conn: &mut SqliteConnection,
    id: &ProductId,
    page: PageRequest,
) -> Result<Page<ProductChange>> {
    let mut transaction = sqlx::Connection::begin(conn).await.map_err(sql)?;
    let conn = &mut *transaction;
    let members = serde_json::to_string(&aliases(conn).await?.members(id)).map_err(json)?;
    let about = |query: &mut QueryBuilder<sqlx::Sqlite>| {
        query
            .push(" where (product_changes.product in (select value from json_each(")
            .push_bind(members.clone());
        query
            .push(")) or product_changes.into_id in (select value from json_each(")
            .push_bind(members.clone());
        query.push(")))");
    };
    let mut count = QueryBuilder::new("select count(*) from product_changes");
    about(&mut count);
    let total: i64 = count.build_query_scalar().fetch_one(&mut *conn).await.map_err(sql)?;
    let mut query = QueryBuilder::new(SELECT);
    about(&mut query);
    query.push(" order by product_changes.id desc limit ").push_bind(i64::from(page.per_page));
    query.push(" offset ").push_bind(i64::try_from(page.offset()).unwrap_or(i64::MAX));
    let rows = query.build().fetch_all(conn).await.map_err(sql)?;
    let items = rows.iter().map(change).collect::<Result<_>>()?;
    Ok(Page::new(items, u64::try_from(total).unwrap_or(0), page))
}

fn change(row: &SqliteRow) -> Result<ProductChange> {
    let id = |number: i64| u64::try_from(number).unwrap_or(0);
    let action = usize::try_from(row.get::<i64, _>("action")).ok();
    let action = action.and_then(|place| ProductAction::ALL.get(place)).copied();
    let unknown = || StoreError::Corrupt("an action on a product that this version does not know".to_owned());
    Ok(ProductChange {
        id: id(row.get("id")),
        at: from_micros(row.get("at")),
        by: row.get("who"),
        action: action.ok_or_else(unknown)?,
        product: product(row.get("product"))?,
        name: row.get("name"),
        edit: row.get::<Option<&str>, _>("edit").map(decode).transpose()?,
        into: row.get::<Option<&str>, _>("into_id").map(product).transpose()?,
        undoes: row.get::<Option<i64>, _>("undoes").map(id),
        undone_at: row.get::<Option<i64>, _>("undone_at").map(from_micros),
        undone_by: row.get("undone_by"),
    })
}

/// The id of a product, as it is kept.
pub(crate) fn product(id: &str) -> Result<ProductId> {
    ProductId::new(id).map_err(|error| StoreError::Corrupt(error.to_string()))
}
