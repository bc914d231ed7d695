//! The port itself.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    agent::AgentStatus,
    change::{Changes, Row},
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
    month::Month,
    product::Product,
    query::{Facets, Page, PageRequest, TaskFilter, TaskQuery},
    registry::{ProductBook, ProductChange, ProductEdit},
    run::Run,
    settings::{Settings, SettingsVersion},
    task::{Task, TaskRecord, TaskStatus},
    telemetry::{Outcome, Telemetry},
    view::{NewView, View, ViewChange},
};

use crate::Result;

/// Lines that are stored together, and how far their source was read with them.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The lines, in the order they were read.
    pub lines: Vec<Telemetry>,
    /// Where the source goes on, by name, stored in the same transaction. `Null` forgets the one of that name.
    pub cursors: Vec<(String, Cursor)>,
}

/// How far a source was read, in the source's own words (JSON).
pub type Cursor = serde_json::Value;

/// What became of a batch.
#[derive(Debug, Clone, Default)]
pub struct Appended {
    /// The outcome of each line, in the batch's order.
    pub outcomes: Vec<Outcome>,
    /// The last place in the log: with it, everything in the batch is to be seen.
    pub seq: Seq,
}

/// A token that lets a program send telemetry. Only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What the founder calls it; unique.
    pub name: String,
    /// SHA-256 of the token, in hex.
    pub hash: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last shown, to the hour: a write for each request would be waste.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A version of the settings that is to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSettings {
    /// Its content.
    pub settings: Settings,
    /// Who stores it.
    pub by: String,
    /// The version whose content it brings back, where it does.
    pub restores: Option<u64>,
}

/// What is too old, and where to go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prune {
    /// Tasks that ended before it lose their events, and their runs the logs.
    pub events: Option<DateTime<Utc>>,
    /// Tasks that ended before it go, with their events and runs.
    pub tasks: Option<DateTime<Utc>>,
    /// Only tasks after that place are looked at.
    pub after: Option<PrunePlace>,
}

/// A place among ended tasks: status, end and id.
pub type PrunePlace = (TaskStatus, DateTime<Utc>, TaskId);

/// What was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Tasks.
    pub tasks: u64,
    /// Events.
    pub events: u64,
    /// Runs, with those that only lost their logs.
    pub runs: u64,
    /// Where to go on; `None` at the end.
    pub next: Option<PrunePlace>,
}

/// Rows of the ledger in parts, all of one moment: of any number of rows only a part is in memory.
#[async_trait]
pub trait Rows: Send {
    /// The next rows; none at the end. After an error there is no going on.
    async fn next(&mut self) -> Result<Vec<Row>>;
}

/// Which rows an export has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The tasks alone.
    Tasks,
    /// First the products of all of them, by id. Then each task, followed by the ids that turned out to be it, by id, by
    /// its events, the oldest first, and by its runs, by id.
    Whole,
}

/// The closed tasks that were created in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The month.
    pub month: Month,
    /// How many they are.
    pub tasks: u64,
    /// Another one after every change of one of them, those that come and go included.
    pub version: u64,
}

/// What the browser's mirror is loaded by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorMonths {
    /// The last place in the log.
    pub seq: Seq,
    /// How many tasks there are in all.
    pub tasks: u64,
    /// The months that have closed tasks, the latest first.
    pub months: Vec<ClosedMonth>,
}

/// A part of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MirrorPart {
    /// The closed tasks of a month, where that is their version.
    Closed {
        /// The month.
        month: Month,
        /// The version.
        version: u64,
    },
    /// All that are open, and all that were created from that month on.
    Fresh {
        /// The first month whose closed tasks are among them.
        since: Month,
    },
}

/// What a store says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// What it is, for people: `SQLite`, `memory`.
    pub kind: &'static str,
    /// Where it is, for people.
    pub location: String,
    /// Its size on disk, in bytes, where it has one.
    pub bytes: Option<u64>,
    /// Tasks in it.
    pub tasks: u64,
    /// Lines of telemetry that it took, ever.
    pub lines: u64,
    /// The last place in the log.
    pub seq: Seq,
}

