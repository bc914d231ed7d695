//! One file name, followed.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use service::{Admission, Hermes, IngestError, Receipt, ServiceError};

use super::{
    mark::Mark,
    reader::{Look, Piece, Reader},
};

/// Follows one file name.
pub struct Follower {
    path: PathBuf,
    /// What the place is stored under.
    name: String,
    hermes: Hermes,
    reader: Option<Reader>,
    /// Whether the place in the store was looked up.
    resumed: bool,
    /// Whether another file was seen under the name already the last time.
    moved: bool,
    /// What was stored but not told yet, because a look failed after it.
    receipt: Receipt,
}

/// What one look brought.
#[derive(Debug)]
pub struct Polled {
    /// What became of the new lines.
    pub receipt: Receipt,
    /// How things stand.
    pub state: State,
}

/// How things stand with a file that is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is there, and read to its end.
    Following,
    /// It is not there (yet).
    Waiting,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Following => "read to its end",
            Self::Waiting => "not there yet; waiting for it",
        })
    }
}

/// Why a look failed. The next one goes on where this one stopped.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The file cannot be read.
    #[error("cannot read it: {0}")]
    Read(#[from] io::Error),
    /// Lines cannot be stored.
    #[error("cannot store its lines: {0}")]
    Store(#[from] IngestError),
    /// The place cannot be looked up.
    #[error("cannot tell how far it was read: {0}")]
    Place(#[from] ServiceError),
}

impl Follower {
    /// Follows the file of that name, from where it was left. It need not be there.
    pub fn new(path: &Path, hermes: Hermes) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let name = format!("follow:{}", path.display());
        Ok(Self {
            path,
            name,
            hermes,
            reader: None,
            resumed: false,
            moved: false,
            receipt: Receipt::default(),
        })
    }

    /// The name that is followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Stores all lines that are new.
    pub async fn poll(&mut self) -> Result<Polled, FollowError> {
        let mut receipt = std::mem::take(&mut self.receipt);
        match self.read_to_end(&mut receipt).await {
            Ok(state) => Ok(Polled { receipt, state }),
            Err(error) => {
                // What came of the pieces before is told with the next look.
                self.receipt = receipt;
                Err(error)
            }
        }
    }

    async fn read_to_end(&mut self, receipt: &mut Receipt) -> Result<State, FollowError> {
        loop {
            let look = match self.look().await? {
                Some(look) => look,
                None if self.begin().await? => continue,
                None => return Ok(State::Waiting),
            };
            match look {
                Look::Lines(piece) => self.store(piece, receipt).await?,
                Look::StartedOver => {
                    tracing::info!(follow.path = %self.path.display(), "truncated; reading it from the start");
                }
                Look::Idle => {
                    self.moved = false;
                    return Ok(State::Following);
                }
                // Its writer may hold the old file a moment longer: it gets one more look.
                Look::Moved if !self.moved => {
                    self.moved = true;
                    return Ok(State::Following);
                }
                Look::Moved => {
                    if let Some(piece) = self.last().await? {
                        self.store(piece, receipt).await?;
                    }
                    tracing::info!(follow.path = %self.path.display(), "rotated; reading the new file");
                    (self.reader, self.moved) = (None, false);
                }
            }
        }
    }

    /// Opens the file. The first time it goes on where the store says. `false` where there is no file.
    async fn begin(&mut self) -> Result<bool, FollowError> {
        let stored = if self.resumed { None } else { self.hermes.cursor(&self.name).await? };
        let mark = stored.and_then(|cursor| serde_json::from_value::<Mark>(cursor).ok());
        let path = self.path.clone();
        self.reader =
            blocking(move || match mark.map(|mark| Reader::resume(&path, &mark)).transpose()?.flatten() {
                Some(reader) => Ok(Some(reader)),
                None => Reader::open(&path),
            })
            .await?;
        self.resumed = true;
        Ok(self.reader.is_some())
    }

    async fn look(&mut self) -> io::Result<Option<Look>> {
        let path = self.path.clone();
        self.with_reader(move |reader| reader.look(&path)).await
    }

    async fn last(&mut self) -> io::Result<Option<Piece>> {
        Ok(self.with_reader(Reader::last).await?.flatten())
    }

    async fn store(&mut self, piece: Piece, receipt: &mut Receipt) -> Result<(), FollowError> {
        // A mark is plain numbers and text, which always have a JSON form.
        let cursor = serde_json::to_value(&piece.mark).unwrap_or_default();
        let cursor = Some((self.name.clone(), cursor));
        receipt.append(self.hermes.ingest(piece.bytes, piece.first_line, cursor, Admission::Wait).await?);
        if let Some(reader) = &mut self.reader {
            reader.advance(piece.mark);
        }
        Ok(())
    }

    /// Disks may be slow, so files are read on threads that may wait. `None` where no file is open.
    async fn with_reader<T: Send + 'static>(
        &mut self,
        read: impl FnOnce(&mut Reader) -> io::Result<T> + Send + 'static,
    ) -> io::Result<Option<T>> {
        let Some(mut reader) = self.reader.take() else { return Ok(None) };
        let (reader, result) = blocking(move || {
            let result = read(&mut reader);
            Ok((reader, result))
        })
        .await?;
        self.reader = Some(reader);
        result.map(Some)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
