//! The report of an import: what the home holds, counted, and what came of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::source::Skipped;
use serde::Serialize;

use crate::{
    Sink, SinkError,
    database::{Reading, said},
    ids,
    reader::{Reader, each_session},
    session::calls,
    table::{Cells, Table, query},
};

/// What an import found, by profile and in all.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// All profiles together.
    pub total: Counts,
    /// Each profile; the home itself is `default`.
    pub profiles: BTreeMap<String, Counts>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Rows of `sessions`.
    pub sessions: u64,
    /// Of these, those with a parent.
    pub child_sessions: u64,
    /// Rows of `messages`, all of them.
    pub messages: u64,
    /// Calls of tools that have a result, by distinct id.
    pub tool_calls_with_result: u64,
    /// Calls of tools without a result, by distinct id.
    pub tool_calls_without_result: u64,
    /// Commands that ended with 0.
    pub commands_exit_zero: u64,
    /// Commands that ended above 0.
    pub commands_exit_non_zero: u64,
    /// Commands that were refused or blocked (-1).
    pub commands_blocked: u64,
    /// Tokens that went in, cached ones left out, of all sessions.
    pub tokens_in: u64,
    /// Tokens that came out, of all sessions.
    pub tokens_out: u64,
    /// Tokens that were read from the cache, of all sessions.
    pub tokens_cache_read: u64,
    /// Estimated cost of all sessions in US dollars.
    pub estimated_cost_usd: f64,
    /// Cards by the agent's own word for where they stand.
    pub kanban_tasks: BTreeMap<String, u64>,
    /// Attempts at cards by how they ended.
    pub kanban_runs: BTreeMap<String, u64>,
    /// Executions of jobs by the agent's own word for how they ended.
    pub cron_executions: BTreeMap<String, u64>,
    /// Scheduled jobs.
    pub cron_jobs: u64,
    /// The agent's own projects.
    pub projects: u64,
    /// Test runs that the agent recognised.
    pub verification_runs: u64,
    /// Tasks that came of it, by where they stand.
    pub tasks: BTreeMap<String, u64>,
    /// Products that came of it.
    pub products: u64,
    /// Events that came of it.
    pub events: u64,
    /// What was skipped, and why.
    pub skipped: Vec<Skipped>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        let sum = |into: &mut BTreeMap<String, u64>, from: &BTreeMap<String, u64>| {
            from.iter().for_each(|(word, n)| *into.entry(word.clone()).or_default() += n);
        };
        self.sessions += other.sessions;
        self.child_sessions += other.child_sessions;
        self.messages += other.messages;
        self.tool_calls_with_result += other.tool_calls_with_result;
        self.tool_calls_without_result += other.tool_calls_without_result;
        self.commands_exit_zero += other.commands_exit_zero;
        self.commands_exit_non_zero += other.commands_exit_non_zero;
        self.commands_blocked += other.commands_blocked;
        self.tokens_in += other.tokens_in;
        self.tokens_out += other.tokens_out;
        self.tokens_cache_read += other.tokens_cache_read;
        self.estimated_cost_usd += other.estimated_cost_usd;
        sum(&mut self.kanban_tasks, &other.kanban_tasks);
        sum(&mut self.kanban_runs, &other.kanban_runs);
        sum(&mut self.cron_executions, &other.cron_executions);
        self.cron_jobs += other.cron_jobs;
        self.projects += other.projects;
        self.verification_runs += other.verification_runs;
        sum(&mut self.tasks, &other.tasks);
        self.events += other.events;
        self.skipped.extend(other.skipped.iter().cloned());
    }
}

