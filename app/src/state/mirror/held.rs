//! What is held, and the answers that pages are made of.
//!
//! Pages reach it through [`Held`], of which they know the outline alone: so this code, and the reading of all the records that
//! a stream tells of, is in the part of the client that is loaded when the page stands, and in no page.

use domain::{
    change::Change,
    id::{ProductId, Seq, TaskId},
    query::{DateBound, TaskFilter, TaskQuery},
    zone::Zone,
};
use mirror::{Applied, Manifest, Mirror, Row};
use serde::Deserialize;

use crate::api::{
    overview::ProductRef,
    palette::{TaskHits, hits, hits_query},
    tasks::{Facet, Preset, facets::facets, presets},
};

/// What the ledger's page shows of rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Board {
    pub(super) rows: domain::query::Page<Row>,
    pub(super) all: u64,
    pub(super) facets: Vec<Facet>,
    pub(super) products: Vec<ProductRef>,
    pub(super) presets: Vec<Preset>,
}

/// What becomes of the mirror with what was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// It holds what the server holds.
    Fresh,
    /// Products are others: [`Held::renew`] is due.
    Products,
    /// Something was missed: it must be filled anew.
    Missed,
    /// A server that is newer tells what this client does not know.
    Foreign,
}

/// What is to be loaded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// What is at these addresses.
    Load(Vec<String>),
    /// Nothing: there are more tasks than this many, the most that are held.
    Beyond(u64),
}

/// The mirror, by its outline.
pub(super) trait Held {
    /// Begins anew by the manifest; `None` where that cannot be read.
    fn begin(&mut self, manifest: &[u8]) -> Option<Plan>;
    /// Takes over the products and rules of a newer manifest; whether it could be read.
    fn renew(&mut self, manifest: &[u8]) -> bool;
    /// Takes a chunk; whether it could be read.
    fn load(&mut self, chunk: Vec<u8>) -> bool;
    /// Does a piece of what is to be done; whether there is more, `None` where what was loaded is broken.
    fn build_some(&mut self) -> Option<bool>;
    /// A message of the stream; `from` is the place before it.
    fn hear(&mut self, from: Option<f64>, name: &str, data: &str) -> Heard;
    /// The page of the ledger; `None` where only the server can tell.
    fn board(&mut self, query: &str) -> Option<Board>;
    /// The row of a task and its product, if it is held.
    fn task(&self, id: &TaskId) -> Option<(Row, Option<ProductRef>)>;
    /// Tasks for the palette; `None` where only the server can tell.
    fn hits(&mut self, words: &str) -> Option<TaskHits>;
}

/// The mirror with the founder's time zone.
#[derive(Debug)]
pub(super) struct InMemory {
    mirror: Mirror,
    zone: Zone,
    /// What depends on no filter, at a version of the mirror.
    standing: Option<(u64, Standing)>,
}

/// How many tasks there are, and the views that everyone has.
#[derive(Debug, Clone)]
struct Standing {
    all: u64,
    presets: Vec<Preset>,
}

impl Default for InMemory {
    fn default() -> Self {
        Self { mirror: Mirror::default(), zone: Zone::utc(), standing: None }
    }
}

impl Held for InMemory {
    fn begin(&mut self, manifest: &[u8]) -> Option<Plan> {
        let manifest = read(manifest)?;
        if !manifest.complete {
            return Some(Plan::Beyond(manifest.limit));
        }
        *self = Self { mirror: Mirror::new(&manifest), zone: manifest.zone, standing: None };
        Some(Plan::Load(manifest.chunks.into_iter().map(|chunk| chunk.url).collect()))
    }

    fn renew(&mut self, manifest: &[u8]) -> bool {
        let Some(manifest) = read(manifest) else { return false };
        self.mirror.renew(&manifest);
        self.zone = manifest.zone;
        true
    }

    fn load(&mut self, chunk: Vec<u8>) -> bool {
        self.mirror.load(chunk).is_ok()
    }

    fn build_some(&mut self) -> Option<bool> {
        self.mirror.build_some().ok()
    }

    fn hear(&mut self, from: Option<f64>, name: &str, data: &str) -> Heard {
        #[expect(clippy::cast_precision_loss, reason = "places are far below 2^53")]
        let at = self.mirror.seq().0 as f64;
        if name == "resync" || from.is_some_and(|from| from > at) {
            return Heard::Missed;
        }
        if name != "changes" {
            if let Ok(Reached { seq: Some(seq) }) = serde_json::from_str(data) {
                if name == "hello" && seq > self.mirror.seq() {
                    return Heard::Missed;
                }
                self.mirror.reached(seq);
            }
            return Heard::Fresh;
        }
        let Ok(changes) = serde_json::from_str::<Vec<Change>>(data) else { return Heard::Foreign };
        let applied: Vec<_> = changes.iter().map(|change| self.mirror.apply(change)).collect();
        if applied.contains(&Applied::Products) { Heard::Products } else { Heard::Fresh }
    }

