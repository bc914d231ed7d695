//! The home of a busy agent: how soon the first page answers, how long reading takes, what following costs.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use hermes_fake::{Action, Plan, Writer};
use service::{Clock as _, SystemClock};

use crate::server::{Server, folder_megabytes};

/// What to measure.
pub(crate) struct Options {
    sessions: usize,
    jobs: usize,
    /// Seconds of idling that are measured.
    idle: u64,
    /// A home that is there, or is made there and kept.
    home: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self { sessions: 50_000, jobs: 114, idle: 60, home: None };
        for pair in args.chunks(2) {
            match pair {
                [flag, value] if flag == "--sessions" => options.sessions = value.parse()?,
                [flag, value] if flag == "--jobs" => options.jobs = value.parse()?,
                [flag, value] if flag == "--idle" => options.idle = value.parse()?,
                [flag, value] if flag == "--home" => options.home = Some(value.into()),
                _ => anyhow::bail!("write `--sessions N`, `--jobs N`, `--idle SECONDS` or `--home DIR`"),
            }
        }
        Ok(options)
    }
}

pub(crate) async fn run(options: Options) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let home = options.home.unwrap_or_else(|| folder.path().join("home"));
    let data = folder.path().join("data");
    if home.join("state.db").exists() {
        println!("home: as it is");
    } else {
        let start = Instant::now();
        let plan = Plan {
            sessions: options.sessions,
            jobs: options.jobs,
            cards: 100,
            ..Plan::new(1, SystemClock.now())
        };
        let made = hermes_fake::home(&home, &plan).await?;
        println!(
            "home: {} sessions, {} messages, {} jobs, made in {:.0} s",
            made.sessions,
            made.messages,
            made.jobs,
            start.elapsed().as_secs_f64()
        );
    }
    let mut writer = Writer::open(&home, 1).await?;

    let of_home = [OsStr::new("--hermes-home"), home.as_os_str()];
    println!("first start");
    let server = Server::start(&data, &of_home)?;
    first_page(&server)?;
    new_session(&server, &mut writer, "while the home is read").await?;
    until_read(&server)?;
    println!("  peak memory: {:.0} MB", server.peak_memory()?);
    new_session(&server, &mut writer, "later").await?;
    pages(&server)?;
    idle(&server, options.idle)?;
    server.stop()?;
    sizes(&home, &data)?;

    println!("second start");
    let server = Server::start(&data, &of_home)?;
    first_page(&server)?;
    until_read(&server)?;
    println!("  peak memory: {:.0} MB", server.peak_memory()?);
    server.stop()?;
    writer.close().await
}

fn first_page(server: &Server) -> Result<()> {
    println!("  listens after {:.2} s", server.started.elapsed().as_secs_f64());
    let (status, body) = server.get("/hermes")?;
    anyhow::ensure!(status == 200, "the page answers {status}: {body}");
    println!("  first page after {:.2} s", server.started.elapsed().as_secs_f64());
    Ok(())
}

/// Waits until everything is read, and tells how it went.
fn until_read(server: &Server) -> Result<()> {
    loop {
        let sources = server.json("/api/v1/sources")?;
        let home = &sources["home"];
        if home["state"] == "following" {
            let progress = &home["progress"];
            println!(
                "  all read after {:.1} s: {} of {} sessions, {} messages; {} places skipped",
                server.started.elapsed().as_secs_f64(),
                progress["sessionsRead"],
                progress["sessionsTotal"],
                progress["messagesRead"],
                home["skippedTotal"]
            );
            return Ok(());
        }
        anyhow::ensure!(home["state"] == "reading" || home.is_null(), "the home is {}", home["state"]);
        sleep(Duration::from_millis(50));
    }
}

/// Begins a session as the agent would, and waits until the API knows it.
async fn new_session(server: &Server, writer: &mut Writer, when: &str) -> Result<()> {
    let step = writer.perform(Action::Begin, SystemClock.now()).await?.context("no session was begun")?;
    let start = Instant::now();
    while server.get(&format!("/api/v1/tasks/hermes:default:{}", step.subject))?.0 != 200 {
        anyhow::ensure!(
            start.elapsed() < Duration::from_mins(2),
            "the new session {} never came",
            step.subject
        );
        sleep(Duration::from_millis(20));
    }
    println!("  a session that begins {when} is seen after {:.2} s", start.elapsed().as_secs_f64());
    // With no other session open the next one is no child, which would be no task of its own.
    writer.perform(Action::Kill, SystemClock.now()).await?;
    Ok(())
}

fn pages(server: &Server) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        server.get("/hermes")?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!("  a page when all is read: {:.1} ms median, {:.1} ms most", times[10], times[19]);
    Ok(())
}

/// What it costs to follow a home in which nothing happens. It is looked at once a second.
fn idle(server: &Server, seconds: u64) -> Result<()> {
    // What the requests before left behind is not counted.
    sleep(Duration::from_secs(3));
    let (processor, bytes, start) = (server.processor()?, server.bytes_read()?, Instant::now());
    sleep(Duration::from_secs(seconds));
    let polls = start.elapsed().as_secs_f64();
    let (processor, bytes) = (server.processor()? - processor, server.bytes_read()? - bytes);
    println!(
        "  idle for {polls:.0} s: {:.2} s of processor, {:.2} ms and {:.1} kB read a poll",
        processor,
        processor * 1e3 / polls,
        bytes / 1e3 / polls
    );
    Ok(())
}

fn sizes(home: &Path, data: &Path) -> Result<()> {
    println!("  home: {:.0} MB, our database: {:.0} MB", folder_megabytes(home)?, folder_megabytes(data)?);
    Ok(())
}