impl Reader {
    /// Counts what was read. What the agent's own rows say of sessions is asked of its database, the rest was counted
    /// while it was read, so that no message is read again for it.
    pub async fn report(&mut self, sink: &dyn Sink) -> Result<Report, SinkError> {
        let status = self.status();
        let names: Vec<String> = self.profiles.keys().cloned().collect();
        let mut report = Report::default();
        let mut all_products = BTreeSet::new();
        for name in names {
            let mut counts = Counts::default();
            let mut products = BTreeSet::new();
            let there = self.sessions_of(&name, &mut counts).await;
            tally(sink, &name, &there, &mut counts, &mut products).await?;
            self.others_of(&name, &mut counts, &mut products);
            let prefix = if name == "default" { String::new() } else { format!("profiles/{name}/") };
            let mine = |place: &str| {
                if prefix.is_empty() { !place.starts_with("profiles/") } else { place.starts_with(&prefix) }
            };
            let skipped = status.skipped.iter().filter(|skipped| mine(&skipped.place)).cloned();
            let uncounted = std::mem::replace(&mut counts.skipped, skipped.collect());
            let is_new = |place: &str| !status.skipped.iter().any(|skipped| skipped.place == place);
            counts.skipped.extend(uncounted.into_iter().filter(|skipped| is_new(&skipped.place)));
            counts.products = products.len() as u64;
            counts.estimated_cost_usd = whole_micros(counts.estimated_cost_usd);
            all_products.append(&mut products);
            report.total.add(&counts);
            report.profiles.insert(name, counts);
        }
        report.total.products = all_products.len() as u64;
        report.total.estimated_cost_usd = whole_micros(report.total.estimated_cost_usd);
        Ok(report)
    }

    /// Counts what the rows of `sessions` say. Returns the sessions that are there.
    async fn sessions_of(&mut self, name: &str, counts: &mut Counts) -> HashSet<String> {
        let Some(profile) = self.profiles.get_mut(name) else { return HashSet::new() };
        let Some(mut reading) = profile.open_sessions().await else { return HashSet::new() };
        let there = sums(&mut reading, counts).await;
        reading.close().await;
        there.unwrap_or_else(|error| {
            let reason = format!("sessions cannot be counted: {}", said(&error));
            counts.skipped.push(Skipped { place: profile.path("state.db"), reason });
            HashSet::new()
        })
    }

    fn others_of(&self, name: &str, counts: &mut Counts, products: &mut BTreeSet<String>) {
        let Some(profile) = self.profiles.get(name) else { return };
        for board in profile.boards() {
            board
                .cards
                .iter()
                .for_each(|(word, n)| *counts.kanban_tasks.entry(word.clone()).or_default() += n);
            board.runs.iter().for_each(|(word, n)| *counts.kanban_runs.entry(word.clone()).or_default() += n);
            counts.events += board.events();
        }
        counts.cron_executions.clone_from(&profile.execution_counts);
        counts.cron_jobs = profile.job_count();
        counts.verification_runs = profile.evidence.total;
        if name == "default" {
            counts.projects = self.projects.len() as u64;
        }
        let Some(entities) = self.entities() else { return };
        let prefix = format!("task:hermes:{name}:cron:");
        let mut owners: Vec<_> = entities.under(&prefix).collect();
        let boards: Vec<String> =
            profile.boards().map(|board| format!("task:hermes:kanban:{}:", board.name)).collect();
        boards.iter().for_each(|prefix| owners.extend(entities.under(prefix)));
        for (_, entity) in owners {
            if let Some(status) = entity.facts.get("status").and_then(serde_json::Value::as_str) {
                *counts.tasks.entry(status.to_owned()).or_default() += 1;
            }
            counts.events += entity.facts.get("events").and_then(serde_json::Value::as_u64).unwrap_or(0);
            products.extend(
                entity.facts.get("product").and_then(serde_json::Value::as_str).map(ToOwned::to_owned),
            );
        }
        if name == "default" {
            products.extend(entities.under("project:").filter_map(|(_, entity)| product_of(entity)));
        }
    }
}

fn product_of(entity: &crate::entities::Entity) -> Option<String> {
    Some(entity.facts.get("product")?.as_str()?.to_owned())
}

