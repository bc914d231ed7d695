//! Following `state.db`: new rows first, then what is older, newest first.
//!
//! `messages.id` grows, so what is new is found by it; each session remembers its own last row, so none is read
//! twice. Of sessions without new rows, the latest and the unfinished are looked at for what their rows of
//! `sessions` say: titles, ends, tokens.

mod one;
mod whose;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::source::MAX_LISTED;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use self::one::{Waits, Why};
use crate::{
    agents::Agents,
    database::{Reading, Soundness, said},
    ids,
    links::{Cards, Dumps, Executions},
    pass::{Notes, Pass},
    projects::Projects,
    session::{outcome, state::SHAPE},
    sink::SinkError,
    table::{Cells, Table, query},
    verification::Evidence,
};

/// Older sessions that one pass reads at most: then others have their turn.
const SHARE: u32 = 200;

/// The latest sessions, which are looked at whenever anything was written.
const LATEST: i64 = 50;

/// How far a profile's sessions were read.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    place: Option<Place>,
    /// Whether nothing can be read at present: there is no database, or it cannot be read (further).
    idle: bool,
    /// Fingerprints of the rows of `sessions` that were seen in this process.
    seen: HashMap<String, u64>,
    /// How many there are.
    pub(crate) total: Option<u64>,
}

/// Where reading goes on, after a restart, too.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Place {
    shape: u8,
    /// Which database it is: another one may come to lie in the place of one that was read.
    generation: u32,
    /// Rows of `messages` up to this id are read, or belong to sessions that are still to be read.
    head: i64,
    /// The oldest session that was read: start and row number. Nothing before the first.
    oldest: Option<(f64, i64)>,
    /// Whether all older ones were read.
    done: bool,
    /// Sessions and rows that were read.
    sessions: u64,
    messages: u64,
    /// What of them was not understood.
    notes: Notes,
    /// Sessions that could not be read, and why: tried again whenever the database was written.
    broken: BTreeMap<String, String>,
    /// Sessions that may change by the passing of time, and when they were last heard of.
    open: BTreeMap<String, DateTime<Utc>>,
    /// Workers whose card is not known, and scheduled sessions whose execution is not.
    without_card: BTreeSet<String>,
    without_execution: BTreeSet<String>,
    /// New sessions that are part of something which may be newer than what was read of it: the next look tells them.
    doubtful: BTreeSet<String>,
}

/// What sessions are read with.
pub(crate) struct Context<'a> {
    pub(crate) profile: &'a str,
    /// The database's path within the home, for notes.
    pub(crate) path: &'a str,
    pub(crate) projects: &'a Projects,
    pub(crate) cards: &'a Cards,
    pub(crate) executions: &'a Executions,
    pub(crate) dumps: &'a Dumps,
    pub(crate) evidence: &'a Evidence,
    pub(crate) agents: &'a mut Agents,
}

/// Why reading stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// The agent's database cannot be read (further).
    #[error("{0}")]
    Source(#[from] sqlx::Error),
    /// The sink does not take lines.
    #[error("{0}")]
    Sink(SinkError),
    /// The database was written while it was read without its locks: what was read is worth nothing.
    #[error("it was written meanwhile")]
    Moved,
}

impl Sessions {
    /// The sessions of a profile without a database.
    pub(crate) fn absent() -> Self {
        Self { idle: true, ..Self::default() }
    }

    /// The database cannot be read at present: it is not to be waited for.
    pub(crate) fn rest(&mut self) {
        self.idle = true;
    }

    /// What was not understood, ever, and the sessions of the database at `path` that cannot be read now.
    pub(crate) fn notes(&self, path: &str) -> Notes {
        let Some(place) = &self.place else { return Notes::default() };
        let mut notes = place.notes.clone();
        for (id, reason) in &place.broken {
            notes.skip(format!("{path} sessions.id={id}"), reason);
        }
        notes
    }

    /// How many sessions and rows were read.
    pub(crate) fn progress(&self) -> (u64, u64) {
        // Sessions without a message are none to read, but they are seen to.
        let sessions =
            |place: &Place| if place.done { self.total.unwrap_or(place.sessions) } else { place.sessions };
        self.place.as_ref().map_or((0, 0), |place| (sessions(place), place.messages))
    }

