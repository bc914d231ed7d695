//! One profile of a home: the home itself (`default`) or one under `profiles/`.

mod cron;
mod learned;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
};

use chrono::NaiveDateTime;
use domain::source::{FileKind, FileState, Lesson, SourceFile};

use crate::{
    agents::{self, Agents},
    cron::jobs::Job,
    database::{Database, Look, Reading, said},
    dumps,
    files::{self, Files, count},
    gateway::Gateway,
    kanban::Board,
    links::{Cards, Dumps, Executions},
    pass::{Notes, Pass},
    projects::Projects,
    sessions::{Context, Sessions, Stopped},
    table::{Cells, query},
    verification::Evidence,
};

/// What is known of a profile.
pub(crate) struct Profile {
    pub(crate) name: String,
    folder: PathBuf,
    /// What stands before its paths within the home.
    prefix: String,
    copies: PathBuf,
    files: Files,
    notes: BTreeMap<String, Notes>,
    state: Database,
    pub(crate) sessions: Sessions,
    agents: Option<Agents>,
    boards: BTreeMap<String, (Board, Database)>,
    jobs: Vec<Job>,
    jobs_mark: Option<u64>,
    outputs: HashMap<String, Vec<NaiveDateTime>>,
    outputs_mark: Option<u64>,
    executions_db: Database,
    executions: Executions,
    pub(crate) execution_counts: BTreeMap<String, u64>,
    evidence_db: Database,
    pub(crate) evidence: Evidence,
    /// The last test run of which its session was told.
    evidence_told: Option<i64>,
    dumps: Dumps,
    dumps_known: HashSet<String>,
    gateway: Gateway,
    gateway_mark: Option<u64>,
    lessons: Vec<Lesson>,
    lessons_mark: Option<u64>,
    /// Sessions that are to be told again.
    again: Vec<String>,
}

impl Profile {
    pub(crate) fn new(name: &str, folder: PathBuf, copies: &Path) -> Self {
        let database = |path: &str| Database::new(folder.join(path), copies);
        Self {
            name: name.to_owned(),
            prefix: if name == "default" { String::new() } else { format!("profiles/{name}/") },
            copies: copies.to_owned(),
            files: Files::default(),
            notes: BTreeMap::new(),
            state: database("state.db"),
            sessions: Sessions::default(),
            agents: None,
            boards: BTreeMap::new(),
            jobs: Vec::new(),
            jobs_mark: None,
            outputs: HashMap::new(),
            outputs_mark: None,
            executions_db: database("cron/executions.db"),
            executions: Executions::default(),
            execution_counts: BTreeMap::new(),
            evidence_db: database("verification_evidence.db"),
            evidence: Evidence::default(),
            evidence_told: None,
            dumps: Dumps::new(),
            dumps_known: HashSet::new(),
            gateway: Gateway::default(),
            gateway_mark: None,
            lessons: Vec::new(),
            lessons_mark: None,
            again: Vec::new(),
            folder,
        }
    }

    /// A path within the home.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Has these sessions told again.
    pub(crate) fn tell_again(&mut self, sessions: Vec<String>) {
        self.again.extend(sessions);
    }

    /// Has cards, jobs and executions told again.
    pub(crate) fn tell_owners_again(&mut self) {
        self.executions_db.forget();
        self.jobs_mark = None;
        self.boards.values_mut().for_each(|(_, database)| database.forget());
    }

    /// Its files, what was skipped, what was learned.
    pub(crate) fn account(&self) -> (impl Iterator<Item = &SourceFile>, Notes, &[Lesson]) {
        let mut notes = Notes::default();
        self.notes.values().for_each(|part| notes.append(part.clone()));
        notes.append(self.sessions.notes(&self.path("state.db")));
        (self.files.iter(), notes, &self.lessons)
    }

    /// Its boards.
    pub(crate) fn boards(&self) -> impl Iterator<Item = &Board> {
        self.boards.values().map(|(board, _)| board)
    }

    /// How many jobs there are.
    pub(crate) fn job_count(&self) -> u64 {
        self.jobs.len() as u64
    }

    /// The database of sessions, opened for the report.
    pub(crate) async fn open_sessions(&mut self) -> Option<Reading> {
        self.state.forget();
        match self.state.look().await {
            Look::Open(reading) => Some(reading),
            _ => None,
        }
    }

    /// Reads what is new but for the boards.
    pub(crate) async fn read(
        &mut self,
        pass: &mut Pass<'_>,
        projects: &Projects,
        cards: &Cards,
    ) -> Result<(), Stopped> {
        self.jobs(pass, projects);
        self.executions(pass, projects).await?;
        self.evidence(pass).await?;
        self.dumps(pass);
        self.sessions(pass, projects, cards).await?;
        self.gateway(pass);
        self.learned(pass);
        pass.flush().await.map_err(Stopped::Sink)
    }