/// What the rows of `sessions` say, added up.
async fn sums(reading: &mut Reading, counts: &mut Counts) -> Result<HashSet<String>, sqlx::Error> {
    let conn = &mut reading.conn;
    let Some(table) = Table::of(conn, "sessions").await? else { return Ok(HashSet::new()) };
    // `sum` fails on whole numbers that are too great together, and one senseless number hides all others.
    let sum = |column: &str| {
        let sensible = format!("total(case when {column} between 0 and 1e15 then {column} end)");
        if table.has(column) { sensible } else { "0".to_owned() }
    };
    let children = if table.has("parent_session_id") { "count(parent_session_id)" } else { "0" };
    let sql = format!(
        "select count(*), {children}, {}, {}, {}, {} from sessions",
        sum("input_tokens"),
        sum("output_tokens"),
        sum("cache_read_tokens"),
        sum("estimated_cost_usd")
    );
    let row = query(sql).fetch_one(&mut *conn).await?;
    let cells = Cells(&row);
    let number = |index| cells.count(index).unwrap_or(0);
    (counts.sessions, counts.child_sessions) = (number(0), number(1));
    (counts.tokens_in, counts.tokens_out, counts.tokens_cache_read) = (number(2), number(3), number(4));
    counts.estimated_cost_usd = cells.real(5).unwrap_or(0.0);
    if Table::of(conn, "messages").await?.is_some() {
        let row = query("select count(*) from messages".to_owned()).fetch_one(&mut *conn).await?;
        counts.messages = Cells(&row).count(0).unwrap_or(0);
    }
    let rows = query("select id from sessions".to_owned()).fetch_all(conn).await?;
    Ok(rows.iter().filter_map(|row| Cells(row).text(0)).map(|id| ids::join(&[&id])).collect())
}

/// What was counted while the sessions of a profile were read. A call that several sessions have (forks copy rows) is
/// one.
async fn tally(
    sink: &dyn Sink,
    profile: &str,
    there: &HashSet<String>,
    counts: &mut Counts,
    products: &mut BTreeSet<String>,
) -> Result<(), SinkError> {
    let mut flags: HashMap<u64, u8> = HashMap::new();
    let mut tasks: HashMap<String, (chrono::DateTime<chrono::Utc>, String)> = HashMap::new();
    each_session(sink, profile, |id, state| {
        counts.events += state.other_events();
        for (print, known, events) in state.calls.iter() {
            // What the agent has deleted since stays in the ledger, but it is not in the home.
            *flags.entry(print).or_default() |= if there.contains(id) { known } else { 0 };
            counts.events += u64::from(events);
        }
        if let Some(status) = state.status {
            let at = state.last_seen();
            let newest = tasks.entry(state.link.task.clone()).or_insert((at, String::new()));
            if newest.1.is_empty() || newest.0 <= at {
                *newest = (at, status.as_str().to_owned());
            }
            products.extend(state.told_product.clone());
        }
    })
    .await?;
    for flags in flags.into_values().filter(|flags| *flags != 0) {
        let has = |flag| flags & flag != 0;
        counts.tool_calls_with_result += u64::from(has(calls::ANSWERED));
        counts.tool_calls_without_result += u64::from(!has(calls::ANSWERED));
        // Of copies that differ the greatest exit code counts.
        if has(calls::EXIT_ABOVE) {
            counts.commands_exit_non_zero += 1;
        } else if has(calls::EXIT_ZERO) {
            counts.commands_exit_zero += 1;
        } else if has(calls::EXIT_BELOW) {
            counts.commands_blocked += 1;
        }
    }
    for (_, status) in tasks.into_values() {
        *counts.tasks.entry(status).or_default() += 1;
    }
    Ok(())
}

/// Without the noise that adding up binary fractions makes.
fn whole_micros(usd: f64) -> f64 {
    (usd * 1e6).round() / 1e6
}
