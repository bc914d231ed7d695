//! The reader of a home: looks at all of it, hands over what is new, and can say what it found.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use domain::source::{
    FileKind, FileState, HomeFound, HomeProgress, HomeState, HomeStatus, MAX_LISTED, Skipped,
};
use serde_json::{Value, json};

use crate::{
    Sink, SinkError, Work,
    database::{Database, Look, said},
    entities::Entities,
    files::{self, Files, count},
    links::Cards,
    pass::{Notes, Pass},
    profile::Profile,
    projects::Projects,
    session::state::SessionState,
    sessions::{Stopped, state_prefix},
};

/// The cursor that remembers for which projects the sessions were told.
const PROJECTS: &str = "hermes-home/projects";

/// Cursors that are loaded at once.
const PAGE: usize = 500;

/// Reads a home, again and again. Where a sink fails, the reader is to be made anew: it may be ahead of what is
/// stored.
pub struct Reader {
    root: PathBuf,
    copies: PathBuf,
    found: HomeFound,
    state: HomeState,
    reason: Option<String>,
    looked_at: Option<DateTime<Utc>>,
    entities: Option<Entities>,
    projects_db: Database,
    pub(crate) projects: Projects,
    cards: Cards,
    pub(crate) profiles: BTreeMap<String, Profile>,
    files: Files,
    notes: Notes,
    work: Work,
    /// The projects for which the sessions are being told again.
    assigned: Option<Value>,
}

/// What a look brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Polled {
    /// Lines that were new to the sink.
    pub accepted: u64,
    /// Whether there is more to read at once: older sessions, a share at a time.
    pub more: bool,
}

impl Reader {
    /// A reader of the home at `root`. Databases that cannot be read where they lie are copied to `copies`, a folder
    /// of ours.
    pub fn new(root: PathBuf, copies: PathBuf, found: HomeFound) -> Self {
        Self {
            projects_db: Database::new(root.join("projects.db"), &copies),
            root,
            copies,
            found,
            state: HomeState::Reading,
            reason: None,
            looked_at: None,
            entities: None,
            projects: Projects::default(),
            cards: Cards::default(),
            profiles: BTreeMap::new(),
            files: Files::default(),
            notes: Notes::default(),
            work: Work::default(),
            assigned: None,
        }
    }

    /// The home's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What reading cost so far.
    pub fn work(&self) -> Work {
        self.work
    }

    /// Looks at everything once and hands over what is new. Sessions that were never read come a share at a time,
    /// the newest first: [`Polled::more`] says that there are others. Only a sink that fails is an error; what of the
    /// home cannot be read is told by [`Self::status`], and tried again at the next look.
    pub async fn poll(&mut self, now: DateTime<Utc>, sink: &dyn Sink) -> Result<Polled, SinkError> {
        self.looked_at = Some(now);
        if !self.present() {
            return Ok(Polled { accepted: 0, more: false });
        }
        let mut entities = match self.entities.take() {
            Some(entities) => entities,
            None => Entities::load(sink).await?,
        };
        let mut work = self.work;
        let mut pass = Pass::new(now, &mut entities, &mut work, sink);
        let polled = self.look(&mut pass).await;
        let (accepted, raised) = (pass.taken.accepted, pass.raised);
        self.work = work;
        match polled {
            Ok(()) => self.entities = Some(entities),
            Err(Stopped::Sink(error)) => return Err(error),
            Err(Stopped::Moved | Stopped::Source(_)) => {
                // What was read and not handed over is thrown away; the next look begins with what the sink has.
                self.begin_again();
                return Ok(Polled { accepted, more: true });
            }
        }
        if raised {
            self.profiles.values_mut().for_each(Profile::tell_owners_again);
        }
        let more = raised || self.profiles.values().any(|profile| profile.sessions.unfinished());
        self.state = if more { HomeState::Reading } else { HomeState::Following };
        Ok(Polled { accepted, more })
    }

    fn begin_again(&mut self) {
        let fresh = Self::new(self.root.clone(), self.copies.clone(), self.found);
        *self = Self { state: self.state, looked_at: self.looked_at, work: self.work, ..fresh };
    }

    async fn look(&mut self, pass: &mut Pass<'_>) -> Result<(), Stopped> {
        self.find_profiles();
        self.projects(pass).await?;
        for profile in self.profiles.values_mut() {
            profile.read_boards(pass, &self.projects, &mut self.cards).await?;
        }
        let named = self.cards.news();
        for profile in self.profiles.values_mut() {
            profile.tell_again(named.clone());
            profile.read(pass, &self.projects, &self.cards).await?;
        }
        // Only now: the sessions that moved were told.
        if let Some(print) = self.assigned.take() {
            pass.cursor(PROJECTS.to_owned(), print);
        }
        pass.flush().await.map_err(Stopped::Sink)
    }

    /// Whether there is a folder that can be listed.
    fn present(&mut self) -> bool {
        let state = match fs::read_dir(&self.root) {
            Ok(_) => None,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some((HomeState::Missing, error)),
            Err(error) => Some((HomeState::Unreadable, error)),
        };
        match state {
            None => {
                self.reason = None;
                true
            }
            Some((state, error)) => {
                self.state = state;
                self.reason = Some(error.to_string());
                false
            }
        }
    }

    /// The home itself, and every folder of a profile.
    fn find_profiles(&mut self) {
        let home = || Profile::new("default", self.root.clone(), &self.copies);
        self.profiles.entry("default".to_owned()).or_insert_with(home);
        for folder in files::list(&self.root.join("profiles")).unwrap_or_default() {
            let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if folder.is_dir() && name != "default" {
                let profile = || Profile::new(&name, folder.clone(), &self.copies);
                self.profiles.entry(name.clone()).or_insert_with(profile);
            }
        }
    }

