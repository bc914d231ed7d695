//! The scheduler's files of a profile.

use std::path::PathBuf;

use domain::source::{FileKind, FileState};

use super::Profile;
use crate::{
    cron::{executions, jobs, output},
    database::Look,
    files::{self, count},
    pass::Pass,
    projects::Projects,
    sessions::Stopped,
};

impl Profile {
    pub(super) fn jobs(&mut self, pass: &mut Pass<'_>, projects: &Projects) {
        let (path, at) = (self.path("cron/jobs.json"), self.folder.join("cron/jobs.json"));
        let mark = files::mark(std::slice::from_ref(&at));
        if mark.is_some() && mark == self.jobs_mark {
            return;
        }
        self.files.plain(&self.name, &path, FileKind::Jobs, std::slice::from_ref(&at), FileState::Read);
        self.jobs_mark = None;
        if mark.is_none() {
            // Replaced this very moment, or gone: what was known stays until there is a file again.
            self.notes.remove(&path);
            return;
        }
        pass.work.files_read += 1;
        match jobs::read(&at, &mut pass.notes, &path) {
            Ok(found) => {
                jobs::tell(pass, &found, projects, &self.name);
                self.files.holds(&path, count(found.len() as u64, "job", "jobs"));
                self.jobs = found;
                self.jobs_mark = mark;
                // Executions take names and products from their jobs.
                self.executions_db.forget();
            }
            Err(error) => self.files.failed(&path, error.to_string()),
        }
        self.note(pass, &path);
    }

    /// Lists the outputs where a folder changed.
    fn outputs(&mut self) {
        let path = self.path("cron/output");
        let folder = self.folder.join("cron/output");
        let folders = files::list(&folder).unwrap_or_default();
        let mut marked: Vec<PathBuf> = folders.clone();
        marked.push(folder);
        let mark = files::mark(&marked);
        if mark == self.outputs_mark && mark.is_some() {
            return;
        }
        self.outputs_mark = mark;
        self.outputs.clear();
        for folder in &folders {
            let job = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if let Ok(names) = output::list(folder) {
                self.outputs.insert(job, names);
            }
        }
        let listed: Vec<PathBuf> =
            folders.iter().flat_map(|folder| files::list(folder).unwrap_or_default()).collect();
        self.files.plain(&self.name, &path, FileKind::JobOutput, &listed, FileState::Read);
        let total = self.outputs.values().map(Vec::len).sum::<usize>();
        self.files.holds(&path, count(total as u64, "output", "outputs"));
        self.executions_db.forget();
    }

    pub(super) async fn executions(
        &mut self,
        pass: &mut Pass<'_>,
        projects: &Projects,
    ) -> Result<(), Stopped> {
        self.outputs();
        let (path, at) = (self.path("cron/executions.db"), self.folder.join("cron/executions.db"));
        let folder = self.folder.join("cron/output");
        match self.executions_db.look().await {
            Look::Unchanged => {}
            Look::Absent => self.absent(&path, FileKind::Executions),
            Look::Failed(reason) => self.unreadable(&path, &at, FileKind::Executions, reason),
            Look::Open(mut reading) => {
                self.opened(pass, &path, &at, FileKind::Executions, &reading);
                let cx = executions::Context {
                    profile: &self.name,
                    path: &path,
                    jobs: &self.jobs,
                    projects,
                    folder: &folder,
                    outputs: &self.outputs,
                };
                let read = executions::read(pass, &mut reading, &cx, &mut self.executions).await;
                self.note(pass, &path);
                let done = read.map(|counts| self.execution_counts = counts);
                let holds = count(self.execution_counts.values().sum(), "execution", "executions");
                let fresh = crate::database::Database::new(at, &self.copies);
                let mut database = std::mem::replace(&mut self.executions_db, fresh);
                let closed = self.close(pass, &path, &mut database, reading, done, holds).await;
                self.executions_db = database;
                self.again.extend(self.sessions.without_execution());
                closed?;
            }
        }
        Ok(())
    }
}
