//! By HTTP: the real server as a process of its own, over connections that stay open.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    path::Path,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use ingest::stream::Lines;
use serde_json::Value;

use crate::{
    sample::Sample,
    server::{Server, token},
};

/// The size of a request's body, uncompressed, in bytes: what the server stores in one piece.
const BODY: usize = 1024 * 1024;

/// Sends the sample. The clock runs from the first byte read to the last answer, which comes when all is durable.
pub(super) fn run(sample: &Sample, data: &Path, connections: usize) -> Result<Duration> {
    let token = token(data)?;
    let mut more = vec![OsString::from("--no-hermes-home")];
    more.extend(sample.clock());
    let more: Vec<&OsStr> = more.iter().map(OsString::as_os_str).collect();
    let server = Server::start(data, &more)?;

    let start = Instant::now();
    let lines = Mutex::new(Lines::new(File::open(&sample.path)?)?);
    let accepted = thread::scope(|scope| {
        let sender = || scope.spawn(|| send(&server, &token, &lines));
        let senders: Vec<_> = (0..connections).map(|_| sender()).collect();
        let sent = senders
            .into_iter()
            .map(|sender| sender.join().map_err(|_| anyhow::anyhow!("a sender panicked"))?);
        sent.sum::<Result<u64>>()
    })?;
    let took = start.elapsed();

    server.stop()?;
    anyhow::ensure!(accepted == sample.made.lines, "{accepted} lines of {} are stored", sample.made.lines);
    Ok(took)
}

/// Sends what is left, one request after the other, on one connection. Returns how many lines were accepted.
fn send(server: &Server, token: &str, lines: &Mutex<Lines>) -> Result<u64> {
    let mut connection = server.connect()?;
    let next = || lines.lock().unwrap_or_else(PoisonError::into_inner).next_chunk(BODY);
    let mut accepted = 0;
    while let Some(chunk) = next()? {
        let answer = connection.post_lines("/api/v1/ingest", token, &chunk.bytes)?;
        anyhow::ensure!(answer.status == 200, "{}: {}", answer.status, answer.text());
        let receipt: Value = serde_json::from_slice(&answer.body)?;
        accepted += receipt["accepted"].as_u64().context("the receipt does not say what was accepted")?;
    }
    Ok(accepted)
}