    fn board(&mut self, query: &str) -> Option<Board> {
        let query = TaskQuery::parse(query).ok()?;
        let filter = self.settled(&query.filter)?;
        if self.mirror.beyond(&filter).is_some() {
            return None;
        }
        let query = TaskQuery { filter, ..query };
        // First: the mirror keeps what it found last, and the next question is often of the same filter.
        let Standing { all, presets } = self.standing();
        let (rows, found) = self.mirror.ledger(&query);
        let products = &self.mirror.products().list;
        let mut shown: Vec<ProductRef> = Vec::new();
        for row in &rows.items {
            if !shown.iter().any(|known| known.id == row.product_id) {
                shown.extend(products.iter().find(|product| product.id == row.product_id).map(product_ref));
            }
        }
        let name = |id: &ProductId| Some(products.iter().find(|product| product.id == *id)?.name.clone());
        Some(Board { all, facets: facets(&found, &query.filter, name), products: shown, presets, rows })
    }

    fn task(&self, id: &TaskId) -> Option<(Row, Option<ProductRef>)> {
        let row = self.mirror.task(id)?;
        let products = &self.mirror.products().list;
        let product = products.iter().find(|product| product.id == row.product_id).map(product_ref);
        Some((row, product))
    }

    fn hits(&mut self, words: &str) -> Option<TaskHits> {
        let query = hits_query(words.to_owned());
        if self.mirror.beyond(&query.filter).is_some() {
            return None;
        }
        let found = self.mirror.tasks(&query);
        let products = &self.mirror.products().list;
        let name = |id: &ProductId| Some(products.iter().find(|product| product.id == *id)?.name.clone());
        Some(hits(found, name, 0))
    }
}

impl InMemory {
    fn standing(&mut self) -> Standing {
        let version = self.mirror.version();
        if let Some((_, standing)) = self.standing.as_ref().filter(|(at, _)| *at == version) {
            return standing.clone();
        }
        let urgent = self.mirror.facets(&presets::urgent()).total;
        let everything = self.mirror.facets(&TaskFilter::default());
        let standing = Standing { all: everything.total, presets: presets::presets(&everything, urgent) };
        self.standing = Some((version, standing.clone()));
        standing
    }

    /// The filter with its dates as moments; `None` where one is out of what is known of the founder's clock.
    fn settled(&self, filter: &TaskFilter) -> Option<TaskFilter> {
        let bounds = [filter.from, filter.to, filter.ended_from, filter.ended_to];
        let told = |bound: &DateBound| match bound {
            DateBound::Date(date) => self.zone.tells_of(date.and_time(chrono::NaiveTime::MIN)),
            DateBound::At(_) => true,
        };
        if !bounds.iter().flatten().all(told) {
            return None;
        }
        let midnight = |date: chrono::NaiveDate| self.zone.moment(date.and_time(chrono::NaiveTime::MIN));
        Some(TaskFilter {
            from: filter.from.map(|from| from.settled(false, midnight)),
            to: filter.to.map(|to| to.settled(true, midnight)),
            ended_from: filter.ended_from.map(|from| from.settled(false, midnight)),
            ended_to: filter.ended_to.map(|to| to.settled(true, midnight)),
            ..filter.clone()
        })
    }
}

/// The place of a message, where it tells one.
#[derive(Deserialize)]
struct Reached {
    seq: Option<Seq>,
}

fn read(manifest: &[u8]) -> Option<Manifest> {
    serde_json::from_slice(manifest).ok()
}

