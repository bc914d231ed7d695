//! A ledger in memory, and readers that read into it.

pub(crate) mod db;
pub(crate) mod made;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    event::Event,
    id::TaskId,
    query::{PageRequest, TaskQuery},
    run::Run,
    source::HomeFound,
    task::Task,
};
use hermes_home::{Reader, Report, Sink, SinkError, Taken};
use ingest::Draft;
use serde_json::Value;
use service::{FixedClock, Hermes};
use store::MemoryStore;
use tokio::sync::OnceCell;

/// The time at which the recorded home is looked at: the evening of its day.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-22T18:00:00Z".parse().unwrap()
}

/// Looks after which the reader of a test's home is done, or goes in circles.
const MOST_LOOKS: usize = 200;

/// A ledger.
pub(crate) struct Ledger(pub(crate) Hermes);

impl Ledger {
    pub(crate) fn new() -> Self {
        // Later than anything that a test writes: what lies ahead of the ledger's clock is ordered as now.
        let clock = FixedClock::new(now() + chrono::TimeDelta::days(1));
        Self(Hermes::new(Arc::new(MemoryStore::new()), Arc::new(clock)))
    }

    /// Reads all of the home with a new reader.
    pub(crate) async fn import(&self, home: &Path) -> (Reader, u64) {
        let mut reader = reader(home);
        let accepted = self.finish(&mut reader).await;
        (reader, accepted)
    }

    /// Looks until nothing more is to be read.
    pub(crate) async fn finish(&self, reader: &mut Reader) -> u64 {
        self.finish_at(reader, now()).await
    }

    /// Looks, at that time, until nothing more is to be read.
    pub(crate) async fn finish_at(&self, reader: &mut Reader, now: DateTime<Utc>) -> u64 {
        let mut accepted = 0;
        for _ in 0..MOST_LOOKS {
            let polled = reader.poll(now, self).await.unwrap();
            accepted += polled.accepted;
            if !polled.more {
                return accepted;
            }
        }
        panic!("it says again and again that there is more to read: {:#?}", reader.status().skipped)
    }

    pub(crate) async fn report(&self, home: &Path) -> Report {
        let (mut reader, _) = self.import(home).await;
        reader.report(self).await.unwrap()
    }

    pub(crate) async fn tasks(&self) -> Vec<Task> {
        let mut all = Vec::new();
        let mut query = TaskQuery::default();
        loop {
            let page = self.0.tasks(&query).await.unwrap();
            all.extend(page.items);
            if all.len() as u64 >= page.total {
                all.sort_by(|a, b| a.id.cmp(&b.id));
                return all;
            }
            query.page.page += 1;
        }
    }

    pub(crate) async fn task(&self, id: &str) -> Task {
        self.0.task(&TaskId::new(id).unwrap()).await.unwrap().unwrap_or_else(|| panic!("no task {id}"))
    }

    pub(crate) async fn events(&self, id: &str) -> Vec<Event> {
        let mut all = Vec::new();
        let mut page = PageRequest::default();
        loop {
            let found = self.0.events(&TaskId::new(id).unwrap(), page).await.unwrap().unwrap();
            all.extend(found.items);
            if all.len() as u64 >= found.total {
                return all;
            }
            page.page += 1;
        }
    }

    pub(crate) async fn runs(&self, id: &str) -> Vec<Run> {
        self.0.runs(&TaskId::new(id).unwrap(), PageRequest::default()).await.unwrap().unwrap().items
    }
}

impl Ledger {
    /// Everything that a reader of the ledger could see, line by line.
    pub(crate) async fn dump(&self) -> Vec<String> {
        fn line(what: &str, value: &impl serde::Serialize) -> String {
            format!("{what} {}", serde_json::to_string(value).unwrap())
        }
        let page = PageRequest { per_page: 1000, ..PageRequest::default() };
        let mut lines = Vec::new();
        for task in self.tasks().await {
            lines.push(line("task", &task));
            lines.extend(self.events(task.id.as_str()).await.iter().map(|event| line("  event", event)));
            lines.extend(self.runs(task.id.as_str()).await.iter().map(|run| line("  run", run)));
        }
        lines.extend(
            self.0.products(page).await.unwrap().items.iter().map(|product| line("product", product)),
        );
        lines.extend(self.0.agents(page).await.unwrap().items.iter().map(|agent| line("agent", agent)));
        lines.extend(self.0.schedule(page).await.unwrap().items.iter().map(|job| line("job", job)));
        lines
    }
}

/// What the recorded home gives: its report, and everything in the ledger.
pub(crate) async fn whole() -> &'static (Report, Vec<String>) {
    static WHOLE: OnceCell<(Report, Vec<String>)> = OnceCell::const_new();
    WHOLE
        .get_or_init(|| async {
            let home = copy_of(&recorded());
            let ledger = Ledger::new();
            let report = ledger.report(home.path()).await;
            (report, ledger.dump().await)
        })
        .await
}

/// Holds that two ledgers show the same, and says where they do not.
pub(crate) fn same(followed: &[String], fresh: &[String], told: &str) {
    for (followed, fresh) in followed.iter().zip(fresh) {
        assert_eq!(followed, fresh, "{told}: followed, then fresh");
    }
    assert_eq!(followed.len(), fresh.len(), "{told}");
}

#[async_trait]
impl Sink for Ledger {
    async fn take(&self, lines: Vec<Draft>, cursors: Vec<(String, Value)>) -> Result<Taken, SinkError> {
        let taken = self.0.take(lines, cursors).await?;
        Ok(Taken { accepted: taken.accepted, known: taken.known })
    }

    async fn cursor(&self, name: &str) -> Result<Option<Value>, SinkError> {
        Ok(self.0.cursor(name).await?)
    }

    async fn cursors(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Value)>, SinkError> {
        Ok(self.0.cursors(prefix, after, limit).await?)
    }
}

/// A reader of that home.
pub(crate) fn reader(home: &Path) -> Reader {
    Reader::new(home.to_owned(), copies(), HomeFound::Option)
}

/// A folder for copies of databases.
pub(crate) fn copies() -> PathBuf {
    // Copies are named after the paths of their databases, and no two homes of tests lie in one place.
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("hermes-home-copies")
}

/// The recorded home.
pub(crate) fn recorded() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/home")
}

/// A copy of a folder that may be changed.
pub(crate) fn copy_of(folder: &Path) -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let copied = tempfile::tempdir().unwrap();
    copy(folder, copied.path());
    copied
}
