//! Random histories, told to a reader through a bad network, by a server that is started again and again: in the end the
//! reader has what the server has.
//!
//! The clock of tokio stands still while anything can go on, so delays cost no time.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use domain::{
    change::{Changes, Row},
    fold::{Key, Ledger},
    id::Seq,
    query::TaskQuery,
    telemetry::Telemetry,
};
use ingest::Draft;
use serde_json::from_value;
use server::{router::router, state::AppState};
use service::{FixedClock, Hermes};
use store::{Extent, MemoryStore, Prune, Store, conformance};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{
    proxy::{Proxy, Random},
    reader::{Event, Parser},
};
use crate::harness::site;

/// Histories that are tried.
const HISTORIES: u64 = 200;

/// What happens in each of them.
const TURNS: u64 = 14;

/// Everything is asked for, so that everything can be compared.
const PATH: &str = "/api/v1/live?kinds=product,task,event,run,agent,job";

/// Later than what the histories tell.
const LATER: &str = "2027-06-01T00:00:00Z";

/// A server over a store; ended by its token, or at the end of the test.
struct Running {
    address: SocketAddr,
    hermes: Hermes,
    end: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    async fn start(store: &Arc<MemoryStore>) -> Self {
        let hermes = Hermes::new(Arc::clone(store) as _, Arc::new(FixedClock::new(LATER.parse().unwrap())));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, end) = (listener.local_addr().unwrap(), CancellationToken::new());
        let state = AppState { end: end.clone(), ..AppState::new(hermes.clone(), site()) };
        let ended = end.clone().cancelled_owned();
        let task = tokio::spawn(async move {
            axum::serve(listener, router(state)).with_graceful_shutdown(ended).await.unwrap();
        });
        Self { address, hermes, end, task }
    }

    /// Ends it; its streams hold it up no longer than a moment.
    async fn stop(self) {
        self.end.cancel();
        timeout(Duration::from_secs(1), self.task).await.expect("streams end with the server").unwrap();
    }
}

/// One connection of the reader.
struct Connection {
    stream: TcpStream,
    parser: Parser,
    /// Whether the head of the answer is over.
    begun: bool,
    head: Vec<u8>,
}

impl Connection {
    async fn open(to: SocketAddr, after: Seq) -> Self {
        let mut stream = TcpStream::connect(to).await.unwrap();
        // A connection that was cut meanwhile is seen when it is read. In HTTP/1.0 bodies come as they are.
        let head = format!("GET {PATH} HTTP/1.0\r\nHost: localhost\r\nLast-Event-ID: {after}\r\n\r\n");
        let _ = stream.write_all(head.as_bytes()).await;
        Self { stream, parser: Parser::default(), begun: false, head: Vec::new() }
    }

    /// The next message; `None` where the connection is gone.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.parser.next() {
                return Some(event);
            }
            let mut bytes = [0; 4096];
            let length = self.stream.read(&mut bytes).await.ok().filter(|length| *length > 0)?;
            let bytes = &bytes[..length];
            if self.begun {
                self.parser.push(bytes);
                continue;
            }
            self.head.extend_from_slice(bytes);
            if let Some(end) = self.head.windows(4).position(|four| four == b"\r\n\r\n") {
                assert!(self.head.starts_with(b"HTTP/1.0 200"), "{}", String::from_utf8_lossy(&self.head));
                self.parser.push(&self.head.split_off(end + 4));
                self.begun = true;
            }
        }
    }
}

/// A reader that folds changes by their place alone.
struct Reader {
    ledger: Ledger,
    connections: Vec<Connection>,
    /// Whether it read a snapshot since the first place of the log.
    began_anew: bool,
}

impl Reader {
    fn new() -> Self {
        Self { ledger: Ledger::default(), connections: Vec::new(), began_anew: false }
    }

    async fn connect(&mut self, to: SocketAddr) {
        self.connections.push(Connection::open(to, self.ledger.seq).await);
    }

    /// Reads a message of one of its connections, if one comes in that time.
    async fn read(&mut self, which: usize, patience: Duration, store: &MemoryStore) {
        match timeout(patience, self.connections[which].next()).await {
            Err(_) => {}
            Ok(None) => drop(self.connections.swap_remove(which)),
            Ok(Some(event)) => self.take(event, store).await,
        }
    }

    async fn take(&mut self, event: Event, store: &MemoryStore) {
        match &*event.name {
            "changes" => {
                let changes: Vec<_> = from_value(event.data).unwrap();
                changes.iter().for_each(|change| self.ledger.apply(change));
                self.reach(event.id.unwrap().parse().unwrap());
            }
            "upto" | "beat" => self.reach(event.id.unwrap().parse().unwrap()),
            "resync" => {
                self.ledger = snapshot(store).await;
                self.began_anew = true;
            }
            "hello" => {}
            other => panic!("nobody decided anything: {other}"),
        }
    }

    fn reach(&mut self, place: u64) {
        self.ledger.seq = self.ledger.seq.max(Seq(place));
    }
}

