//! Live updates of the real server: from an event that is posted to the message on every stream, and what streams cost on
//! which nothing happens.
//!
//! Readers run in this process, on the same cores as the server. Events are posted one after the other, each when all streams
//! had the one before and the time in which changes are collected has passed: that is what a founder waits for who looks at
//! a quiet page. The way from the message to the pixel is the browser's and not in here.

mod reader;

use std::{
    ffi::{OsStr, OsString},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use tokio::{sync::mpsc, task::JoinSet, time::timeout};

use crate::{
    http::Connection,
    sample::Sample,
    server::{Server, program, token},
    stats::Times,
};

/// Events before those that count.
const WARM_UP: usize = 10;

/// Longer than the time in which changes are collected.
const QUIET: Duration = Duration::from_millis(70);

/// The longest that a message may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What to measure.
pub(crate) struct Options {
    tasks: usize,
    /// Numbers of streams that are told of events.
    streams: Vec<usize>,
    events: usize,
    /// How many streams on which nothing happens.
    idle: usize,
    /// How long they are looked at.
    seconds: u64,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut options =
            Self { tasks: 10_000, streams: vec![1, 500], events: 200, idle: 1_000, seconds: 60 };
        for pair in args.chunks(2) {
            match pair {
                [flag, value] if flag == "--tasks" => options.tasks = value.parse()?,
                [flag, value] if flag == "--streams" => {
                    options.streams = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                [flag, value] if flag == "--events" => options.events = value.parse()?,
                [flag, value] if flag == "--idle" => options.idle = value.parse()?,
                [flag, value] if flag == "--seconds" => options.seconds = value.parse()?,
                _ => anyhow::bail!(
                    "write `--tasks N`, `--streams N,N`, `--events N`, `--idle N` or `--seconds N`"
                ),
            }
        }
        anyhow::ensure!(options.events > 0 && options.seconds > 0, "events and seconds are 1 at least");
        Ok(options)
    }
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let sample = Sample::write(folder.path(), options.tasks)?;
    let mut ingest = program(&data)?;
    let taken = ingest.args(sample.clock()).arg("ingest").arg(&sample.path).stdout(Stdio::null()).status()?;
    anyhow::ensure!(taken.success(), "the sample was not taken ({taken})");
    let token = token(&data)?;
    let mut more = vec![OsString::from("--no-hermes-home")];
    more.extend(sample.clock());
    let more: Vec<&OsStr> = more.iter().map(OsString::as_os_str).collect();

    println!("{} tasks; {} events, posted one by one", options.tasks, options.events);
    println!(
        "{:>8} {:>10} {:>8} {:>8} {:>8} {:>14} {:>14} {:>12}",
        "streams", "median ms", "p95 ms", "p99 ms", "max ms", "last, p95 ms", "post, p95 ms", "memory MB"
    );
    for streams in &options.streams {
        let server = Server::start(&data, &more)?;
        told(&server, &token, *streams, options.events).await?;
        server.stop()?;
    }
    let server = Server::start(&data, &more)?;
    idle(&server, options.idle, Duration::from_secs(options.seconds)).await?;
    server.stop()
}

/// Opens streams, posts events, and prints when they arrived.
async fn told(server: &Server, token: &str, streams: usize, events: usize) -> Result<()> {
    let (sender, mut arrivals) = mpsc::channel(streams.max(1));
    let readers = open(server, streams, &sender).await?;
    let mut connection = server.connect()?;
    let (mut each, mut last, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..WARM_UP + events {
        tokio::time::sleep(QUIET).await;
        let start = Instant::now();
        let posted = post(&mut connection, token, &format!("{streams}-{number}"))?;
        let mut latest = Duration::ZERO;
        for _ in 0..streams {
            let arrived = timeout(PATIENCE, arrivals.recv()).await?.context("the readers are gone")?;
            let took = arrived.duration_since(start);
            latest = latest.max(took);
            if number >= WARM_UP {
                each.push(took);
            }
        }
        if number >= WARM_UP {
            last.push(latest);
            posts.push(posted);
        }
    }
    let (each, last, posts) = (Times::of(each), Times::of(last), Times::of(posts));
    println!(
        "{streams:>8} {:>10.2} {:>8.2} {:>8.2} {:>8.2} {:>14.2} {:>14.2} {:>12.1}",
        each.median(),
        each.percentile(95),
        each.percentile(99),
        each.percentile(100),
        last.percentile(95),
        posts.percentile(95),
        server.memory()?
    );
    drop(readers);
    Ok(())
}

/// Posts an event; how long the answer took, which comes when it is durable. It holds up its thread: the readers have
/// others.
fn post(connection: &mut Connection, token: &str, id: &str) -> Result<Duration> {
    let line = format!(
        r#"{{"id":"bench-{id}","ts":"2026-11-20T08:00:00Z","kind":"event","event":{{"id":"bench-{id}","taskId":"bench","timestamp":"2026-11-20T08:00:00Z","level":"info","eventType":"started","message":"One more"}}}}"#
    );
    let start = Instant::now();
    let post = || connection.post_lines("/api/v1/ingest", token, line.as_bytes());
    let answer = tokio::task::block_in_place(post)?;
    anyhow::ensure!(answer.status == 200, "{}: {}", answer.status, answer.text());
    Ok(start.elapsed())
}

/// Opens streams on which nothing happens, and prints what they cost.
async fn idle(server: &Server, streams: usize, span: Duration) -> Result<()> {
    let bare = server.memory()?;
    let (sender, _arrivals) = mpsc::channel(1);
    let readers = open(server, streams, &sender).await?;
    let (begin, before) = (Instant::now(), server.processor()?);
    tokio::time::sleep(span).await;
    let (took, used) = (begin.elapsed().as_secs_f64(), server.processor()? - before);
    let memory = server.memory()?;
    println!("{streams} streams on which nothing happened for {took:.0} s");
    println!("  processor: {used:.2} s, {:.2} % of one core", used / took * 100.0);
    println!("  memory: {memory:.1} MB, {bare:.1} MB without them");
    drop(readers);
    Ok(())
}

/// Opens so many streams, and waits until each has said hello.
async fn open(server: &Server, streams: usize, sender: &mpsc::Sender<Instant>) -> Result<JoinSet<()>> {
    let mut readers = JoinSet::new();
    for _ in 0..streams {
        let reader = timeout(PATIENCE, reader::Reader::open(server.address())).await??;
        let sender = sender.clone();
        readers.spawn(async move {
            if let Err(error) = reader.run(&sender).await {
                println!("a stream broke off: {error:#}");
            }
        });
    }
    Ok(readers)
}