    /// Sessions that say that they work on a card which no board has (yet).
    pub(crate) fn without_card(&self) -> impl Iterator<Item = String> + use<'_> {
        self.place.iter().flat_map(|place| &place.without_card).cloned()
    }

    /// Sessions that the scheduler started for an execution which is not there (yet).
    pub(crate) fn without_execution(&self) -> impl Iterator<Item = String> + use<'_> {
        self.place.iter().flat_map(|place| &place.without_execution).cloned()
    }

    /// Whether some session may have died of silence since.
    pub(crate) fn due(&self, now: DateTime<Utc>) -> bool {
        self.place.iter().flat_map(|place| place.open.values()).any(|heard| now - *heard > outcome::SILENCE)
    }

    /// Whether older sessions are still to be read.
    pub(crate) fn unfinished(&self) -> bool {
        !self.idle && self.place.as_ref().is_none_or(|place| !place.done || !place.doubtful.is_empty())
    }

    /// Reads what is new, then a share of what is older. `again` are sessions to be told again.
    pub(crate) async fn read(
        &mut self,
        pass: &mut Pass<'_>,
        cx: &mut Context<'_>,
        reading: &mut Reading,
        again: &[String],
    ) -> Result<(), Stopped> {
        let (sound, conn) = reading.parts();
        // Until it is known better: what stops reading stops it here.
        self.idle = true;
        let tables = (Table::of(conn, "sessions").await?, Table::of(conn, "messages").await?);
        let (Some(sessions), Some(messages)) = tables else {
            pass.notes.skip(
                cx.path,
                "without the tables `sessions` and `messages` this is no database of Hermes sessions",
            );
            return Ok(());
        };
        let did = Agents::default();
        let mut reader = Reader { pass, cx, sound, conn, sessions, messages, generation: 0, did };
        let mut again = again.to_vec();
        let mut place = if let Some(place) = self.place.take() {
            place
        } else {
            // Boards and executions may have changed since the last process.
            let place = reader.place().await?;
            again.extend(place.without_card.iter().chain(&place.without_execution).cloned());
            place
        };
        let last = reader.last_message().await?;
        if last < place.head {
            // Ids are never given twice, so this is another database: all of it is read anew.
            let generation = place.generation + 1;
            place = Place { shape: SHAPE, generation, head: last, ..Place::default() };
        }
        reader.generation = place.generation;
        let done = self.go_on(&mut reader, &mut place, &again).await;
        // Sessions that were read before it stopped are told all the same.
        reader.remember(&place);
        self.place = Some(place);
        self.idle = done.is_err();
        done
    }

    async fn go_on(
        &mut self,
        reader: &mut Reader<'_, '_, '_>,
        place: &mut Place,
        again: &[String],
    ) -> Result<(), Stopped> {
        let (touched, head) = reader.touched(place.head).await?;
        let silent = |heard: &DateTime<Utc>| reader.pass.now - *heard > outcome::SILENCE;
        let due: Vec<String> =
            place.open.iter().filter(|(_, heard)| silent(heard)).map(|(id, _)| id.clone()).collect();
        // The strongest reason first: a session is looked at once.
        let mut todo: Vec<(String, Why)> = Vec::new();
        for id in again {
            // One that was not read yet has its turn, and is told all there is then.
            if place.done || reader.is_known(id).await? {
                todo.push((id.clone(), Why::Again));
            }
        }
        let left = place.broken.keys().chain(&place.doubtful).cloned();
        todo.extend(touched.into_iter().chain(due).chain(left).map(|id| (id, Why::News)));
        let latest = reader.latest().await?;
        todo.extend(latest.into_iter().chain(place.open.keys().cloned()).map(|id| (id, Why::Look)));
        let mut known = HashSet::new();
        todo.retain(|(id, _)| known.insert(id.clone()));
        for (id, why) in todo {
            self.one(reader, place, &id, why).await?;
        }
        place.head = head;
        if !place.done {
            self.older(reader, place).await?;
        }
        let total = query("select count(*) from sessions".to_owned()).fetch_one(&mut *reader.conn).await?;
        self.total = Cells(&total).count(0);
        Ok(())
    }

    /// A share of the sessions that were not read yet, the newest first.
    async fn older(&mut self, reader: &mut Reader<'_, '_, '_>, place: &mut Place) -> Result<(), Stopped> {
        if place.oldest.is_none() {
            for id in reader.timeless().await? {
                self.one(reader, place, &id, Why::News).await?;
            }
        }
        let page = reader.before(place.oldest).await?;
        let last = page.len() < SHARE as usize;
        for (id, at) in page {
            if let Some(id) = id {
                self.one(reader, place, &id, Why::News).await?;
            }
            place.oldest = Some(at);
        }
        place.done = last;
        Ok(())
    }

    async fn one(
        &mut self,
        reader: &mut Reader<'_, '_, '_>,
        place: &mut Place,
        id: &str,
        why: Why,
    ) -> Result<(), Stopped> {
        let sure = place.doubtful.contains(id);
        let read = match reader.session(id, self.seen.get(id).copied(), why, sure).await {
            // One session that cannot be read does not keep the others back.
            Err(Stopped::Source(error)) if !is_fatal(&error) => {
                reader.pass.notes = Notes::default();
                reader.did = Agents::default();
                place.doubtful.remove(id);
                if place.broken.len() < MAX_LISTED {
                    place.broken.insert(id.to_owned(), said(&error));
                }
                return Ok(());
            }
            read => read?,
        };
        place.broken.remove(id);
        place.doubtful.remove(id);
        reader.cx.agents.add(std::mem::take(&mut reader.did));
        let Some(read) = read else {
            place.notes.merge(std::mem::take(&mut reader.pass.notes));
            return Ok(());
        };
        if read.doubtful {
            place.doubtful.insert(id.to_owned());
            return Ok(());
        }
        if read.gone {
            place.open.remove(id);
            place.without_card.remove(id);
            place.without_execution.remove(id);
            return Ok(());
        }
        self.seen.insert(id.to_owned(), read.print);
        let mark = |set: &mut BTreeSet<String>, holds| {
            if holds { set.insert(id.to_owned()) } else { set.remove(id) }
        };
        mark(&mut place.without_card, read.waits == Some(Waits::Card));
        mark(&mut place.without_execution, read.waits == Some(Waits::Execution));
        place.sessions += u64::from(read.new);
        place.messages += read.rows;
        match read.open {
            Some(heard) => drop(place.open.insert(id.to_owned(), heard)),
            None => drop(place.open.remove(id)),
        }
        place.notes.merge(std::mem::take(&mut reader.pass.notes));
        if reader.pass.is_full() {
            reader.remember(place);
            if !reader.sound.is_sound() {
                return Err(Stopped::Moved);
            }
            reader.pass.flush().await.map_err(Stopped::Sink)?;
        }
        Ok(())
    }
}

