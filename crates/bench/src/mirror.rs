//! The browser's mirror, natively: what its chunks weigh, how long they take to make and to read, and what a question
//! costs. In the browser the same code runs as wasm.

use std::{
    hint::black_box,
    io::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use domain::query::TaskQuery;
use mirror::{Manifest, Mirror};
use service::{FixedClock, Hermes};
use store_sqlite::SqliteStore;

use crate::{intake::by_file, sample::Sample, stats::Times};

/// What is asked, as a founder would: typed letter by letter, chosen, sorted, turned over.
const QUESTIONS: &[(&str, &[&str])] = &[
    (
        "a keystroke in the search",
        &["q=d", "q=de", "q=dep", "q=depl", "q=deploy", "q=deploy+f", "q=deploy+fa"],
    ),
    ("a search of everything that has an `e`", &["q=e"]),
    ("a chip of a status", &["", "status=failed", "status=failed,blocked", "status=blocked"]),
    ("sorted by duration", &["sort=-durationMs", "sort=durationMs"]),
    ("sorted by title", &["sort=title", "sort=-title"]),
    ("sorted by status, priority and agent", &["sort=status,priority,-assignedAgent"]),
    ("another page", &["page=2", "page=3", "page=200"]),
];

/// What to measure.
pub(crate) struct Options {
    sizes: Vec<usize>,
    rounds: usize,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self { sizes: vec![10_000, 100_000], rounds: 20 };
        for pair in args.chunks(2) {
            match pair {
                [flag, value] if flag == "--tasks" => {
                    options.sizes = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                [flag, value] if flag == "--rounds" => options.rounds = value.parse()?,
                _ => anyhow::bail!("write `--tasks N,N` or `--rounds N`"),
            }
        }
        Ok(options)
    }
}

/// Measures at each size, and prints what it came to.
pub(crate) async fn run(options: &Options) -> Result<()> {
    for tasks in &options.sizes {
        measure(*tasks, options.rounds).await?;
    }
    Ok(())
}

async fn measure(tasks: usize, rounds: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let sample = Sample::write(folder.path(), tasks)?;
    let stored = by_file::run(&sample, folder.path()).await?;
    let store = SqliteStore::open(&stored.database).await?;
    let hermes = Hermes::new(Arc::new(store.clone()), Arc::new(FixedClock::new(sample.now)));

    let began = Instant::now();
    let manifest = hermes.mirror().await?;
    println!(
        "{tasks} tasks: manifest of {} chunks made in {:.1} ms",
        manifest.chunks.len(),
        ms(began.elapsed())
    );
    let mut chunks = Vec::new();
    for chunk in &manifest.chunks {
        let began = Instant::now();
        let bytes = made(&hermes, &chunk.url).await?;
        let took = began.elapsed();
        println!(
            "  {:32} {:>7} rows {:>10} bytes {:>9} brotli, made in {:>7.1} ms",
            chunk.url.trim_start_matches("/api/v1/mirror/"),
            chunk.rows,
            bytes.len(),
            packed(&bytes)?,
            ms(took)
        );
        chunks.push(bytes);
    }
    store.close().await;
    let mut mirror = built(&manifest, chunks)?;
    anyhow::ensure!(mirror.rows() as u64 == manifest.total, "{} rows of {}", mirror.rows(), manifest.total);
    for (what, questions) in QUESTIONS {
        ask(&mut mirror, what, questions, rounds)?;
    }
    Ok(())
}

/// The bytes of a chunk, by its address.
async fn made(hermes: &Hermes, url: &str) -> Result<Vec<u8>> {
    let (path, value) = url.split_once('=').context("a chunk's address")?;
    if path.contains("/fresh") {
        return Ok(hermes.mirror_fresh(value.parse().map_err(anyhow::Error::msg)?).await?);
    }
    let month = path.trim_end_matches("?v").rsplit('/').next().unwrap_or_default();
    let chunk = hermes.mirror_month(month.parse().map_err(anyhow::Error::msg)?, value).await?;
    chunk.context("the month changed")
}

/// The mirror of those chunks; prints how long it took.
fn built(manifest: &Manifest, chunks: Vec<Vec<u8>>) -> Result<Mirror> {
    let mut mirror = Mirror::new(manifest);
    let mut pieces = Vec::new();
    for chunk in chunks {
        let began = Instant::now();
        mirror.load(chunk)?;
        pieces.push(began.elapsed());
    }
    loop {
        let began = Instant::now();
        let more = mirror.build_some()?;
        pieces.push(began.elapsed());
        if !more {
            break;
        }
    }
    let (count, all) = (pieces.len(), pieces.iter().sum());
    let pieces = Times::of(pieces);
    println!(
        "  read and built in {:.1} ms, in {count} pieces of {:.1} ms at most; {} MB of memory",
        ms(all),
        pieces.percentile(100),
        mirror.memory() / 1_000 / 1_000
    );
    Ok(mirror)
}

fn ask(mirror: &mut Mirror, what: &str, questions: &[&str], rounds: usize) -> Result<()> {
    let queries: Vec<TaskQuery> =
        questions.iter().map(|text| TaskQuery::parse(text).context("a question")).collect::<Result<_>>()?;
    let mut times = Vec::new();
    for round in 0..rounds {
        // What was found before must not answer.
        mirror.set_products(mirror.products().clone());
        for query in &queries {
            let began = Instant::now();
            black_box(mirror.ledger(query));
            if round > 0 {
                times.push(began.elapsed());
            }
        }
    }
    let times = Times::of(times);
    println!(
        "  {what:42} median {:>7.2} ms, p95 {:>7.2} ms, most {:>7.2} ms",
        times.median(),
        times.percentile(95),
        times.percentile(100)
    );
    Ok(())
}

fn packed(bytes: &[u8]) -> Result<usize> {
    let mut out = Vec::new();
    // What a server does while it answers, not what a build can take its time for.
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 4, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(out.len())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
