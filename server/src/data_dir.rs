//! The folder that holds everything we keep.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use etcetera::{BaseStrategy, base_strategy::choose_native_strategy};
use service::{Clock, Hermes};
use store::{Store, StoreError};
use store_sqlite::SqliteStore;

/// The name of the folder, where the platform keeps such folders.
const NAME: &str = "mission-control";

/// How long to wait for the database to close.
const CLOSING: Duration = Duration::from_secs(5);

/// The name of the database in it.
const DATABASE: &str = "mission-control.db";

/// The folder of the demo data in it.
pub const DEMO_FOLDER: &str = "demo";

/// The name of the database there: another one, so that no command that is pointed there takes it for real data. The
/// pages tell by it where the real data lies (`app`'s `data_option`).
const DEMO_DATABASE: &str = "demo.db";

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

/// An open data folder.
pub struct Data {
    /// The use cases over it.
    pub hermes: Hermes,
    store: Arc<SqliteStore>,
}

/// Opens the database of a data folder. Makes both where they are not there.
pub async fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Data, DataDirError> {
    make(dir)?;
    let store = database(dir.join(DATABASE)).await?;
    Ok(Data { hermes: Hermes::new(Arc::clone(&store) as Arc<dyn Store>, clock), store })
}

/// Opens the demo database in its own folder.
pub(crate) async fn open_demo(dir: &Path, clock: Arc<dyn Clock>) -> Result<Data, DataDirError> {
    let store = database(dir.join(DEMO_DATABASE)).await?;
    Ok(Data { hermes: Hermes::of_demo_data(Arc::clone(&store) as Arc<dyn Store>, clock), store })
}

/// Removes the demo database, which must be closed.
pub(crate) fn remove_demo(dir: &Path) -> io::Result<()> {
    for end in ["", "-wal", "-shm"] {
        match fs::remove_file(dir.join(format!("{DEMO_DATABASE}{end}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

async fn database(path: PathBuf) -> Result<Arc<SqliteStore>, DataDirError> {
    let opened = SqliteStore::open(&path).await;
    Ok(Arc::new(opened.map_err(|error| DataDirError::Open(path, error))?))
}

impl Data {
    /// Finishes what is being written, and leaves one tidy file. What is durable is so without this.
    pub async fn close(self) {
        if tokio::time::timeout(CLOSING, self.store.close()).await.is_err() {
            tracing::warn!("the database is still in use; it is left as it is");
        }
    }
}

/// Makes the folder where it is not there. Only the founder may look into it.
pub(crate) fn make(dir: &Path) -> Result<(), DataDirError> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|error| DataDirError::Make(dir.to_owned(), error))
}
