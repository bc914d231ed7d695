//! The store: opening the file, and the port.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    change::Changes,
    decision::{AuditEntry, Decision, NewDecision},
    event::Event,
    facts::{
        Facts, HistoryFacts, Period, Spans,
        product_work::ProductWork,
        work::{ToolUse, Work, WorkKey, WorkSpan},
    },
    id::{AgentId, ProductId, Seq, TaskId},
    insight::fingerprint::Recurrence,
    job::Job,
    live::Heads,
    product::Product,
    query::{Facets, Page, PageRequest, TaskFilter, TaskQuery},
    registry::{ProductBook, ProductChange, ProductEdit},
    run::Run,
    settings::{Settings, SettingsVersion},
    task::{Task, TaskRecord},
    view::{NewView, View, ViewChange},
};
use sqlx::{
    SqliteConnection, SqlitePool,
    migrate::Migrator,
    pool::PoolConnection,
    sqlite::{
        SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
    },
};
use store::{
    Appended, Batch, Cursor, Extent, Info, MirrorMonths, MirrorPart, NewSettings, Prune, Pruned, Result,
    Rows, Store, StoreError, Token,
};
use tokio::sync::Mutex;

use crate::{
    audit,
    columns::Columns,
    cursors, decisions, deep,
    error::{migrate, sql},
    export, facets, facts, failures, history, lists, log, meta, mirror, prune, registry, settings, shrink,
    tasks, tokens, views, work,
    writer::Writer,
};

/// How many readers work at once; more wait.
const READERS: u32 = 4;

/// How many exports are read at once; more wait.
const EXPORTS: u32 = 2;

/// How long a statement waits for another process's write, before it fails.
const BUSY: Duration = Duration::from_secs(30);

/// The tables, and how they came about.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!();

/// A store in one SQLite file. Cheap to clone.
#[derive(Clone)]
pub struct SqliteStore {
    path: PathBuf,
    readers: SqlitePool,
    /// Connections of their own: an export lasts as long as somebody takes to read it.
    exports: SqlitePool,
    /// One connection, for the small writes; appends go through `writer`, which has its own turn on it.
    single: SqlitePool,
    writer: Writer,
    digest_key: [u8; 32],
    columns: Arc<Mutex<Columns>>,
}

impl SqliteStore {
    /// Opens the file, makes it where there is none, and brings its tables up to date.
    pub async fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let failed = |error| StoreError::Unavailable(format!("{}: {error}", folder.display()));
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        private(path).map_err(|error| StoreError::Unavailable(format!("{}: {error}", path.display())))?;
        let options = options(path);
        let named = |error: sqlx::Error| match sql(error) {
            StoreError::Unavailable(reason) => {
                StoreError::Unavailable(format!("{}: {reason}", path.display()))
            }
            StoreError::Corrupt(reason) => StoreError::Corrupt(format!("{}: {reason}", path.display())),
            other @ (StoreError::Taken(_) | StoreError::Full(_)) => other,
        };
        let pool = |most| SqlitePoolOptions::new().max_connections(most).acquire_timeout(BUSY);
        let single = pool(1).connect_with(options).await.map_err(named)?;
        MIGRATIONS.run(&single).await.map_err(migrate)?;
        let mut conn = single.acquire().await.map_err(named)?;
        let digest_key = meta::digest_key(&mut conn).await?;
        deep::fill(&mut conn).await?;
        history::fill(&mut conn).await?;
        failures::bring_up_to_date(&mut conn).await?;
        drop(conn);
        work::fill(&single).await?;
        let options = reading(path);
        let exports = pool(EXPORTS).connect_lazy_with(options.clone());
        let readers = pool(READERS).connect_with(options).await.map_err(named)?;
        let writer = Writer::start(single.clone());
        Ok(Self {
            path: path.to_owned(),
            readers,
            exports,
            single,
            writer,
            digest_key,
            columns: Arc::default(),
        })
    }

    /// Whether the database is sound: what `PRAGMA integrity_check` says where it is not.
    pub async fn check(&self) -> Result<(), StoreError> {
        let verdict: String = sqlx::query_scalar("pragma integrity_check")
            .fetch_one(&mut *self.read().await?)
            .await
            .map_err(sql)?;
        if verdict == "ok" { Ok(()) } else { Err(StoreError::Corrupt(verdict)) }
    }

    /// Finishes what is being written and closes the file.
    pub async fn close(&self) {
        // The writer goes last: only the last connection can fold the WAL back into the file, and readers may not.
        self.exports.close().await;
        self.readers.close().await;
        self.single.close().await;
    }

    async fn read(&self) -> Result<PoolConnection<sqlx::Sqlite>> {
        self.readers.acquire().await.map_err(sql)
    }

    async fn write(&self) -> Result<PoolConnection<sqlx::Sqlite>> {
        self.single.acquire().await.map_err(sql)
    }

    fn bytes(&self) -> Option<u64> {
        let file = std::fs::metadata(&self.path).ok()?.len();
        let mut wal = self.path.clone().into_os_string();
        wal.push("-wal");
        Some(file + std::fs::metadata(wal).map_or(0, |wal| wal.len()))
    }
}

