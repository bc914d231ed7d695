//! Opening the agent's databases without ever changing them.
//!
//! They are opened read-only *with* their write-ahead log (a fresh database lives in its log alone), for as long as
//! one reading lasts. SQLite may put a `-shm` file beside them. Where the folder is not writable and that cannot be,
//! or a crashed writer left a journal that would have to be rolled back, database and log are copied to a folder of
//! ours and read there.
//!
//! A database that has no log at the moment is nobody's: SQLite would make an empty log for a mere reader, so it is
//! opened as `immutable`, and what was read is thrown away should the file have changed meanwhile
//! ([`Soundness`]).

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

/// How long a statement waits for a lock of the agent's. Short: the next look comes soon.
const BUSY: Duration = Duration::from_millis(250);

/// How often a copy is tried while the agent writes.
const COPIES: usize = 5;

/// A database of the agent's.
#[derive(Debug)]
pub(crate) struct Database {
    path: PathBuf,
    copy: PathBuf,
    read: Option<Mark>,
}

/// What tells one state of a file from another: identity, sizes and times of the file and of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark(Vec<Option<(u64, u64, Option<SystemTime>)>>);

/// What a look at a database found.
pub(crate) enum Look {
    /// There is no such file.
    Absent,
    /// Nothing was written since it was last read to the end.
    Unchanged,
    /// It was opened.
    Open(Reading),
    /// It cannot be opened now.
    Failed(String),
}

/// An open database, for one reading.
pub(crate) struct Reading {
    pub(crate) conn: SqliteConnection,
    /// Whether it is a copy of ours that is read.
    pub(crate) copied: bool,
    soundness: Soundness,
}

/// Tells whether what was read is of one state of the database.
pub(crate) struct Soundness {
    /// The file, where it is read without its locks.
    unlocked: Option<PathBuf>,
    mark: Mark,
}

impl Database {
    /// The database at `path`. Should a copy be needed, it goes to `copies`.
    pub(crate) fn new(path: PathBuf, copies: &Path) -> Self {
        let name = crate::hash::hex(path.to_string_lossy().as_bytes());
        Self { copy: copies.join(format!("{name}.db")), path, read: None }
    }

    /// Looks whether there is anything new, and opens it if so.
    pub(crate) async fn look(&mut self) -> Look {
        let mark = match mark(&self.path) {
            Ok(Some(mark)) => mark,
            Ok(None) => {
                self.read = None;
                return Look::Absent;
            }
            Err(error) => return Look::Failed(error.to_string()),
        };
        if self.path.is_dir() {
            return Look::Failed("a folder, where a database was expected".to_owned());
        }
        if self.read.as_ref() == Some(&mark) {
            return Look::Unchanged;
        }
        match self.open(mark).await {
            Ok(reading) => Look::Open(reading),
            Err(reason) => Look::Failed(reason),
        }
    }

    /// Notes that it was read to the end. `settled` says whether its files had been at rest for a while when the
    /// reading began: clocks of file systems are coarse, and two writes may bear one time.
    pub(crate) async fn finish(&mut self, reading: Reading, now: SystemTime) {
        if reading.soundness.mark.settled(now) {
            self.read = Some(reading.soundness.mark.clone());
        }
        reading.close().await;
    }

    /// Makes the next look open it, whatever its mark.
    pub(crate) fn forget(&mut self) {
        self.read = None;
    }

    async fn open(&self, mark: Mark) -> Result<Reading, String> {
        let unlocked = mark.0[1].is_none() && has_log_mode(&self.path);
        let direct = SqliteConnectOptions::new().filename(&self.path).read_only(true).immutable(unlocked);
        match connect(direct).await {
            Ok(conn) => Ok(Reading {
                conn,
                copied: false,
                soundness: Soundness { unlocked: unlocked.then(|| self.path.clone()), mark },
            }),
            Err(error) if needs_a_copy(&error) => self.open_copy(&error).await,
            Err(error) => Err(said(&error)),
        }
    }

    async fn open_copy(&self, why: &sqlx::Error) -> Result<Reading, String> {
        for _ in 0..COPIES {
            let before = mark(&self.path).map_err(|error| error.to_string())?;
            let Some(before) = before else { return Err("it is gone".to_owned()) };
            copy(&self.path, &self.copy).map_err(|error| format!("{}; and no copy: {error}", said(why)))?;
            // Written meanwhile: database and log may not belong together.
            if mark(&self.path).ok().flatten().as_ref() != Some(&before) {
                continue;
            }
            // Not read-only: a copy with a journal is rolled back here, where it harms nobody.
            let options = SqliteConnectOptions::new().filename(&self.copy);
            let conn = connect(options).await.map_err(|error| said(&error))?;
            return Ok(Reading { conn, copied: true, soundness: Soundness { unlocked: None, mark: before } });
        }
        Err("it is written too busily to be copied; the next look tries again".to_owned())
    }
}

