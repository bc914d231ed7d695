//! `kanban.db` and the boards under `kanban/boards/`: cards become tasks, attempts become runs.

mod card;
mod events;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    patch::Patch,
    task::{TaskPatch, TaskStatus},
    telemetry::Body,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{SqliteConnection, sqlite::SqliteRow};

use self::card::{CardRow, RunRow};
use crate::{
    database::Reading,
    ids,
    links::{self, Cards},
    pass::Pass,
    projects::Projects,
    sessions::Stopped,
    table::{Cells, Table, query},
};

/// A board.
#[derive(Debug)]
pub(crate) struct Board {
    /// Its name in identities: `default`, the name of its folder, with the profile before it where it is another's.
    pub(crate) name: String,
    /// The agent's name of it.
    slug: String,
    place: Option<Place>,
    /// Cards by the agent's word for where they stand, and attempts by theirs for how they ended.
    pub(crate) cards: BTreeMap<String, u64>,
    pub(crate) runs: BTreeMap<String, u64>,
}

/// How far the events of a board were read, and what of them was not understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    last: i64,
    /// Events that were told.
    pub(crate) told: u64,
    unknown: BTreeMap<String, (u64, Option<DateTime<Utc>>)>,
}

impl Board {
    pub(crate) fn new(profile: &str, slug: &str) -> Self {
        let name = if profile == "default" { slug.to_owned() } else { format!("{profile}/{slug}") };
        Self { name, slug: slug.to_owned(), place: None, cards: BTreeMap::new(), runs: BTreeMap::new() }
    }

    /// The task's id in the ledger.
    fn task(&self, card: &str) -> String {
        ids::join(&["hermes", "kanban", &self.name, card])
    }

    /// The run's id in the ledger.
    fn run(&self, number: i64) -> String {
        ids::join(&["hermes", "kanban", &self.name, "run", &number.to_string()])
    }

    /// Events that were told of it.
    pub(crate) fn events(&self) -> u64 {
        self.place.as_ref().map_or(0, |place| place.told)
    }

    /// Reads all cards and attempts, and the events that are new.
    pub(crate) async fn read(
        &mut self,
        pass: &mut Pass<'_>,
        reading: &mut Reading,
        projects: &Projects,
        cards: &mut Cards,
        path: &str,
    ) -> Result<(), Stopped> {
        let conn = &mut reading.conn;
        let Some(tasks) = Table::of(conn, "tasks").await? else {
            pass.notes.skip(path, "without the table `tasks` this is no board of Hermes");
            return Ok(());
        };
        let mut rows: Vec<CardRow> = Vec::new();
        for row in query(card::select(&tasks)).fetch_all(&mut *conn).await? {
            pass.work.other_rows += 1;
            rows.extend(CardRow::of(&row));
        }
        let mut runs: HashMap<String, Vec<RunRow>> = HashMap::new();
        if let Some(table) = Table::of(conn, "task_runs").await? {
            for row in
                query(format!("{} order by id", card::select_runs(&table))).fetch_all(&mut *conn).await?
            {
                pass.work.other_rows += 1;
                if let Some(run) = RunRow::of(&row) {
                    runs.entry(run.card.clone()).or_default().push(run);
                }
            }
        }
        let news = match Table::of(conn, "task_events").await? {
            Some(table) => self.events_of(pass, conn, &table, path).await?,
            None => HashMap::new(),
        };
        self.cards.clear();
        self.runs.clear();
        let there: HashSet<String> = rows.iter().map(|row| crate::pass::owner(&self.task(&row.id))).collect();
        self.tell_deleted(pass, &there);
        for row in rows {
            *self.cards.entry(row.status.clone()).or_default() += 1;
            let runs = runs.remove(&row.id).unwrap_or_default();
            for run in &runs {
                *self.runs.entry(run.outcome.clone().unwrap_or_else(|| run.status.clone())).or_default() += 1;
            }
            self.remember(&row, &runs, cards);
            let news = news.get(&row.id).cloned().unwrap_or_default();
            self.tell(pass, &row, &runs, &news, projects, path);
        }
        if let Some(place) = &self.place {
            for (kind, (count, last)) in &place.unknown {
                pass.notes.unknown.push(domain::source::UnknownKind {
                    place: format!("{path} task_events.kind"),
                    kind: kind.clone(),
                    count: *count,
                    last_at: *last,
                });
            }
        }
        Ok(())
    }

