//! Questions to the real server at several sizes of its ledger.
//!
//! The time is that from the first byte sent to the last byte received, on one kept-alive connection of this machine.

use std::{
    ffi::{OsStr, OsString},
    process::Stdio,
    time::Instant,
};

use anyhow::{Context as _, Result};

use crate::{
    http::Connection,
    sample::Sample,
    server::{Server, program},
    stats::Times,
};

/// Requests before those that count: caches and connections are as on any day but the first minute.
const WARM_UP: usize = 20;

/// What is asked: the path, and what the answer may be compressed with. Browsers take `br`. `{task}` and `{product}`
/// stand for one of the sample.
pub(crate) type Question = (&'static str, &'static str);

/// What to measure.
pub(crate) struct Options {
    /// Numbers of tasks, the smallest first.
    sizes: Vec<usize>,
    requests: usize,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self { sizes: vec![1_000, 10_000, 100_000], requests: 200 };
        for pair in args.chunks(2) {
            match pair {
                [flag, value] if flag == "--tasks" => {
                    options.sizes = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                [flag, value] if flag == "--requests" => options.requests = value.parse()?,
                _ => anyhow::bail!("write `--tasks N,N,N` or `--requests N`"),
            }
        }
        anyhow::ensure!(options.requests > 0, "`--requests` is 1 at least");
        Ok(options)
    }
}

/// What one question came to at one size.
struct Asked {
    times: Times,
    bytes: usize,
}

/// Asks everything at each size, and prints what it came to.
pub(crate) fn run(options: &Options, questions: &[Question]) -> Result<()> {
    let mut rows = Vec::new();
    for tasks in &options.sizes {
        rows.push((*tasks, ask_all(*tasks, options.requests, questions)?));
    }
    let names: Vec<String> =
        questions.iter().map(|(path, encoding)| format!("{path} ({encoding})")).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    println!("{:width$} {:>9} {:>10} {:>10} {:>10}", "GET", "tasks", "median ms", "p95 ms", "bytes");
    for (at, name) in names.iter().enumerate() {
        for (tasks, asked) in &rows {
            let Asked { times, bytes } = &asked[at];
            let (median, p95) = (times.median(), times.percentile(95));
            println!("{name:width$} {tasks:>9} {median:>10.2} {p95:>10.2} {bytes:>10}");
        }
        if let [(few, first), .., (many, last)] = rows.as_slice() {
            let growth = |percent| last[at].times.percentile(percent) / first[at].times.percentile(percent);
            println!(
                "{name:width$} from {few} to {many} tasks: median {:.2} times, p95 {:.2} times",
                growth(50),
                growth(95)
            );
        }
    }
    Ok(())
}

/// Makes a data folder of so many tasks, and asks everything of a server over it.
fn ask_all(tasks: usize, requests: usize, questions: &[Question]) -> Result<Vec<Asked>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let sample = Sample::write(folder.path(), tasks)?;
    let taken = program(&data)?
        .args(sample.clock())
        .arg("ingest")
        .arg(&sample.path)
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(taken.success(), "the sample was not taken ({taken})");
    let mut more = vec![OsString::from("--no-hermes-home")];
    more.extend(sample.clock());
    let more: Vec<&OsStr> = more.iter().map(OsString::as_os_str).collect();
    let server = Server::start(&data, &more)?;
    // A server over the wrong data would be fast.
    let total = server.json("/api/v1/overview")?["totalTasks"].as_u64();
    let told = sample.made.tasks;
    anyhow::ensure!(total == Some(told), "the server knows {total:?} tasks, not {told}");
    let (task, product) = (some(&server, "tasks", "id")?, some(&server, "products", "slug")?);
    let path = |path: &str| path.replace("{task}", &task).replace("{product}", &product);
    let mut connection = server.connect()?;
    let asked = questions.iter().map(|(of, encoding)| ask(&mut connection, &path(of), encoding, requests));
    let asked = asked.collect::<Result<_>>()?;
    server.stop()?;
    Ok(asked)
}

/// The name of the first of a list in links. Those of the sample need no escapes.
fn some(server: &Server, list: &str, key: &str) -> Result<String> {
    let page = server.json(&format!("/api/v1/{list}?perPage=1"))?;
    let name = page["items"][0][key].as_str().with_context(|| format!("there are no {list}"))?;
    Ok(name.to_owned())
}

fn ask(connection: &mut Connection, path: &str, encoding: &str, requests: usize) -> Result<Asked> {
    let mut bytes = 0;
    let mut times = Vec::with_capacity(requests);
    for number in 0..WARM_UP + requests {
        let start = Instant::now();
        let answer = connection.get(path, encoding)?;
        let time = start.elapsed();
        anyhow::ensure!(answer.status == 200, "{path} answers {}", answer.status);
        bytes = answer.body.len();
        if number >= WARM_UP {
            times.push(time);
        }
    }
    anyhow::ensure!(bytes > 0, "{path} answers nothing");
    Ok(Asked { times: Times::of(times), bytes })
}