/// How the file is opened: what is durable when, and what memory a connection takes.
pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    // Takes effect where the file is made; see `shrink`.
    either(path).create_if_missing(true).auto_vacuum(SqliteAutoVacuum::Incremental)
}

/// How it is opened by those that only read. They may not even say how it is vacuumed: SQLite writes that down.
pub(crate) fn reading(path: &Path) -> SqliteConnectOptions {
    either(path).read_only(true)
}

fn either(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-32768")
}

/// Makes the file, where there is none, so that nobody but its owner reads it. SQLite gives the WAL the same rights.
fn private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[async_trait]
impl Store for SqliteStore {
    async fn append(&self, batch: Batch, now: DateTime<Utc>) -> Result<Appended> {
        self.writer.append(batch, now).await
    }

    async fn digest_key(&self) -> Result<[u8; 32]> {
        Ok(self.digest_key)
    }

    async fn cursor(&self, name: &str) -> Result<Option<Cursor>> {
        cursors::get(&mut *self.read().await?, name).await
    }

    async fn cursors(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Cursor)>> {
        cursors::all(&mut *self.read().await?, prefix, after, limit).await
    }

    async fn changes_after(&self, seq: Seq, limit: usize) -> Result<Changes> {
        log::changes_after(&mut *self.read().await?, seq, limit).await
    }

    async fn heads(&self) -> Result<Heads> {
        log::heads(&mut *self.read().await?).await
    }

    async fn facts(&self, spans: Spans) -> Result<Facts> {
        facts::facts(&mut *self.read().await?, spans).await
    }

    async fn history(&self, periods: &[Period], product: Option<&ProductId>) -> Result<HistoryFacts> {
        history::history(&mut *self.read().await?, periods, product).await
    }

    async fn tasks(&self, query: &TaskQuery) -> Result<Page<Task>> {
        tasks::tasks(&mut *self.read().await?, query).await
    }

    async fn facets(&self, filter: &TaskFilter) -> Result<Facets> {
        // The columns first: what is read later is not older than what they know.
        let mut columns = self.columns.lock().await;
        facets::facets(&mut *self.read().await?, &mut columns, filter).await
    }

    async fn ledger(&self, query: &TaskQuery) -> Result<(Page<Task>, Facets)> {
        let columns = self.columns.lock().await;
        facets::ledger(&mut *self.read().await?, columns, query).await
    }

    async fn export(&self, query: &TaskQuery, extent: Extent) -> Result<Box<dyn Rows>> {
        Ok(Box::new(export::export(&self.exports, query, extent).await?))
    }

    async fn mirror_months(&self) -> Result<MirrorMonths> {
        mirror::months(&mut *self.read().await?).await
    }

    async fn mirror(
        &self,
        part: MirrorPart,
        visit: &mut (dyn FnMut(TaskRecord) + Send),
    ) -> Result<Option<Seq>> {
        mirror::rows(&mut *self.read().await?, part, visit).await
    }

    async fn task(&self, id: &TaskId) -> Result<Option<Task>> {
        tasks::task(&mut *self.read().await?, id).await
    }

    async fn events(&self, task: &TaskId, page: PageRequest) -> Result<Page<Event>> {
        lists::events(&mut *self.read().await?, task, page).await
    }

    async fn runs(&self, task: &TaskId, page: PageRequest) -> Result<Page<Run>> {
        lists::runs(&mut *self.read().await?, task, page).await
    }

    async fn each_event(&self, task: &TaskId, visit: &mut (dyn FnMut(Event) + Send)) -> Result<()> {
        lists::each_event(&mut *self.read().await?, task, visit).await
    }

    async fn recurrences(&self, task: &TaskId) -> Result<Vec<Recurrence>> {
        failures::recurrences(&mut *self.read().await?, task).await
    }

    async fn products(&self) -> Result<Vec<Product>> {
        Ok(registry::book_now(&mut *self.read().await?).await?.products())
    }

    async fn product_book(&self) -> Result<ProductBook> {
        registry::book_now(&mut *self.read().await?).await
    }

    async fn product_work(&self, product: &ProductId, most: u32) -> Result<ProductWork> {
        registry::product_work(&mut *self.read().await?, product, most).await
    }

    async fn agents(&self) -> Result<Vec<AgentStatus>> {
        lists::agents(&mut *self.read().await?).await
    }

    async fn work(&self, span: WorkSpan, of: Option<&[WorkKey]>) -> Result<Work> {
        work::work(&mut *self.read().await?, span, of).await
    }

    async fn failed_calls(&self, tool: &str, limit: usize) -> Result<Vec<Event>> {
        work::failed_calls(&mut *self.read().await?, tool, limit).await
    }

    async fn tools_of(&self, agent: &AgentId) -> Result<Vec<ToolUse>> {
        work::tools_of(&mut *self.read().await?, agent).await
    }

    async fn jobs(&self) -> Result<Vec<Job>> {
        lists::jobs(&mut *self.read().await?).await
    }

    async fn settings(&self) -> Result<Settings> {
        Ok(settings::in_force(&mut *self.read().await?).await?.settings)
    }