    /// Reads the projects first: everything else finds its product by them.
    async fn projects(&mut self, pass: &mut Pass<'_>) -> Result<(), Stopped> {
        let (path, at) = ("projects.db", self.root.join("projects.db"));
        match self.projects_db.look().await {
            Look::Unchanged => return Ok(()),
            Look::Absent => self.files.plain("default", path, FileKind::Projects, &[], FileState::Absent),
            Look::Failed(reason) => {
                self.files.database("default", path, &at, FileKind::Projects, FileState::Failed);
                self.files.failed(path, reason);
            }
            Look::Open(mut reading) => {
                pass.work.databases_opened += 1;
                let state = if reading.copied { FileState::Copied } else { FileState::Read };
                self.files.database("default", path, &at, FileKind::Projects, state);
                let read = Projects::read(&mut reading, pass.work, &mut pass.notes, path).await;
                self.notes = std::mem::take(&mut pass.notes);
                match read {
                    _ if !reading.is_sound() => {
                        reading.close().await;
                        return Err(Stopped::Moved);
                    }
                    Ok(projects) => {
                        // Without a table, what was known stays.
                        let changed = projects.filter(|projects| *projects != self.projects);
                        let is_changed = changed.is_some();
                        self.projects = changed.unwrap_or_else(|| std::mem::take(&mut self.projects));
                        let known = self.projects.len() as u64;
                        self.files.holds(path, count(known, "project", "projects"));
                        self.projects_db.finish(reading, pass.file_time()).await;
                        if is_changed {
                            self.projects.tell(pass, "default");
                            self.assign_again(pass).await.map_err(Stopped::Sink)?;
                        }
                    }
                    Err(error) => {
                        self.files.failed(path, said(&error));
                        reading.close().await;
                    }
                }
            }
        }
        Ok(())
    }

    /// The projects are others than those for which the sessions were told: those whose product is another one now
    /// are told again.
    async fn assign_again(&mut self, pass: &mut Pass<'_>) -> Result<(), SinkError> {
        let print = json!(format!("{:016x}", self.projects.print()));
        if pass.sink().cursor(PROJECTS).await?.as_ref() == Some(&print) {
            return Ok(());
        }
        for profile in self.profiles.values_mut() {
            let mut moved = Vec::new();
            let projects = &self.projects;
            each_session(pass.sink(), &profile.name, |id, state| {
                let found = projects.find(&state.clues, state.repository.as_deref());
                let known = found.id().map(domain::id::ProductId::as_str) == state.told_product.as_deref();
                if !known || found.is_guess() != state.told_guess {
                    moved.push(id.to_owned());
                }
            })
            .await?;
            profile.tell_again(moved);
            profile.tell_owners_again();
        }
        self.projects.retire_repositories(pass);
        self.assigned = Some(print);
        Ok(())
    }

    /// What was found, what is read, what was skipped and why.
    pub fn status(&self) -> HomeStatus {
        let mut files: Vec<_> = self.files.iter().cloned().collect();
        let mut notes = self.notes.clone();
        let mut lessons = Vec::new();
        let mut progress = HomeProgress { sessions_total: Some(0), ..HomeProgress::default() };
        for profile in self.profiles.values() {
            let (of_profile, more, learned) = profile.account();
            files.extend(of_profile.cloned());
            notes.append(more);
            lessons.extend_from_slice(learned);
            let (sessions, messages) = profile.sessions.progress();
            progress.sessions_read += sessions;
            progress.messages_read += messages;
            progress.sessions_total = match (progress.sessions_total, profile.sessions.total) {
                (Some(sum), Some(total)) => Some(sum + total),
                // Nothing to count where there is no database.
                (sum, None) if !profile.sessions.unfinished() => sum,
                _ => None,
            };
        }
        let failed = files.iter().filter(|file| file.state == FileState::Failed);
        let failed = failed.map(|file| Skipped {
            place: file.path.clone(),
            reason: file.reason.clone().unwrap_or_else(|| "cannot be read".to_owned()),
        });
        let mut skipped: Vec<Skipped> = failed.collect();
        if let Some(reason) = &self.reason {
            skipped.push(Skipped { place: self.root.display().to_string(), reason: reason.clone() });
        }
        skipped.extend(notes.skipped);
        let skipped_total = skipped.len() as u64;
        skipped.truncate(MAX_LISTED);
        files.truncate(MAX_LISTED);
        lessons.truncate(MAX_LISTED);
        notes.unknown.truncate(MAX_LISTED);
        HomeStatus {
            path: self.root.display().to_string(),
            found: self.found,
            state: self.state,
            progress,
            looked_at: self.looked_at,
            files,
            skipped,
            skipped_total,
            unknown: notes.unknown,
            lessons,
        }
    }

    pub(crate) fn entities(&self) -> Option<&Entities> {
        self.entities.as_ref()
    }
}

/// Shows every session of a profile that the sink remembers.
pub(crate) async fn each_session(
    sink: &dyn Sink,
    profile: &str,
    mut show: impl FnMut(&str, SessionState),
) -> Result<(), SinkError> {
    let prefix = state_prefix(profile);
    let mut after: Option<String> = None;
    loop {
        let page: Vec<(String, Value)> = sink.cursors(&prefix, after.as_deref(), PAGE).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = Some(last.clone());
        for (name, value) in page {
            if let (Some(id), Ok(state)) = (name.strip_prefix(&prefix), serde_json::from_value(value)) {
                show(id, state);
            }
        }
    }
}