/// Everything that can be read at once of a store.
async fn snapshot(store: &MemoryStore) -> Ledger {
    let mut ledger = Ledger { seq: store.heads().await.unwrap().seq, ..Ledger::default() };
    for row in exported(store).await {
        ledger.put(row);
    }
    // An export leaves out the products of which no task is known yet.
    for record in store.product_book().await.unwrap().records.into_values() {
        ledger.put(Row::Product(Box::new(record)));
    }
    ledger
}

async fn exported(store: &MemoryStore) -> Vec<Row> {
    let mut export = store.export(&TaskQuery::default(), Extent::Whole).await.unwrap();
    let mut rows = Vec::new();
    loop {
        let part = export.next().await.unwrap();
        if part.is_empty() {
            return rows;
        }
        rows.extend(part);
    }
}

fn key(row: &Row) -> Key {
    match row {
        Row::Product(row) => Key::Product(row.id.clone()),
        Row::Task(row) => Key::Task(row.id.clone()),
        Row::Event(row) => Key::Event(row.event.id.clone()),
        Row::Run(row) => Key::Run(row.id.clone()),
        Row::Agent(row) => Key::Agent(row.id.clone()),
        Row::Job(row) => Key::Job(row.id.clone()),
        Row::TaskMerged(merged) => Key::TaskMerged(merged.from.clone()),
    }
}

/// What the reader has is what the store has.
async fn compare(reader: &Reader, store: &MemoryStore, seed: u64) {
    assert_eq!(reader.ledger.seq, store.heads().await.unwrap().seq, "history {seed}");
    let rows = exported(store).await;
    // Nor does it have the old names of tasks that are not known yet, so a reader of one may lack them.
    let told = |row: &&Row| !(reader.began_anew && matches!(row, Row::TaskMerged(_)));
    for row in rows.iter().filter(told) {
        assert_eq!(reader.ledger.get(&key(row)).as_ref(), Some(row), "history {seed}");
    }
    let count = |of: fn(&Row) -> bool| rows.iter().filter(|row| of(row)).count();
    assert_eq!(reader.ledger.tasks.len(), count(|row| matches!(row, Row::Task(_))), "history {seed}");
    assert_eq!(reader.ledger.events.len(), count(|row| matches!(row, Row::Event(_))), "history {seed}");
    let whole = store.changes_after(Seq(0), usize::MAX).await.unwrap();
    if let (Changes::Some { changes, upto }, false) = (whole, reader.began_anew) {
        let mut expected = Ledger::default();
        changes.iter().for_each(|change| expected.apply(change));
        expected.seq = upto;
        assert_eq!(reader.ledger, expected, "history {seed}: every row of every kind");
    }
}

fn drafts(lines: &[Telemetry]) -> Vec<Draft> {
    let draft = |line: &Telemetry| Draft { id: line.id.clone(), ts: line.ts, body: line.body.clone() };
    lines.iter().map(draft).collect()
}

/// One history; whether its reader had to begin anew.
async fn history(seed: u64) -> bool {
    let mut random = Random::new(seed);
    let store = Arc::new(MemoryStore::new());
    let mut server = Running::start(&store).await;
    let proxy = Proxy::start(server.address, Random::new(!seed)).await;
    let lines = conformance::merging_sample(seed, 160);
    let mut told = 0;
    let mut reader = Reader::new();
    for _ in 0..TURNS {
        match random.below(12) {
            0..6 => {
                let next = (told + 1 + usize::try_from(random.below(30)).unwrap()).min(lines.len());
                server.hermes.take(drafts(&lines[told..next]), Vec::new()).await.unwrap();
                told = next;
            }
            // A second connection beside the first, as when a browser comes back before it noticed that it was gone.
            6 | 7 => reader.connect(proxy.address).await,
            8 if !reader.connections.is_empty() => drop(reader.connections.remove(0)),
            9 => {
                server.stop().await;
                server = Running::start(&store).await;
                proxy.lead_to(server.address);
            }
            10 if seed.is_multiple_of(4) => {
                let prune = Prune { tasks: Some(LATER.parse().unwrap()), ..Prune::default() };
                store.prune(&prune, 3).await.unwrap();
            }
            // Nothing is read for a long time.
            _ => tokio::time::sleep(Duration::from_millis(random.below(3_000))).await,
        }
        for _ in 0..random.below(6) {
            if reader.connections.is_empty() {
                reader.connect(proxy.address).await;
            }
            let which = usize::try_from(random.below(reader.connections.len() as u64)).unwrap();
            reader.read(which, Duration::from_millis(random.below(300)), &store).await;
        }
    }
    proxy.heal();
    while reader.ledger.seq < store.heads().await.unwrap().seq {
        if reader.connections.is_empty() {
            reader.connect(proxy.address).await;
        }
        reader.read(0, Duration::from_mins(1), &store).await;
    }
    compare(&reader, &store, seed).await;
    server.stop().await;
    reader.began_anew
}

#[tokio::test(start_paused = true)]
async fn through_a_bad_network_the_reader_ends_with_what_the_server_has() {
    let mut anew = 0;
    for seed in 0..HISTORIES {
        anew += u64::from(history(seed).await);
    }
    assert!((1..HISTORIES / 2).contains(&anew), "{anew} readers had to begin anew");
}
