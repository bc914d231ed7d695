//! Reading a chunk, some rows at a time. Nothing in it is believed: every length is held against what is there, every
//! text and number checked.

use std::ops::Range;

use domain::{
    id::{AgentId, ProductId, Seq, TaskId},
    task::{Percent, Priority, TaskSource, TaskStatus, TaskType},
};

use super::{
    ACTION, ACTIONS, AGENT, COLUMNS, COMPLETED, CREATED, DURATION, ERROR, ERRORS, FLAGS, FORMAT,
    HAS_COMPLETED, HAS_CREATED, HAS_DURATION, HAS_ERROR, HAS_LISTS, HAS_PROGRESS, HAS_RETRIES, HAS_STARTED,
    IDS, LABELS, LAST_SEEN, LIST, MAGIC, PRIORITY, PRODUCT, PROGRESS, RETRIES, SOURCE, STARTED, STATUS,
    TEXTS, TITLE, TITLES, TYPE, UNITS, WireError,
};
use crate::{
    MAX_ROWS,
    bytes::{Reader, unfolded},
    fields::{Cold, Hot, NEVER, UNKNOWN, time},
    take::Places,
    texts::{NONE, Texts},
};

/// How many values each column of words has: status, priority, type, source.
const WORDS: [usize; 4] =
    [TaskStatus::ALL.len(), Priority::ALL.len(), TaskType::ALL.len(), TaskSource::ALL.len()];

/// What a chunk says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The place in the log at which it holds.
    pub seq: Seq,
    /// How many rows it has.
    pub rows: usize,
    /// When the first and the last of them were created, in microseconds since 1970; `None` where there are none.
    pub span: Option<(i64, i64)>,
}

impl Head {
    /// Reads the head alone.
    pub fn read(bytes: &[u8]) -> Result<Self, WireError> {
        Self::of(&mut Reader::new(bytes, "head"))
    }

    fn of(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        if reader.take(MAGIC.len()).map_err(|_| WireError::Foreign)? != MAGIC {
            return Err(WireError::Foreign);
        }
        let format = reader.number()?;
        if format != FORMAT {
            return Err(WireError::Format(format));
        }
        let (seq, rows) = (Seq(reader.number()?), reader.number()?);
        let rows =
            usize::try_from(rows).ok().filter(|rows| *rows <= MAX_ROWS).ok_or(WireError::TooMany(rows))?;
        let span = if rows == 0 { None } else { Some((reader.signed()?, reader.signed()?)) };
        Ok(Self { seq, rows, span })
    }
}

/// A row that was read. Numbers of texts, lists and names are those of the chunk, from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decoded {
    pub(crate) hot: Hot,
    pub(crate) cold: Cold,
}

/// A chunk whose rows are being read.
#[derive(Debug)]
pub(crate) struct Loading {
    pub(crate) head: Head,
    pub(crate) products: Vec<ProductId>,
    pub(crate) agents: Vec<AgentId>,
    /// All its texts, kind after kind.
    pub(crate) texts: Texts,
    /// Lists of numbers of texts.
    pub(crate) lists: Vec<Box<[u32]>>,
    /// The rows that were read and not taken over yet.
    pub(crate) rows: Vec<Decoded>,
    /// Where its numbers are in the mirror, once its texts are there.
    pub(crate) places: Option<Places>,
    /// How many rows were read.
    done: usize,
    bytes: Vec<u8>,
    columns: [Range<usize>; COLUMNS.len()],
    units: [i64; 4],
    /// Where each kind of texts begins, how many there are, and which is the next new one.
    kinds: [Kind; TEXTS.len()],
    last_created: i64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Kind {
    first: u32,
    count: u32,
    next: u32,
}

impl Loading {
    /// Reads all but the rows.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, WireError> {
        let mut reader = Reader::new(&bytes, "head");
        let head = Head::of(&mut reader)?;
        let products = names(&mut reader, "products", |text| ProductId::new(text).ok())?;
        let agents = names(&mut reader, "agents", |text| AgentId::new(text).ok())?;
        let mut texts = Texts::default();
        let mut kinds = [Kind::default(); TEXTS.len()];
        for (kind, what) in kinds.iter_mut().zip(TEXTS) {
            let first = texts.next();
            each_text(&mut reader, what, |text| match texts.add(text) {
                NONE => Err(WireError::Number(what)),
                _ => Ok(()),
            })?;
            *kind = Kind { first, count: texts.next() - first, next: 0 };
        }
        if kinds[IDS].count as usize != head.rows {
            return Err(WireError::Missing("id"));
        }
        let lists = lists(&mut reader, kinds[LABELS])?;
        let mut columns = [const { 0..0 }; COLUMNS.len()];
        for (column, what) in columns.iter_mut().zip(COLUMNS) {
            let mut of = Reader::new(reader.take(reader.left())?, what);
            let length = of.count(1)?;
            let begin = bytes.len() - of.left();
            of.take(length)?;
            *column = begin..begin + length;
            reader = of;
        }
        if reader.left() > 0 {
            return Err(WireError::Long("columns"));
        }
        // A row is a byte of flags at least, so no room is made for rows that are not there.
        if columns[FLAGS].len() != head.rows {
            return Err(WireError::Short("flags"));
        }
        let mut loading = Self {
            head,
            products,
            agents,
            texts,
            lists,
            rows: Vec::with_capacity(head.rows),
            places: None,
            done: 0,
            bytes,
            columns,
            units: [1; 4],
            kinds,
            last_created: 0,
        };
        for (place, column) in [CREATED, STARTED, COMPLETED, LAST_SEEN].into_iter().enumerate() {
            let unit = loading.byte(column)?;
            let unit = UNITS.get(usize::from(unit)).ok_or(WireError::Number(COLUMNS[column]))?;
            loading.units[place] = *unit;
        }
        Ok(loading)
    }