    /// Reads what is new of the boards. Those of one profile may name sessions of another, so they are read first.
    pub(crate) async fn read_boards(
        &mut self,
        pass: &mut Pass<'_>,
        projects: &Projects,
        cards: &mut Cards,
    ) -> Result<(), Stopped> {
        let mut found = vec![("default".to_owned(), "kanban.db".to_owned())];
        for folder in files::list(&self.folder.join("kanban/boards")).unwrap_or_default() {
            let slug = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            found.push((slug.clone(), format!("kanban/boards/{slug}/kanban.db")));
        }
        for (slug, path) in found {
            let at = self.folder.join(&path);
            let shown = self.path(&path);
            let (mut board, mut database) = self
                .boards
                .remove(&slug)
                .unwrap_or_else(|| (Board::new(&self.name, &slug), Database::new(at.clone(), &self.copies)));
            match database.look().await {
                Look::Unchanged => {}
                Look::Absent => self.absent(&shown, FileKind::Kanban),
                Look::Failed(reason) => self.unreadable(&shown, &at, FileKind::Kanban, reason),
                Look::Open(mut reading) => {
                    self.opened(pass, &shown, &at, FileKind::Kanban, &reading);
                    let done = board.read(pass, &mut reading, projects, cards, &shown).await;
                    self.note(pass, &shown);
                    let total = board.cards.values().sum();
                    let runs = board.runs.values().sum();
                    let holds =
                        format!("{}, {}", count(total, "card", "cards"), count(runs, "attempt", "attempts"));
                    let closed = self.close(pass, &shown, &mut database, reading, done, holds).await;
                    self.again.extend(self.sessions.without_card());
                    closed?;
                }
            }
            self.boards.insert(slug, (board, database));
        }
        Ok(())
    }

    async fn evidence(&mut self, pass: &mut Pass<'_>) -> Result<(), Stopped> {
        let (path, at) =
            (self.path("verification_evidence.db"), self.folder.join("verification_evidence.db"));
        match self.evidence_db.look().await {
            Look::Unchanged => {}
            Look::Absent => self.absent(&path, FileKind::Verification),
            Look::Failed(reason) => self.unreadable(&path, &at, FileKind::Verification, reason),
            Look::Open(mut reading) => {
                self.opened(pass, &path, &at, FileKind::Verification, &reading);
                let told = if let Some(told) = self.evidence_told {
                    told
                } else {
                    let stored = pass.sink().cursor(&self.evidence_cursor()).await;
                    stored.map_err(Stopped::Sink)?.and_then(|told| told.as_i64()).unwrap_or(0)
                };
                self.evidence_told = Some(told);
                let read = self.evidence.read(told, &mut reading, pass.work, &mut pass.notes, &path).await;
                self.note(pass, &path);
                let done = read.map(|touched| self.again.extend(touched)).map_err(Stopped::Source);
                let holds = count(self.evidence.total, "test run", "test runs");
                let fresh = Database::new(at, &self.copies);
                let mut database = std::mem::replace(&mut self.evidence_db, fresh);
                let closed = self.close(pass, &path, &mut database, reading, done, holds).await;
                self.evidence_db = database;
                closed?;
            }
        }
        Ok(())
    }

    fn dumps(&mut self, pass: &mut Pass<'_>) {
        let (path, folder) = (self.path("sessions/request_dump_*.json"), self.folder.join("sessions"));
        if !folder.is_dir() {
            return self.files.plain(&self.name, &path, FileKind::RequestDumps, &[], FileState::Absent);
        }
        let place = self.path("sessions");
        let read =
            dumps::read(&folder, &mut self.dumps_known, &mut self.dumps, &mut pass.notes, pass.work, &place);
        self.note(pass, &path);
        let listed: Vec<PathBuf> = self.dumps_known.iter().map(|name| folder.join(name)).collect();
        self.files.plain(&self.name, &path, FileKind::RequestDumps, &listed, FileState::Read);
        match read {
            Ok(touched) => {
                self.again.extend(touched);
                self.files.holds(&path, count(listed.len() as u64, "failed call", "failed calls"));
            }
            Err(error) => self.files.failed(&path, error.to_string()),
        }
    }

