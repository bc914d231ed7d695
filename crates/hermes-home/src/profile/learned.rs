//! Gateway, memories and skills of a profile.

use std::path::PathBuf;

use domain::source::{FileKind, FileState, LessonKind};

use super::Profile;
use crate::{
    files::{self, count},
    gateway, lessons,
    pass::Pass,
};

impl Profile {
    pub(super) fn gateway(&mut self, pass: &mut Pass<'_>) {
        let names = [
            "gateway_state.json",
            "state/gateway.heartbeat",
            "cron/ticker_heartbeat",
            "cron/ticker_last_success",
            ".clean_shutdown",
        ];
        let paths: Vec<PathBuf> = names.iter().map(|name| self.folder.join(name)).collect();
        let mark = files::mark(&paths);
        if mark != self.gateway_mark {
            let path = self.path("gateway_state.json");
            self.files.plain(&self.name, &path, FileKind::Gateway, &paths[..4], FileState::Read);
            match gateway::read(&self.folder, pass.work) {
                Ok(found) => {
                    self.gateway = found;
                    if let Some(holds) = self.gateway.holds() {
                        self.files.holds(&path, holds);
                    }
                    self.gateway_mark = mark;
                }
                // Perhaps it is being written: the next look tries again.
                Err(reason) => self.files.failed(&path, reason),
            }
        }
        let jobs = self.jobs.iter().any(|job| job.enabled);
        // Told each time: a heart that has stopped shows by the passing of time.
        self.gateway.tell(pass, &self.name, jobs);
    }

    pub(super) fn learned(&mut self, pass: &mut Pass<'_>) {
        let memories = [("memories/MEMORY.md", LessonKind::Memory), ("memories/USER.md", LessonKind::User)];
        let skills = self.skills();
        let mut paths: Vec<PathBuf> = memories.iter().map(|(path, _)| self.folder.join(path)).collect();
        paths.extend(skills.iter().map(|(path, _)| path.clone()));
        let mark = files::mark(&paths);
        if mark == self.lessons_mark && mark.is_some() {
            return;
        }
        self.lessons_mark = mark;
        self.lessons.clear();
        for (name, kind) in memories {
            let (path, at) = (self.path(name), self.folder.join(name));
            self.files.plain(&self.name, &path, FileKind::Memory, std::slice::from_ref(&at), FileState::Read);
            if !at.exists() {
                continue;
            }
            pass.work.files_read += 1;
            match lessons::memories(&at, &self.name, kind, &path) {
                Ok(found) => {
                    self.files.holds(&path, count(found.len() as u64, "entry", "entries"));
                    self.lessons.extend(found);
                }
                Err(error) => self.files.failed(&path, error.to_string()),
            }
        }
        let path = self.path("skills");
        let listed: Vec<PathBuf> = skills.iter().map(|(path, _)| path.clone()).collect();
        self.files.plain(&self.name, &path, FileKind::Skills, &listed, FileState::Read);
        self.files.holds(&path, count(listed.len() as u64, "skill", "skills"));
        for (at, shown) in skills {
            pass.work.files_read += 1;
            match lessons::skill(&at, &self.name, &shown) {
                Ok(lesson) => self.lessons.push(lesson),
                Err(error) => pass.notes.skip(shown, error.to_string()),
            }
        }
        self.note(pass, &path);
    }

    /// The skills: `skills/<name>/SKILL.md`, or one folder deeper, by category.
    fn skills(&self) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        for folder in files::list(&self.folder.join("skills")).unwrap_or_default() {
            let mut folders = vec![folder.clone()];
            folders.extend(files::list(&folder).unwrap_or_default().into_iter().filter(|path| path.is_dir()));
            for folder in folders {
                let at = folder.join("SKILL.md");
                if at.is_file() {
                    let inside = at.strip_prefix(&self.folder).unwrap_or(&at);
                    found.push((at.clone(), self.path(&inside.to_string_lossy())));
                }
            }
        }
        found
    }
}
