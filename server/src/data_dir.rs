//! The folder that holds everything we keep.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use etcetera::{BaseStrategy, base_strategy::choose_native_strategy};
use service::{Clock, Hermes};
use store::{Store, StoreError};
use store_sqlite::SqliteStore;

/// The name of the folder, where the platform keeps such folders.
const NAME: &str = "mission-control";

/// The name of the database in it.
const DATABASE: &str = "mission-control.db";

/// Why the data cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// There is no home folder.
    #[error("this account has no home folder; say where to keep the data with --data DIR")]
    NoHome,
    /// The folder cannot be made.
    #[error("cannot make the data folder {0}: {1}")]
    Make(PathBuf, io::Error),
    /// The database cannot be opened.
    #[error("cannot open {0}: {1}")]
    Open(PathBuf, StoreError),
}

/// `~/.local/share/mission-control`, or where the platform keeps such folders.
pub fn default() -> Result<PathBuf, DataDirError> {
    let strategy = choose_native_strategy().map_err(|_| DataDirError::NoHome)?;
    Ok(strategy.data_dir().join(NAME))
}

/// The use cases over the database of a data folder. Makes both where they are not there.
pub async fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Hermes, DataDirError> {
    make(dir).map_err(|error| DataDirError::Make(dir.to_owned(), error))?;
    let path = dir.join(DATABASE);
    let opened = SqliteStore::open(&path).await;
    let store: Arc<dyn Store> = Arc::new(opened.map_err(|error| DataDirError::Open(path, error))?);
    Ok(Hermes::new(store, clock))
}

/// Only the founder may look into it.
fn make(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