impl Reading {
    /// The connection, and what tells whether it can be trusted.
    pub(crate) fn parts(&mut self) -> (&Soundness, &mut SqliteConnection) {
        (&self.soundness, &mut self.conn)
    }

    /// See [`Soundness::is_sound`].
    pub(crate) fn is_sound(&self) -> bool {
        self.soundness.is_sound()
    }

    /// Closes it. What goes wrong then is of no consequence: nothing was written.
    pub(crate) async fn close(self) {
        drop(self.conn.close().await);
    }
}

impl Soundness {
    /// Whether what was read so far is of one state of the database.
    pub(crate) fn is_sound(&self) -> bool {
        // The log may have come into being: until it is folded in, the file itself stays as it was.
        let same = |path: &PathBuf| {
            mark(path)
                .ok()
                .flatten()
                .is_some_and(|now| now.0[0] == self.mark.0[0] && now.0[2] == self.mark.0[2])
        };
        self.unlocked.as_ref().is_none_or(same)
    }
}

impl Mark {
    fn settled(&self, now: SystemTime) -> bool {
        let young = |at: SystemTime| {
            let age = now.duration_since(at);
            age.unwrap_or_else(|error| error.duration()) < Duration::from_secs(2)
        };
        !self.0.iter().flatten().filter_map(|(_, _, at)| *at).any(young)
    }
}

async fn connect(options: SqliteConnectOptions) -> Result<SqliteConnection, sqlx::Error> {
    let mut conn = SqliteConnection::connect_with(&options.busy_timeout(BUSY)).await?;
    // Opening is lazy: only a first read finds that the log cannot be read here, or that this is no database.
    sqlx::query("select count(*) from sqlite_master").fetch_one(&mut conn).await?;
    Ok(conn)
}

/// Whether a database's header says that it is written by way of a log (<https://sqlite.org/fileformat2.html>, bytes
/// 18 and 19).
fn has_log_mode(path: &Path) -> bool {
    use std::io::Read as _;
    let mut header = [0; 20];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header[18..20] == [2, 2]
}

/// The files that make up a database.
fn parts(path: &Path) -> [PathBuf; 3] {
    let with = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    [path.to_owned(), with("-wal"), with("-journal")]
}

/// The mark of a database; nothing where there is no such file.
pub(crate) fn mark(path: &Path) -> io::Result<Option<Mark>> {
    let mut marks = Vec::with_capacity(3);
    for part in parts(path) {
        marks.push(match fs::metadata(&part) {
            Ok(found) => Some((identity(&found), found.len(), found.modified().ok())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        });
    }
    Ok(marks[0].is_some().then_some(Mark(marks)))
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> u64 {
    0
}

/// Size of the database and its log in bytes, and when either was last written.
pub(crate) fn size_and_time(path: &Path) -> (Option<u64>, Option<SystemTime>) {
    let found: Vec<_> = parts(path)[..2].iter().filter_map(|part| fs::metadata(part).ok()).collect();
    let size = found.iter().map(fs::Metadata::len).sum();
    ((!found.is_empty()).then_some(size), found.iter().filter_map(|metadata| metadata.modified().ok()).max())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut shm = to.as_os_str().to_owned();
    shm.push("-shm");
    remove(Path::new(&shm))?;
    for (from, to) in parts(from).iter().zip(parts(to)) {
        remove(&to)?;
        match fs::read(from) {
            Ok(bytes) => fs::write(&to, bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether the database might be read from a copy: `SQLITE_READONLY` and its kin, `SQLITE_CANTOPEN`.
fn needs_a_copy(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else { return false };
    error.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| matches!(code & 0xff, 8 | 14))
}

/// The reason in words, with the remedy where there is one.
pub(crate) fn said(error: &sqlx::Error) -> String {
    let sqlx::Error::Database(inner) = error else { return error.to_string() };
    let code = inner.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or(0) & 0xff;
    let text = inner.message();
    match code {
        5 | 6 => format!("locked by another program ({text}); the next look tries again"),
        11 => format!("damaged ({text}); `sqlite3 FILE .recover` may save it"),
        26 => format!("no SQLite database ({text})"),
        14 => format!("cannot be opened ({text}); check the permissions of file and folder"),
        _ => text.to_owned(),
    }
}
