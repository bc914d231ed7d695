//! All rows of a database, each in the commit in which it first came.

use std::{collections::HashMap, path::Path, sync::Arc};

use domain::{
    id::{LineId, Seq},
    query::task_tokens,
    task::TaskRecord,
};
use futures::TryStreamExt as _;
use sqlx::{Connection as _, Row as _, SqliteConnection, sqlite::SqliteRow};
use store::Result;

use super::{table::Table, value::Value};
use crate::{deep, error::sql, rows::decode, store::reading};

/// One commit of the database that is made again.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The lines that it took, in their order.
    pub lines: Vec<LineId>,
    /// The last place in the log after it.
    pub seq: Seq,
}

/// Rows in memory, ready to be inserted.
pub struct Rows {
    pub(super) tables: Vec<Table>,
    /// For each commit and each table: the values of its rows, one after the other.
    pub(super) commits: Vec<Vec<Vec<Value>>>,
    count: u64,
}

/// What tells in which commit a row came.
#[derive(Clone, Copy)]
enum Place {
    /// The lines that a commit took.
    Line,
    /// Its own place in the log.
    Change,
    /// Where the log first names a row of that kind. The identity stands in the column of that name.
    Row(i64, &'static str),
    /// Kept up to date by every commit: as it is in the end, in the last one.
    Last,
}

/// How each table is read and filled. Words come after tasks: they are made from those.
const TABLES: [(&str, &str, Place); 24] = [
    ("select * from products", "insert into products", Place::Row(0, "id")),
    ("select * from tasks order by key", "insert into tasks", Place::Row(1, "id")),
    ("select * from events order by key", "insert into events", Place::Row(2, "id")),
    ("select * from runs order by key", "insert into runs", Place::Row(3, "id")),
    ("select * from agents", "insert into agents", Place::Row(4, "id")),
    ("select * from jobs", "insert into jobs", Place::Row(5, "id")),
    ("select * from task_merges", "insert into task_merges", Place::Row(6, "from_id")),
    ("select * from status_counts", "insert into status_counts", Place::Last),
    ("select * from ended_buckets", "insert into ended_buckets", Place::Last),
    ("select * from product_counts", "insert into product_counts", Place::Last),
    ("select * from product_days", "insert into product_days", Place::Last),
    ("select * from deeds", "insert into deeds", Place::Last),
    ("select * from history_ends", "insert into history_ends", Place::Last),
    ("select * from history_durations", "insert into history_durations", Place::Last),
    ("select * from history_causes", "insert into history_causes", Place::Last),
    ("select * from failures where kind = 0", "insert into failures", Place::Row(1, "ref")),
    ("select * from failures where kind = 1", "insert into failures", Place::Row(2, "ref")),
    ("select * from worker_totals", "insert into worker_totals", Place::Last),
    ("select * from worker_slots", "insert into worker_slots", Place::Last),
    ("select * from lines", "insert into lines", Place::Line),
    ("select * from changes order by seq", "insert into changes", Place::Change),
    ("select * from cursors", "insert into cursors", Place::Last),
    ("select * from settings", "insert into settings", Place::Last),
    ("select * from meta", "insert into meta", Place::Last),
];

/// Makes the words of a row of its JSON.
type Words = fn(&str) -> Result<String>;

/// The words of the search, of which SQLite keeps the index only: by the kind of the rows that have them.
const WORDS: [(i64, &str, Words); 4] =
    [
        (1, "insert into task_words (rowid, words)", |row| {
            Ok(task_tokens(&decode::<TaskRecord>(row)?).join(" "))
        }),
        (1, "insert into detail_words (rowid, words)", |row| Ok(deep::of_details(&decode(row)?))),
        (2, "insert into event_words (rowid, words)", |row| Ok(deep::of_event(&decode(row)?))),
        (3, "insert into run_words (rowid, words)", |row| Ok(deep::of_run(&decode(row)?))),
    ];

impl Rows {
    /// Reads the database at `path`, which those commits made, in their order. Tokens of senders stay out.
    pub async fn read(path: &Path, commits: &[Commit]) -> Result<Self> {
        let mut conn = SqliteConnection::connect_with(&reading(path)).await.map_err(sql)?;
        let places = Places::read(&mut conn, commits).await?;
        let mut rows = Self { tables: Vec::new(), commits: vec![Vec::new(); commits.len()], count: 0 };
        for (select, into, place) in TABLES {
            let mut found = Vec::new();
            let mut words: [Vec<_>; 4] = Default::default();
            let mut stream = sqlx::query(select).fetch(&mut conn);
            while let Some(row) = stream.try_next().await.map_err(sql)? {
                let at = places.of(place, &row, found.len())?;
                for ((of, _, make), words) in WORDS.iter().zip(&mut words) {
                    // Other tables are placed by such rows, too, and have none of their own.
                    if matches!(place, Place::Row(kind, "id") if kind == *of) {
                        let text = make(row.get("row"))?;
                        // A row without words has no entry.
                        if !text.is_empty() {
                            words.push((at, vec![Value::Integer(row.get("key")), Value::Text(text.into())]));
                        }
                    }
                }
                let values = (0..row.len()).map(|at| Value::read(&row, at)).collect::<Result<Vec<_>>>()?;
                found.push((at, values));
            }
            drop(stream);
            rows.add(into, found);
            for ((_, into, _), words) in WORDS.into_iter().zip(words) {
                rows.add(into, words);
            }
        }
        conn.close().await.map_err(sql)?;
        Ok(rows)
    }