    /// Cards that are not on the board any more: those that were open are called off.
    fn tell_deleted(&self, pass: &mut Pass<'_>, there: &HashSet<String>) {
        let prefix = crate::pass::owner(&self.task(""));
        let open = |facts: &Value| {
            let status =
                facts.get("status").cloned().and_then(|word| serde_json::from_value::<TaskStatus>(word).ok());
            status.is_some_and(TaskStatus::is_open)
        };
        let gone: Vec<(String, Value)> = pass
            .entities
            .under(&prefix)
            .map(|(rest, entity)| (format!("{prefix}{rest}"), entity.facts.clone()))
            .filter(|(name, facts)| !there.contains(name) && open(facts))
            .collect();
        for (name, mut facts) in gone {
            let task = name.trim_start_matches("task:").to_owned();
            facts["status"] = serde_json::json!(TaskStatus::Cancelled);
            let patch = TaskPatch {
                status: Patch::Set(TaskStatus::Cancelled),
                blocker_reason: Patch::Clear,
                error: Patch::Set("Deleted from its board".to_owned()),
                attention: Patch::Set(Vec::new()),
                ..TaskPatch::default()
            };
            pass.state(&name, DateTime::UNIX_EPOCH, Body::Task(ids::task(&task), Box::new(patch)), facts);
        }
    }

    /// What sessions need to know of a card.
    fn remember(&self, row: &CardRow, runs: &[RunRow], cards: &mut Cards) {
        let listed = runs.iter().map(|run| (run.number, self.run(run.number), run.started_at)).collect();
        cards.by_id.insert(row.id.clone(), links::Card { task: self.task(&row.id), runs: listed });
        let named = runs.iter().filter_map(|run| Some((run.worker_session.clone()?, run.number)));
        for (session, number) in named {
            cards.worked(session, &row.id, number);
        }
    }

    /// Tells the events that are new, and what all events say of each card.
    async fn events_of(
        &mut self,
        pass: &mut Pass<'_>,
        conn: &mut SqliteConnection,
        table: &Table,
        path: &str,
    ) -> Result<HashMap<String, events::News>, Stopped> {
        let mut place = if let Some(place) = self.place.take() {
            place
        } else {
            let stored = pass.sink().cursor(&self.cursor()).await.map_err(Stopped::Sink)?;
            stored.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
        };
        let before = place.clone();
        let sql = format!("{} where id > ? order by id", events::select(table));
        for row in query(sql).bind(place.last).fetch_all(&mut *conn).await? {
            pass.work.other_rows += 1;
            self.event(pass, &row, &mut place, path);
        }
        if place != before {
            pass.cursor(self.cursor(), serde_json::to_value(&place).unwrap_or(Value::Null));
        }
        self.place = Some(place);
        let mut news: HashMap<String, events::News> = HashMap::new();
        for row in query(events::summary(table)).fetch_all(&mut *conn).await? {
            pass.work.other_rows += 1;
            if let Some(card) = Cells(&row).text(0) {
                news.insert(card, events::News::of(&row));
            }
        }
        Ok(news)
    }

    fn event(&self, pass: &mut Pass<'_>, row: &SqliteRow, place: &mut Place, path: &str) {
        let Some(event) = events::EventRow::of(row) else { return };
        place.last = place.last.max(event.number);
        match event.happening() {
            events::Told::As(happening) => {
                let scope = ids::join(&["hermes", "kanban", &self.name]);
                let (id, at, body) = happening.line(&scope, &self.task(&event.card), None);
                pass.line(&id, at, body);
                place.told += 1;
            }
            events::Told::Nothing => {}
            events::Told::Unknown => {
                let known = place.unknown.entry(event.kind.chars().take(80).collect()).or_default();
                known.0 += 1;
                known.1 = known.1.max(event.at);
            }
            events::Told::Wrong(reason) => {
                pass.notes.skip(format!("{path} task_events.id={}", event.number), reason);
            }
        }
    }

    fn cursor(&self) -> String {
        format!("hermes-home/board/{}", self.name)
    }

    fn tell(
        &self,
        pass: &mut Pass<'_>,
        row: &CardRow,
        runs: &[RunRow],
        news: &events::News,
        projects: &Projects,
        path: &str,
    ) {
        let task = self.task(&row.id);
        let told = row.tell(runs, news, projects, &self.slug);
        if let Some(word) = told.unknown_status {
            pass.notes.unknown(&format!("{path} tasks.status"), &word, Some(told.at));
        }
        let product = told.patch.product_id.value().map(|id| id.as_str().to_owned());
        let facts = serde_json::json!({ "status": told.status, "product": product });
        let body = Body::Task(ids::task(&task), Box::new(told.patch));
        pass.state(&crate::pass::owner(&task), told.at, body, facts);
        for run in runs {
            let id = self.run(run.number);
            let body = Body::Run(ids::run(&id), Box::new(run.patch(&task, row)));
            pass.state(&format!("run:{id}"), run.last_at(), body, Value::Null);
        }
    }
}