/// Reads sessions within one pass.
struct Reader<'a, 'p, 'c> {
    pass: &'a mut Pass<'p>,
    cx: &'a mut Context<'c>,
    sound: &'a Soundness,
    conn: &'a mut SqliteConnection,
    sessions: Table,
    messages: Table,
    generation: u32,
    /// What the workers did in the session that is being read.
    did: Agents,
}

impl Reader<'_, '_, '_> {
    /// Where the last process stopped; else the beginning, with all that is there now still to be read.
    async fn place(&mut self) -> Result<Place, Stopped> {
        let stored = self.pass.sink().cursor(&place_name(self.cx.profile)).await.map_err(Stopped::Sink)?;
        let stored = stored.and_then(|value| serde_json::from_value::<Place>(value).ok());
        match stored.filter(|place| place.shape == SHAPE) {
            Some(place) => Ok(place),
            None => Ok(Place { shape: SHAPE, head: self.last_message().await?, ..Place::default() }),
        }
    }

    /// Whether a session was read before.
    async fn is_known(&mut self, id: &str) -> Result<bool, Stopped> {
        let stored = self.pass.stored(&state_name(self.cx.profile, id)).await.map_err(Stopped::Sink)?;
        Ok(stored.is_some_and(|state| !state.is_null()))
    }

    /// The last id that was given to a message.
    async fn last_message(&mut self) -> Result<i64, Stopped> {
        let row = query("select max(id) from messages".to_owned()).fetch_one(&mut *self.conn).await?;
        let last = Cells(&row).int(0).unwrap_or(0);
        // The last id that was ever given: rows may be deleted, ids are never given twice.
        let given = query("select seq from sqlite_sequence where name = 'messages'".to_owned());
        let given = given.fetch_optional(&mut *self.conn).await.ok().flatten();
        Ok(given.as_ref().and_then(|row| Cells(row).int(0)).unwrap_or(last).max(last))
    }

    /// Has the place stored with the sessions that were read up to it, and the workers with the calls in them.
    fn remember(&mut self, place: &Place) {
        self.cx.agents.tell(self.pass, self.cx.profile);
        self.pass.cursor(place_name(self.cx.profile), serde_json::to_value(place).unwrap_or_default());
    }

    /// Sessions with rows after `head`, and the last row.
    async fn touched(&mut self, head: i64) -> Result<(Vec<String>, i64), Stopped> {
        let sql = "select session_id, max(id) from messages where id > ? group by session_id";
        let rows = query(sql.to_owned()).bind(head).fetch_all(&mut *self.conn).await?;
        let last = rows.iter().filter_map(|row| Cells(row).int(1)).max().unwrap_or(head);
        Ok((rows.iter().filter_map(|row| Cells(row).text(0)).collect(), last))
    }

    async fn latest(&mut self) -> Result<Vec<String>, Stopped> {
        let sql = "select id from sessions order by started_at desc limit ?";
        let rows = query(sql.to_owned()).bind(LATEST).fetch_all(&mut *self.conn).await?;
        Ok(rows.iter().filter_map(|row| Cells(row).text(0)).collect())
    }

    /// Sessions of which no number tells when they began: in SQLite's order they come before or after all numbers.
    async fn timeless(&mut self) -> Result<Vec<String>, Stopped> {
        let sql = "select id from sessions where started_at > ? or started_at is null";
        let rows = query(sql.to_owned()).bind(f64::MAX).fetch_all(&mut *self.conn).await?;
        Ok(rows.iter().filter_map(|row| Cells(row).text(0)).collect())
    }

    /// A share of the sessions that began before that place, the newest first.
    async fn before(&mut self, oldest: Option<(f64, i64)>) -> Result<Vec<Listed>, Stopped> {
        let sql = "select id, started_at, rowid from sessions where (started_at, rowid) < (?, ?) \
                   order by started_at desc, rowid desc limit ?";
        let (at, row) = oldest.unwrap_or((f64::MAX, i64::MAX));
        let rows = query(sql.to_owned()).bind(at).bind(row).bind(SHARE).fetch_all(&mut *self.conn).await?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            let cells = Cells(row);
            (cells.text(0), (cells.real(1).unwrap_or(0.0), cells.int(2).unwrap_or(0)))
        };
        Ok(rows.iter().map(one).collect())
    }
}

/// A session in the order of their starts: its id, its start and row number.
type Listed = (Option<String>, (f64, i64));

/// Whether an error means that nothing more can be read of the database now.
fn is_fatal(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else { return true };
    // SQLITE_CORRUPT and its extended codes: other pages may be whole.
    error.code().and_then(|code| code.parse::<u32>().ok()).is_none_or(|code| code & 0xff != 11)
}

/// The name of the cursor of a profile's sessions.
fn place_name(profile: &str) -> String {
    format!("hermes-home/sessions/{profile}")
}

/// How the cursors of a profile's sessions begin.
pub(crate) fn state_prefix(profile: &str) -> String {
    format!("hermes-home/session/{profile}/")
}

/// The name of a session's cursor. Ids are the caller's, so a fingerprint stands for an odd one.
pub(crate) fn state_name(profile: &str, id: &str) -> String {
    format!("{}{}", state_prefix(profile), ids::join(&[id]))
}
