//! Decisions and their log.

use chrono::{DateTime, Utc};
use domain::{
    decision::{AuditAction, AuditEntry, Decision, NewDecision, Subject, Turn},
    fold::Ledger,
    id::ItemKey,
    stamp::whole_micros,
};

/// The log, and which decisions of it are not undone and did not end.
#[derive(Default)]
pub(super) struct Decisions {
    /// Entry `n` is at index `n - 1`. What is told of an entry's later fate is set when it is read or befalls it.
    log: Vec<AuditEntry>,
    /// In the order in which they were decided: the last of an item is in force.
    live: Vec<Live>,
}

struct Live {
    id: u64,
    item: ItemKey,
    subject: Option<Subject>,
}

impl Decisions {
    /// How many entries the log has.
    pub(super) fn entries(&self) -> u64 {
        self.log.len() as u64
    }

    pub(super) fn decide(&mut self, new: &NewDecision, ledger: &Ledger, now: DateTime<Utc>) -> AuditEntry {
        let mut item = new.item.clone();
        let mut subject = new.subject.clone();
        if let Some(Subject::Task(id)) = &mut subject {
            let into = ledger.resolve(id).clone();
            item = item.moved(id, &into);
            *id = into;
        }
        let last = self.live.iter().rfind(|live| live.item == item).and_then(|live| self.entry(live.id));
        if let Some(last) = last.filter(|last| new.repeats(last)) {
            return last;
        }
        let id = self.log.len() as u64 + 1;
        self.log.push(AuditEntry {
            id,
            at: whole_micros(now),
            by: new.by.clone(),
            action: new.kind.into(),
            item: item.clone(),
            title: new.title.clone(),
            cause: new.cause.clone(),
            subject: subject.clone(),
            until: new.until,
            note: new.note.clone(),
            undoes: None,
            undone_at: None,
            undone_by: None,
            ended_at: None,
            in_force: false,
        });
        self.live.push(Live { id, item, subject });
        self.read(&self.log[self.log.len() - 1])
    }

    pub(super) fn undo(&mut self, id: u64, by: &str, now: DateTime<Utc>) -> Option<AuditEntry> {
        let live = self.live.iter().position(|live| live.id == id)?;
        if !self.is_in_force(id) {
            return None;
        }
        let live = self.live.remove(live);
        let (next, at) = (self.log.len() as u64 + 1, whole_micros(now));
        let undone = self.at(id)?;
        (undone.undone_at, undone.undone_by) = (Some(at), Some(by.to_owned()));
        let entry = AuditEntry {
            id: next,
            at,
            by: by.to_owned(),
            action: AuditAction::Undone,
            item: live.item,
            subject: live.subject,
            until: None,
            note: None,
            undoes: Some(id),
            undone_at: None,
            undone_by: None,
            ..undone.clone()
        };
        self.log.push(entry.clone());
        Some(entry)
    }

    pub(super) fn in_force(&self) -> Vec<Decision> {
        let of = |live: &Live| {
            let entry = self.entry(live.id).filter(|entry| entry.in_force)?;
            Some(Decision {
                id: entry.id,
                item: live.item.clone(),
                cause: entry.cause,
                kind: entry.action.decision()?,
                until: entry.until,
                note: entry.note,
                title: entry.title,
                at: entry.at,
                by: entry.by,
            })
        };
        self.live.iter().filter_map(of).collect()
    }

    /// The log, the newest first.
    pub(super) fn audit(&self) -> Vec<AuditEntry> {
        self.log.iter().rev().map(|entry| self.read(entry)).collect()
    }

    pub(super) fn entry(&self, id: u64) -> Option<AuditEntry> {
        let index = usize::try_from(id.checked_sub(1)?).ok()?;
        self.log.get(index).map(|entry| self.read(entry))
    }

    /// What decisions depend on.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Subject> {
        self.live.iter().filter_map(|live| live.subject.clone())
    }

    /// What followed from lines.
    pub(super) fn settle(&mut self, turns: Vec<Turn>) {
        for turn in turns {
            match turn {
                Turn::Ended { subject, at } => {
                    let ended = |live: &mut Live| live.subject.as_ref() == Some(&subject);
                    let ended: Vec<u64> = self.live.extract_if(.., ended).map(|live| live.id).collect();
                    for id in ended {
                        if let Some(entry) = self.at(id) {
                            entry.ended_at = Some(whole_micros(at));
                        }
                    }
                }
                Turn::Moved { from, into } => {
                    let moved = Some(Subject::Task(from.clone()));
                    for live in self.live.iter_mut().filter(|live| live.subject == moved) {
                        live.item = live.item.moved(&from, &into);
                        live.subject = Some(Subject::Task(into.clone()));
                    }
                }
            }
        }
    }

    fn is_in_force(&self, id: u64) -> bool {
        let live = self.live.iter().find(|live| live.id == id);
        live.is_some_and(|live| self.live.iter().all(|other| other.item != live.item || other.id <= id))
    }

    fn at(&mut self, id: u64) -> Option<&mut AuditEntry> {
        self.log.get_mut(usize::try_from(id.checked_sub(1)?).ok()?)
    }

    fn read(&self, entry: &AuditEntry) -> AuditEntry {
        AuditEntry { in_force: self.is_in_force(entry.id), ..entry.clone() }
    }
}