    async fn sessions(
        &mut self,
        pass: &mut Pass<'_>,
        projects: &Projects,
        cards: &Cards,
    ) -> Result<(), Stopped> {
        if self.sessions.unfinished() || !self.again.is_empty() || self.sessions.due(pass.now) {
            self.state.forget();
        }
        let (path, at) = (self.path("state.db"), self.folder.join("state.db"));
        match self.state.look().await {
            Look::Unchanged => return Ok(()),
            Look::Absent => {
                self.sessions = Sessions::absent();
                self.absent(&path, FileKind::Sessions);
            }
            Look::Failed(reason) => {
                self.sessions.rest();
                self.again.sort();
                self.again.dedup();
                self.unreadable(&path, &at, FileKind::Sessions, reason);
            }
            Look::Open(mut reading) => {
                self.opened(pass, &path, &at, FileKind::Sessions, &reading);
                let version = schema(&mut reading).await;
                self.files.schema(&path, version);
                let mut agents = if let Some(agents) = self.agents.take() {
                    agents
                } else {
                    let stored = pass.sink().cursor(&agents::cursor_name(&self.name)).await;
                    Agents::of(stored.map_err(Stopped::Sink)?)
                };
                let again = std::mem::take(&mut self.again);
                let mut cx = Context {
                    profile: &self.name,
                    path: &path,
                    projects,
                    cards,
                    executions: &self.executions,
                    dumps: &self.dumps,
                    evidence: &self.evidence,
                    agents: &mut agents,
                };
                let done = self.sessions.read(pass, &mut cx, &mut reading, &again).await;
                if done.is_err() {
                    // Those who named them will not name them again.
                    self.again = again;
                } else if self.evidence_told.is_some_and(|told| told < self.evidence.last_id) {
                    self.evidence_told = Some(self.evidence.last_id);
                    pass.cursor(self.evidence_cursor(), self.evidence.last_id.into());
                }
                self.agents = Some(agents);
                self.note(pass, &path);
                let (sessions, messages) = self.sessions.progress();
                let holds = format!(
                    "{}, {}",
                    count(sessions, "session", "sessions"),
                    count(messages, "message", "messages")
                );
                let mut database =
                    std::mem::replace(&mut self.state, Database::new(at.clone(), &self.copies));
                let closed = self.close(pass, &path, &mut database, reading, done, holds).await;
                self.state = database;
                if self.sessions.unfinished() {
                    self.files.database(&self.name, &path, &at, FileKind::Sessions, FileState::Waiting);
                }
                closed?;
            }
        }
        Ok(())
    }

    fn evidence_cursor(&self) -> String {
        format!("hermes-home/evidence/{}", self.name)
    }

    /// Notes that a database is not there.
    fn absent(&mut self, path: &str, kind: FileKind) {
        self.notes.remove(path);
        self.files.plain(&self.name, path, kind, &[], FileState::Absent);
    }

    /// Notes that a database cannot be opened.
    fn unreadable(&mut self, path: &str, at: &Path, kind: FileKind, reason: String) {
        self.files.database(&self.name, path, at, kind, FileState::Failed);
        self.files.failed(path, reason);
    }

    /// Notes that a database was opened.
    fn opened(&mut self, pass: &mut Pass<'_>, path: &str, at: &Path, kind: FileKind, reading: &Reading) {
        pass.work.databases_opened += 1;
        let state = if reading.copied { FileState::Copied } else { FileState::Read };
        self.files.database(&self.name, path, at, kind, state);
    }

    /// Notes what a part could not read.
    fn note(&mut self, pass: &mut Pass<'_>, path: &str) {
        self.notes.insert(path.to_owned(), std::mem::take(&mut pass.notes));
    }

    /// Ends the reading of a database. An error of the database is noted, and what was read of it stays; others are
    /// passed on.
    async fn close(
        &mut self,
        pass: &mut Pass<'_>,
        path: &str,
        database: &mut Database,
        reading: Reading,
        done: Result<(), Stopped>,
        holds: String,
    ) -> Result<(), Stopped> {
        let done = if reading.is_sound() { done } else { Err(Stopped::Moved) };
        match done {
            Ok(()) => {
                self.files.holds(path, holds);
                database.finish(reading, pass.file_time()).await;
                Ok(())
            }
            Err(Stopped::Source(error)) => {
                self.files.failed(path, said(&error));
                reading.close().await;
                Ok(())
            }
            Err(stopped) => {
                reading.close().await;
                Err(stopped)
            }
        }
    }
}

/// The schema version that a database of sessions tells.
async fn schema(reading: &mut Reading) -> Option<i64> {
    let row =
        query("select max(version) from schema_version".to_owned()).fetch_optional(&mut reading.conn).await;
    row.ok().flatten().as_ref().and_then(|row| Cells(row).int(0))
}