fn product_ref(product: &mirror::ProductName) -> ProductRef {
    ProductRef { id: product.id.clone(), name: product.name.clone(), slug: product.slug.clone() }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::{
        task::{TaskRecord, TaskStatus},
        zone::Offset,
    };
    use mirror::{ChunkRef, Guesses, LIMIT, ProductName, Products, wire};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Five hours behind UTC.
    fn zone() -> Zone {
        let offset = Offset { from: at("2025-01-01T00:00:00Z"), seconds: -5 * 3_600, name: "EST".to_owned() };
        Zone { name: "America/New_York".to_owned(), offsets: vec![offset] }
    }

    fn manifest(seq: u64, product: &str) -> Manifest {
        let id = ProductId::new("prod_a").unwrap();
        let named = ProductName { id, name: product.to_owned(), slug: "a".to_owned() };
        Manifest {
            format: wire::FORMAT,
            seq: Seq(seq),
            total: 2,
            limit: LIMIT,
            complete: true,
            since: None,
            chunks: vec![ChunkRef { url: "/chunk".to_owned(), rows: 2 }],
            products: Products { list: vec![named], ..Products::default() },
            guesses: Guesses::default(),
            zone: zone(),
        }
    }

    fn json(manifest: &Manifest) -> Vec<u8> {
        serde_json::to_vec(manifest).unwrap()
    }

    fn task(id: &str, created: &str, status: TaskStatus) -> TaskRecord {
        let mut task = TaskRecord::placeholder(TaskId::new(id).unwrap(), at(created));
        task.product_id = ProductId::new("prod_a").ok();
        task.created_at = Some(at(created));
        task.status = Some(status);
        task
    }

    /// What holds two tasks at place 5 of the log.
    fn filled() -> InMemory {
        let mut held = InMemory::default();
        let plan = held.begin(&json(&manifest(5, "Product A")));
        assert_eq!(plan, Some(Plan::Load(vec!["/chunk".to_owned()])));
        let mut writer = wire::Writer::new();
        writer.push(&task("t_1", "2026-11-20T03:00:00Z", TaskStatus::Failed));
        writer.push(&task("t_2", "2026-11-20T06:00:00Z", TaskStatus::Running));
        assert!(held.load(writer.finish(Seq(5))));
        while held.build_some().unwrap() {}
        held
    }

    fn ids(held: &mut InMemory, query: &str) -> Vec<String> {
        held.board(query).unwrap().rows.items.iter().map(|row| row.id.to_string()).collect()
    }

    #[test]
    fn a_board_has_the_rows_their_products_and_how_many_there_are() {
        let mut held = filled();
        let board = held.board("status=failed").unwrap();
        assert_eq!((board.all, board.rows.total, board.products.len()), (2, 1, 1));
        assert_eq!(board.presets[1].count, 1, "running now");
        let product = board.facets.iter().find(|facet| facet.key == "product").unwrap();
        assert_eq!((product.options[0].label.as_str(), product.options[0].count), ("Product A", 1));
        let (row, product) = held.task(&TaskId::new("t_2").unwrap()).unwrap();
        assert_eq!((row.status, product.unwrap().name.as_str()), (TaskStatus::Running, "Product A"));
        assert_eq!(held.task(&TaskId::new("t_9").unwrap()), None);
        assert_eq!(held.hits("t_2").unwrap().tasks[0].product, "Product A");
        assert_eq!(held.board("status=failed&sort=nonsense"), None, "the server says what is wrong with it");
    }

    #[test]
    fn whole_dates_are_the_founders_days() {
        let mut held = filled();
        // At 3 o'clock UTC it was still the 19th there.
        assert_eq!(ids(&mut held, "from=2026-11-19&to=2026-11-19"), ["t_1"]);
        assert_eq!(ids(&mut held, "from=2026-11-20"), ["t_2"]);
        assert_eq!(held.board("from=2024-11-20"), None, "nothing is known of his clock then");
    }

    #[test]
    fn what_is_told_is_folded_in_and_a_gap_is_noticed() {
        let mut held = filled();
        let change = Change {
            seq: Seq(6),
            row: domain::change::Row::Task(Box::new(task("t_3", "2026-11-20T07:00:00Z", TaskStatus::Queued))),
        };
        let told = serde_json::to_string(&[change]).unwrap();
        assert_eq!(held.hear(Some(5.0), "changes", &told), Heard::Fresh);
        assert_eq!(ids(&mut held, "sort=-createdAt"), ["t_3", "t_2", "t_1"]);
        assert_eq!(held.hear(Some(6.0), "upto", r#"{"seq":9}"#), Heard::Fresh);
        assert_eq!(held.hear(Some(5.0), "changes", &told), Heard::Fresh, "it is known already");
        assert_eq!(held.hear(Some(9.0), "beat", r#"{"seq":9,"now":"2026-11-20T07:00:00Z"}"#), Heard::Fresh);
        assert_eq!(
            held.hear(Some(10.0), "upto", r#"{"seq":11}"#),
            Heard::Missed,
            "9 to 10 was told to nobody"
        );
        assert_eq!(held.hear(None, "hello", r#"{"seq":12}"#), Heard::Missed);
        assert_eq!(held.hear(None, "resync", r#"{"seq":9}"#), Heard::Missed);
        assert_eq!(
            held.hear(Some(9.0), "changes", r#"[{"seq":10,"kind":"of another time"}]"#),
            Heard::Foreign
        );
    }

    #[test]
    fn other_names_of_products_are_taken_over() {
        let mut held = filled();
        assert!(held.renew(&json(&manifest(5, "Product B"))));
        assert_eq!(held.board("").unwrap().products[0].name, "Product B");
        assert!(!held.renew(b"no manifest"));
    }

    #[test]
    fn where_there_are_too_many_tasks_nothing_is_loaded() {
        let many = Manifest { complete: false, ..manifest(5, "Product A") };
        assert_eq!(InMemory::default().begin(&json(&many)), Some(Plan::Beyond(LIMIT)));
        assert_eq!(InMemory::default().begin(b"{}"), None);
    }
}