    /// Reads so many rows more; whether all are read.
    pub(crate) fn read(&mut self, most: usize) -> Result<bool, WireError> {
        let end = self.done.saturating_add(most).min(self.head.rows);
        while self.done < end {
            let row = self.row()?;
            self.rows.push(row);
            self.done += 1;
        }
        let all = self.done == self.head.rows;
        if all && self.places.is_none() {
            let rest = self.columns.iter().zip(COLUMNS).find(|(column, _)| !column.is_empty());
            if let Some((_, what)) = rest {
                return Err(WireError::Long(what));
            }
            self.bytes = Vec::new();
        }
        Ok(all)
    }

    fn row(&mut self) -> Result<Decoded, WireError> {
        let flags = self.byte(FLAGS)?;
        let has = |flag| flags & flag != 0;
        let id = self.kinds[IDS].first + u32::try_from(self.done).unwrap_or(NONE);
        TaskId::new(self.texts.get(id)).map_err(|_| WireError::Text("ids"))?;
        let title = self.text(TITLES, TITLE)?;
        let product = self.name(PRODUCT, 0, self.products.len())?;
        let agent = self.name(AGENT, 1, self.agents.len())?;
        let mut words = [UNKNOWN; 4];
        for ((word, column), count) in words.iter_mut().zip([STATUS, PRIORITY, TYPE, SOURCE]).zip(WORDS) {
            let read = usize::from(self.byte(column)?);
            if read > count {
                return Err(WireError::Number(COLUMNS[column]));
            }
            *word = read.checked_sub(1).and_then(|place| u8::try_from(place).ok()).unwrap_or(UNKNOWN);
        }
        let created = self.time(0, CREATED, self.last_created)?;
        self.last_created = created;
        let (mut before, mut started, mut completed) = (created, NEVER, NEVER);
        if has(HAS_STARTED) {
            started = self.time(1, STARTED, before)?;
            before = started;
        }
        if has(HAS_COMPLETED) {
            completed = self.time(2, COMPLETED, before)?;
            before = completed;
        }
        let last_seen = self.time(3, LAST_SEEN, before)?;
        let duration = if has(HAS_DURATION) { Some(self.number(DURATION)?) } else { None };
        let retries = if has(HAS_RETRIES) { Some(self.small(RETRIES)?) } else { None };
        let progress = if has(HAS_PROGRESS) { Some(self.progress()?) } else { None };
        let last_action = self.text(ACTIONS, ACTION)?;
        let next_action = self.text(ACTIONS, ACTION)?;
        let error = if has(HAS_ERROR) { self.text(ERRORS, ERROR)? } else { NONE };
        let (mut tags, mut inferred) = (NONE, NONE);
        if has(HAS_LISTS) {
            tags = self.name(LIST, 1, self.lists.len())?;
            inferred = self.name(LIST, 1, self.lists.len())?;
        }
        let status_told = words[0] != UNKNOWN;
        if !status_told {
            words[0] = TaskStatus::Queued as u8;
        }
        let hot =
            Hot { created, ended: ended(words[0], completed, last_seen), product, agent, words, alive: true };
        let cold = Cold {
            id,
            title,
            last_action,
            next_action,
            error,
            tags,
            inferred,
            retries,
            progress,
            started,
            completed,
            last_seen,
            duration,
            status_told,
            created_told: has(HAS_CREATED),
            seq: self.head.seq.0,
        };
        Ok(Decoded { hot, cold })
    }

