//! The agent's home folder: where it is, and how what is read of it gets into the ledger.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use domain::source::HomeFound;
use etcetera::{BaseStrategy, base_strategy::choose_native_strategy};
use hermes_home::{Reader, Sink, SinkError, Taken};
use ingest::Draft;
use serde_json::Value;
use service::Hermes;

use crate::metrics::Metrics;

/// The agent's own variable for its home.
const VARIABLE: &str = "HERMES_HOME";

/// Where the agent keeps its home if nobody says otherwise, in the account's home folder.
const USUAL: &str = ".hermes";

/// Where copies of databases go that cannot be read where they lie, in our data folder.
const COPIES: &str = "hermes-home-copies";

/// The agent's home: as named, else `$HERMES_HOME`, else `~/.hermes`. Nothing where the account has no home folder.
pub fn find(named: Option<PathBuf>) -> Option<(PathBuf, HomeFound)> {
    let variable = || std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let usual = || choose_native_strategy().ok().map(|strategy| strategy.home_dir().join(USUAL));
    named
        .map(|path| (path, HomeFound::Option))
        .or_else(|| variable().map(|path| (path, HomeFound::Environment)))
        .or_else(|| usual().map(|path| (path, HomeFound::Default)))
}

/// A reader of the home in `root`; `data` is our data folder.
pub fn reader(root: &Path, found: HomeFound, data: &Path) -> Reader {
    Reader::new(root.to_owned(), data.join(COPIES), found)
}

/// Puts what is read into the ledger.
pub struct Ledger {
    hermes: Hermes,
    metrics: Option<Metrics>,
}

impl Ledger {
    /// The ledger, where nobody asks how many lines came in.
    pub fn new(hermes: Hermes) -> Self {
        Self { hermes, metrics: None }
    }

    /// The ledger, with every line counted.
    pub fn counted(hermes: Hermes, metrics: Metrics) -> Self {
        Self { hermes, metrics: Some(metrics) }
    }

    /// The use cases behind it.
    pub fn hermes(&self) -> &Hermes {
        &self.hermes
    }
}

#[async_trait]
impl Sink for Ledger {
    async fn take(&self, lines: Vec<Draft>, cursors: Vec<(String, Value)>) -> Result<Taken, SinkError> {
        let taken = self.hermes.take(lines, cursors).await?;
        if let Some(metrics) = &self.metrics {
            metrics.taken(taken);
        }
        Ok(Taken { accepted: taken.accepted, known: taken.known })
    }

    async fn cursor(&self, name: &str) -> Result<Option<Value>, SinkError> {
        Ok(self.hermes.cursor(name).await?)
    }

    async fn cursors(
        &self,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, Value)>, SinkError> {
        Ok(self.hermes.cursors(prefix, after, limit).await?)
    }
}