    async fn settings_version(&self) -> Result<SettingsVersion> {
        settings::in_force(&mut *self.read().await?).await
    }

    async fn put_settings(
        &self,
        new: &NewSettings,
        expected: u64,
        now: DateTime<Utc>,
    ) -> Result<Option<SettingsVersion>> {
        settings::put(&mut *self.write().await?, new, expected, now).await
    }

    async fn settings_versions(&self, page: PageRequest) -> Result<Page<SettingsVersion>> {
        settings::versions(&mut *self.read().await?, page).await
    }

    async fn prune(&self, prune: &Prune, limit: usize) -> Result<Pruned> {
        prune::prune(&mut *self.write().await?, prune, limit).await
    }

    async fn ended_before(&self, at: DateTime<Utc>) -> Result<u64> {
        prune::ended_before(&mut *self.read().await?, at).await
    }

    async fn shrink(&self) -> Result<u64> {
        shrink::shrink(&mut *self.write().await?).await
    }

    async fn add_token(&self, token: &Token) -> Result<()> {
        tokens::add(&mut *self.write().await?, token).await
    }

    async fn tokens(&self) -> Result<Vec<Token>> {
        tokens::all(&mut *self.read().await?).await
    }

    async fn revoke_token(&self, name: &str) -> Result<bool> {
        tokens::revoke(&mut *self.write().await?, name).await
    }

    async fn use_token(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<Token>> {
        let Some(token) = tokens::by_hash(&mut *self.read().await?, hash).await? else { return Ok(None) };
        if !tokens::is_stale(&token, now) {
            return Ok(Some(token));
        }
        tokens::note_use(&mut *self.write().await?, &token.name, now).await?;
        Ok(Some(Token { last_used_at: Some(now), ..token }))
    }

    async fn decide(&self, new: &NewDecision, now: DateTime<Utc>) -> Result<AuditEntry> {
        decisions::decide(&mut *self.write().await?, new, now).await
    }

    async fn undo(&self, id: u64, by: &str, now: DateTime<Utc>) -> Result<Option<AuditEntry>> {
        decisions::undo(&mut *self.write().await?, id, by, now).await
    }

    async fn decisions(&self) -> Result<Vec<Decision>> {
        decisions::in_force(&mut *self.read().await?).await
    }

    async fn audit(&self, page: PageRequest) -> Result<Page<AuditEntry>> {
        audit::page(&mut *self.read().await?, page).await
    }

    async fn audit_entry(&self, id: u64) -> Result<Option<AuditEntry>> {
        audit::entry(&mut *self.read().await?, id).await
    }

    async fn edit_product(
        &self,
        product: &ProductId,
        edit: &ProductEdit,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        registry::edit(&mut *self.write().await?, product, edit, by, now).await
    }

    async fn merge_product(
        &self,
        from: &ProductId,
        into: &ProductId,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        registry::merge(&mut *self.write().await?, from, into, by, now).await
    }

    async fn undo_product_change(
        &self,
        id: u64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>> {
        registry::undo(&mut *self.write().await?, id, by, now).await
    }

    async fn product_changes(&self, product: &ProductId, page: PageRequest) -> Result<Page<ProductChange>> {
        registry::changes(&mut *self.read().await?, product, page).await
    }

    async fn product_change(&self, id: u64) -> Result<Option<ProductChange>> {
        registry::entry(&mut *self.read().await?, id).await
    }

    async fn views(&self) -> Result<Vec<View>> {
        views::all(&mut *self.read().await?).await
    }

    async fn add_view(&self, view: &NewView, by: &str, now: DateTime<Utc>) -> Result<View> {
        views::add(&mut *self.write().await?, view, by, now).await
    }

    async fn put_view(&self, id: u64, view: &NewView, by: &str, now: DateTime<Utc>) -> Result<Option<View>> {
        views::put(&mut *self.write().await?, id, view, by, now).await
    }

    async fn delete_view(&self, id: u64, by: &str, now: DateTime<Utc>) -> Result<bool> {
        views::delete(&mut *self.write().await?, id, by, now).await
    }

    async fn order_views(&self, ids: &[u64], by: &str, now: DateTime<Utc>) -> Result<Vec<View>> {
        views::order(&mut *self.write().await?, ids, by, now).await
    }

    async fn view_changes(&self, page: PageRequest) -> Result<Page<ViewChange>> {
        views::history(&mut *self.read().await?, page).await
    }

    async fn info(&self) -> Result<Info> {
        let conn: &mut SqliteConnection = &mut *self.read().await?;
        let tasks: i64 = sqlx::query_scalar("select coalesce(sum(n), 0) from status_counts")
            .fetch_one(&mut *conn)
            .await
            .map_err(sql)?;
        Ok(Info {
            kind: "SQLite",
            location: self.path.display().to_string(),
            bytes: self.bytes(),
            tasks: u64::try_from(tasks).unwrap_or(0),
            lines: meta::number(&mut *conn, meta::LINES).await?,
            seq: Seq(meta::number(conn, meta::SEQ).await?),
        })
    }
}