    /// How many rows there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many commits they come in.
    pub fn commits(&self) -> usize {
        self.commits.len()
    }

    fn add(&mut self, into: &'static str, mut rows: Vec<((usize, usize), Vec<Value>)>) {
        let Some((_, first)) = rows.first() else { return };
        self.tables.push(Table::new(into, first.len()));
        self.count += rows.len() as u64;
        rows.sort_by_key(|(at, _)| *at);
        for commit in &mut self.commits {
            commit.push(Vec::new());
        }
        for ((commit, _), values) in rows {
            if let Some(of_table) = self.commits[commit].last_mut() {
                of_table.extend(values);
            }
        }
    }
}

/// Where everything first came.
struct Places {
    /// The last place in the log after each commit.
    seqs: Vec<i64>,
    /// The commit of each line, and its place among all lines.
    lines: HashMap<Arc<str>, (usize, usize)>,
    /// Where the log first names each row, by its kind and identity.
    rows: HashMap<(i64, Arc<str>), i64>,
}

impl Places {
    async fn read(conn: &mut SqliteConnection, commits: &[Commit]) -> Result<Self> {
        let seqs = commits.iter().map(|commit| i64::try_from(commit.seq.0).unwrap_or(i64::MAX)).collect();
        let in_order = commits.iter().enumerate();
        let in_order = in_order.flat_map(|(number, commit)| commit.lines.iter().map(move |id| (number, id)));
        let lines =
            in_order.enumerate().map(|(at, (commit, id))| (id.as_str().into(), (commit, at))).collect();
        let mut rows = HashMap::new();
        let mut stream = sqlx::query("select kind, ref, seq from changes order by seq").fetch(conn);
        while let Some(row) = stream.try_next().await.map_err(sql)? {
            rows.entry((row.get(0), row.get::<&str, _>(1).into())).or_insert_with(|| row.get(2));
        }
        Ok(Self { seqs, lines, rows })
    }

    /// The commit of a row, and its place among the rows of its table; `number` is that in which it was read.
    fn of(&self, place: Place, row: &SqliteRow, number: usize) -> Result<(usize, usize)> {
        let last = self.seqs.len().saturating_sub(1);
        let logged = |seq: i64| self.seqs.partition_point(|end| *end < seq).min(last);
        Ok(match place {
            Place::Line => {
                let id = Value::read(row, 0)?;
                self.lines.get(id.text()).copied().unwrap_or((last, number))
            }
            Place::Change => (logged(row.get("seq")), number),
            Place::Row(kind, column) => {
                let seq = self.rows.get(&(kind, row.get::<&str, _>(column).into()));
                (seq.map_or(last, |seq| logged(*seq)), number)
            }
            Place::Last => (last, number),
        })
    }
}