    fn byte(&mut self, column: usize) -> Result<u8, WireError> {
        let mut reader = self.column(column);
        let value = reader.byte()?;
        self.columns[column].start = self.columns[column].end - reader.left();
        Ok(value)
    }

    fn number(&mut self, column: usize) -> Result<u64, WireError> {
        let mut reader = self.column(column);
        let value = reader.number()?;
        self.columns[column].start = self.columns[column].end - reader.left();
        Ok(value)
    }

    /// What is left of a column.
    fn column(&self, column: usize) -> Reader<'_> {
        Reader::new(self.bytes.get(self.columns[column].clone()).unwrap_or_default(), COLUMNS[column])
    }

    fn small(&mut self, column: usize) -> Result<u32, WireError> {
        u32::try_from(self.number(column)?).map_err(|_| WireError::Number(COLUMNS[column]))
    }

    /// The place of a name or list, of so many; [`NONE`] where the number is less than `from`.
    fn name(&mut self, column: usize, from: u32, count: usize) -> Result<u32, WireError> {
        let Some(place) = self.small(column)?.checked_sub(from) else { return Ok(NONE) };
        if (place as usize) < count { Ok(place) } else { Err(WireError::Missing(COLUMNS[column])) }
    }

    fn text(&mut self, kind: usize, column: usize) -> Result<u32, WireError> {
        let number = self.small(column)?;
        let kind = &mut self.kinds[kind];
        let place = match number {
            0 => return Ok(NONE),
            1 => {
                kind.next = kind.next.saturating_add(1);
                kind.next - 1
            }
            known => known - 2,
        };
        if place < kind.count { Ok(kind.first + place) } else { Err(WireError::Missing(COLUMNS[column])) }
    }

    fn time(&mut self, unit: usize, column: usize, before: i64) -> Result<i64, WireError> {
        let since = unfolded(self.number(column)?).wrapping_mul(self.units[unit]);
        let at = before.wrapping_add(since);
        time(at).map(|_| at).ok_or(WireError::Number(COLUMNS[column]))
    }

    fn progress(&mut self) -> Result<f32, WireError> {
        let value = f32::from_bits(self.small(PROGRESS)?.swap_bytes());
        Percent::new(value).map(Percent::get).ok_or(WireError::Number("progress"))
    }
}

/// When a task of that status ended.
pub(crate) fn ended(status: u8, completed: i64, last_seen: i64) -> i64 {
    let open = TaskStatus::ALL.get(usize::from(status)).is_none_or(|status| status.is_open());
    match (open, completed) {
        (true, _) => NEVER,
        (false, NEVER) => last_seen,
        (false, completed) => completed,
    }
}

fn names<T>(
    reader: &mut Reader<'_>,
    what: &'static str,
    id: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, WireError> {
    let mut names = Vec::new();
    each_text(reader, what, |text| {
        names.push(id(text).ok_or(WireError::Text(what))?);
        Ok(())
    })?;
    Ok(names)
}

/// Hands over the texts of a kind, in order.
fn each_text(
    reader: &mut Reader<'_>,
    what: &'static str,
    mut visit: impl FnMut(&str) -> Result<(), WireError>,
) -> Result<(), WireError> {
    let mut of = Reader::new(reader.take(reader.left())?, what);
    let count = of.count(1)?;
    let mut lengths = of;
    for _ in 0..count {
        of.number()?;
    }
    let blob = of.count(1)?;
    let blob = std::str::from_utf8(of.take(blob)?).map_err(|_| WireError::Text(what))?;
    let mut begin = 0_usize;
    for _ in 0..count {
        let length = usize::try_from(lengths.number()?).map_err(|_| WireError::Short(what))?;
        let end = begin.checked_add(length).ok_or(WireError::Short(what))?;
        visit(blob.get(begin..end).ok_or(WireError::Text(what))?)?;
        begin = end;
    }
    if begin != blob.len() {
        return Err(WireError::Long(what));
    }
    *reader = of;
    Ok(())
}

fn lists(reader: &mut Reader<'_>, labels: Kind) -> Result<Vec<Box<[u32]>>, WireError> {
    let mut of = Reader::new(reader.take(reader.left())?, "lists");
    let count = of.count(1)?;
    let mut lists = Vec::new();
    for _ in 0..count {
        let length = of.count(1)?;
        let mut list = Vec::with_capacity(length);
        for _ in 0..length {
            let label = u32::try_from(of.number()?).ok().filter(|label| *label < labels.count);
            list.push(labels.first + label.ok_or(WireError::Missing("list"))?);
        }
        lists.push(list.into_boxed_slice());
    }
    *reader = of;
    Ok(lists)
}