/// A store of telemetry and of what follows from it.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Stores a batch in one transaction. Durable when it returns.
    async fn append(&self, batch: Batch, now: DateTime<Utc>) -> Result<Appended>;
    /// The key by which the digests of lines are made: random, of this store, never shown.
    async fn digest_key(&self) -> Result<[u8; 32]>;
    /// How far the source of that name was read.
    async fn cursor(&self, name: &str) -> Result<Option<Cursor>>;
    /// At most `limit` cursors whose names begin with `prefix` and come after `after`, in the byte order of names.
    async fn cursors(&self, prefix: &str, after: Option<&str>, limit: usize)
    -> Result<Vec<(String, Cursor)>>;

    /// At most `limit` changes after `seq`, in order.
    async fn changes_after(&self, seq: Seq, limit: usize) -> Result<Changes>;
    /// How far the log of changes and the founder's own logs have come, of one moment. Streams ask for it once in a second,
    /// because another process may write, too: it must cost next to nothing.
    async fn heads(&self) -> Result<Heads>;
    /// The facts for the insights.
    async fn facts(&self, spans: Spans) -> Result<Facts>;
    /// What happened within each of those periods (starts of buckets), of one product or of all.
    async fn history(&self, periods: &[Period], product: Option<&ProductId>) -> Result<HistoryFacts>;

    /// The tasks asked for.
    async fn tasks(&self, query: &TaskQuery) -> Result<Page<Task>>;
    /// For each filter, how many tasks each of its values would show beside all other filters.
    async fn facets(&self, filter: &TaskFilter) -> Result<Facets>;
    /// [`Store::tasks`] and [`Store::facets`] of one moment.
    async fn ledger(&self, query: &TaskQuery) -> Result<(Page<Task>, Facets)>;
    /// All tasks that the filter lets through, in that order, whatever the page, and what belongs to them.
    async fn export(&self, query: &TaskQuery, extent: Extent) -> Result<Box<dyn Rows>>;
    /// The closed tasks by month of their creation (UTC), and how many tasks there are, of one moment.
    async fn mirror_months(&self) -> Result<MirrorMonths>;
    /// Hands over the tasks of a part one by one, by creation and id (of fresh ones, first those of earlier months), as
    /// telemetry told them: of the products that it named. The answer is the last place in the log at that moment;
    /// `None`, and nothing is handed over, where another version of the month is in force.
    async fn mirror(
        &self,
        part: MirrorPart,
        visit: &mut (dyn FnMut(TaskRecord) + Send),
    ) -> Result<Option<Seq>>;
    /// One task. A task that turned out to be another answers with that one, here and below: old links keep working.
    async fn task(&self, id: &TaskId) -> Result<Option<Task>>;
    /// The events of a task, the oldest first.
    async fn events(&self, task: &TaskId, page: PageRequest) -> Result<Page<Event>>;
    /// The runs of a task, the oldest first (unknown start last).
    async fn runs(&self, task: &TaskId, page: PageRequest) -> Result<Page<Run>>;
    /// Hands over all events of a task one by one, the oldest first: for what is made of all of them and kept in small.
    async fn each_event(&self, task: &TaskId, visit: &mut (dyn FnMut(Event) + Send)) -> Result<()>;
    /// The latest failures of a task, at most [`domain::insight::fingerprint::MAX_FAILURES`], each with who else had it.
    async fn recurrences(&self, task: &TaskId) -> Result<Vec<Recurrence>>;
    /// All products that count, by name: those that were merged into others are none. Here and in all that is listed
    /// or counted by product, a task counts for the product that its own became ([`domain::registry`]). Bounded by what
    /// a founder has, so it is not paged.
    async fn products(&self) -> Result<Vec<Product>>;
    /// All products: as told, and what the founder says of them.
    async fn product_book(&self) -> Result<ProductBook>;
    /// What tasks of the product, and of those merged into it, brought about; at most `most` of each kind.
    async fn product_work(&self, product: &ProductId, most: u32) -> Result<ProductWork>;
    /// All agents, tools, integrations and runners, by id.
    async fn agents(&self) -> Result<Vec<AgentStatus>>;
    /// What workers did in that span, as we count it: those `of` names, else those of each kind with the most work.
    async fn work(&self, span: WorkSpan, of: Option<&[WorkKey]>) -> Result<Work>;
    /// The events that tell of failed calls of a tool (see [`domain::facts::work::outcome`]): the newest first, at most
    /// `limit`.
    async fn failed_calls(&self, tool: &str, limit: usize) -> Result<Vec<Event>>;
    /// The tools that an agent called in those of its tasks that a line spoke of last
    /// ([`domain::facts::work::TOOL_TASKS`] of them), the most called first.
    async fn tools_of(&self, agent: &AgentId) -> Result<Vec<ToolUse>>;
    /// The scheduled jobs that their source still has: the next first, those without a next run last, then by id.
    async fn jobs(&self) -> Result<Vec<Job>>;

    /// The settings; defaults where none were stored.
    async fn settings(&self) -> Result<Settings>;
    /// The settings with their version; version 0 are the defaults.
    async fn settings_version(&self) -> Result<SettingsVersion>;
    /// Stores the next version after `expected`. `None`, and nothing is done, where another one is in force.
    async fn put_settings(
        &self,
        new: &NewSettings,
        expected: u64,
        now: DateTime<Utc>,
    ) -> Result<Option<SettingsVersion>>;
    /// The stored versions, the newest first.
    async fn settings_versions(&self, page: PageRequest) -> Result<Page<SettingsVersion>>;

    /// Deletes what is too old, of at most `limit` ended tasks, in one transaction; roll-ups change in it. The keys of
    /// lines stay, so a line that is sent again does not raise the dead. Open tasks, tasks on which a decision is in
    /// force, and the task of the newest event are left as they are. A reader of the log that is behind gets
    /// [`Changes::Resync`].
    async fn prune(&self, prune: &Prune, limit: usize) -> Result<Pruned>;
    /// How many tasks have ended before then.
    async fn ended_before(&self, at: DateTime<Utc>) -> Result<u64>;
    /// Gives room that is not used any more back to the disk, where that pays. The answer is how many bytes.
    async fn shrink(&self) -> Result<u64>;

    /// Keeps a new token. [`crate::StoreError::Taken`] where the name is in use.
    async fn add_token(&self, token: &Token) -> Result<()>;
    /// All tokens, by name.
    async fn tokens(&self) -> Result<Vec<Token>>;
    /// Forgets the token of that name. `false` where there is none.
    async fn revoke_token(&self, name: &str) -> Result<bool>;
    /// The token of that hash, noted as used now.
    async fn use_token(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<Token>>;

    /// Keeps a decision and notes it in the log, which is only added to. It is in force on its item from now on, in
    /// the place of the one before it. The same decision again (a form that was sent twice) is no second one: the
    /// entry of the one in force is the answer. A task that turned out to be another is that one, in subject and key.
    ///
    /// Decisions end by themselves in the [`Store::append`] that changes their subject: see [`domain::decision::watch`].
    async fn decide(&self, new: &NewDecision, now: DateTime<Utc>) -> Result<AuditEntry>;
    /// Takes back the decision of that entry; the one before it on the item is in force again, if there is one that
    /// did not end. The answer is the log's entry of the undoing. `None`, and nothing is done, unless the entry is the
    /// decision in force on its item: where there is no such entry, it was undone, it ended, a later decision stands
    /// above it (which must be undone first), or it is an undoing itself.
    async fn undo(&self, id: u64, by: &str, now: DateTime<Utc>) -> Result<Option<AuditEntry>>;
    /// The decisions in force, one an item, the oldest first. Those that do not hold any more
    /// ([`Decision::holds`]) are among them. Bounded by what one founder decides, so it is not paged.
    async fn decisions(&self) -> Result<Vec<Decision>>;
    /// The log of decisions, the newest first.
    async fn audit(&self, page: PageRequest) -> Result<Page<AuditEntry>>;
    /// One entry of the log.
    async fn audit_entry(&self, id: u64) -> Result<Option<AuditEntry>>;

    /// Keeps what the founder says of a product, and notes it in the log of products, which is only added to. For one
    /// that was merged it is said of the one that it became. `None`, and nothing is done, where there is no such
    /// product.
    async fn edit_product(
        &self,
        product: &ProductId,
        edit: &ProductEdit,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>>;
    /// Merges a product into another, or into the one that that became. `None`, and nothing is done, where one of them
    /// does not exist or [`domain::registry::Registry::can_merge`] says no.
    async fn merge_product(
        &self,
        from: &ProductId,
        into: &ProductId,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>>;
    /// Takes back what that entry of the log of products did. The answer is the entry of the undoing. `None`, and
    /// nothing is done, unless the entry is in force.
    async fn undo_product_change(
        &self,
        id: u64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<ProductChange>>;
    /// The entries of the log about the product and those merged into it, the newest first.
    async fn product_changes(&self, product: &ProductId, page: PageRequest) -> Result<Page<ProductChange>>;
    /// One entry of the log of products.
    async fn product_change(&self, id: u64) -> Result<Option<ProductChange>>;
    /// The saved views, in the founder's order. At most [`domain::view::MAX_VIEWS`], so they are not paged.
    async fn views(&self) -> Result<Vec<View>>;
    /// Keeps a new view, at the end. [`crate::StoreError::Taken`] where another has its name, whatever the case of its
    /// letters, and [`crate::StoreError::Full`] where there are as many as there may be. Like every change of views, it
    /// is noted in their history, which is only added to.
    async fn add_view(&self, view: &NewView, by: &str, now: DateTime<Utc>) -> Result<View>;
    /// Gives the view of that id another name and query; what it was before already is no change. `None` where there is
    /// no such view, [`crate::StoreError::Taken`] where another has its name.
    async fn put_view(&self, id: u64, view: &NewView, by: &str, now: DateTime<Utc>) -> Result<Option<View>>;
    /// Forgets the view of that id; those after it move up. `false` where there is none.
    async fn delete_view(&self, id: u64, by: &str, now: DateTime<Utc>) -> Result<bool>;
    /// Puts the views of those ids first, in that order; the others follow in the order that they had. Ids of no view
    /// are nothing. The answer is all views.
    async fn order_views(&self, ids: &[u64], by: &str, now: DateTime<Utc>) -> Result<Vec<View>>;
    /// The history of the views, the newest first.
    async fn view_changes(&self, page: PageRequest) -> Result<Page<ViewChange>>;

    /// What the store says of itself. Fails where it cannot be read: this is the readiness check.
    async fn info(&self) -> Result<Info>;
}
