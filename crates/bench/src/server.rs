//! The server as a process of its own: started, asked over HTTP, and measured from outside.

use std::{
    ffi::{OsStr, OsString},
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::http::Connection;

/// Ticks of `/proc/<pid>/stat` a second, on every Linux that there is.
const TICKS: f64 = 100.0;

/// A running server.
pub(crate) struct Server {
    process: Child,
    address: String,
    /// When the process was started.
    pub(crate) started: Instant,
}

impl Server {
    /// Starts `serve` over a data folder, with further options, and waits until it listens.
    pub(crate) fn start(data: &Path, more: &[&OsStr]) -> Result<Self> {
        let started = Instant::now();
        let mut process = program(data)?
            .args(["serve", "--listen", "127.0.0.1:0", "--log-filter", "warn"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().context("the server has no standard output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let address = line.trim().rsplit("http://").next().filter(|address| address.contains(':'));
        let address = address.with_context(|| format!("the server does not listen: {line:?}"))?.to_owned();
        Ok(Self { process, address, started })
    }

    /// A new connection to it.
    pub(crate) fn connect(&self) -> Result<Connection> {
        Connection::open(&self.address)
    }

    /// What a path answers on a connection of its own: the status, and the body.
    pub(crate) fn get(&self, path: &str) -> Result<(u16, String)> {
        let answer = self.connect()?.get(path, "identity")?;
        Ok((answer.status, answer.text()))
    }

    /// What a path of the API answers.
    pub(crate) fn json(&self, path: &str) -> Result<Value> {
        let (status, body) = self.get(path)?;
        anyhow::ensure!(status == 200, "{path}: {status}: {body}");
        serde_json::from_str(&body).with_context(|| path.to_owned())
    }

    /// Where it listens: a host with its port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The most memory that the process ever held, in MB.
    pub(crate) fn peak_memory(&self) -> Result<f64> {
        self.status("VmHWM:")
    }

    /// The memory that the process holds now, in MB.
    pub(crate) fn memory(&self) -> Result<f64> {
        self.status("VmRSS:")
    }

    /// A size that the system tells of the process, in MB.
    fn status(&self, name: &str) -> Result<f64> {
        let status = self.proc("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let line = line.with_context(|| format!("no {name}"))?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1.024 / 1e3)
    }

    /// Seconds of processor time so far.
    pub(crate) fn processor(&self) -> Result<f64> {
        let stat = self.proc("stat")?;
        // The name in brackets may hold anything; `utime` and `stime` are the 12th and 13th field after it.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks: Vec<f64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
        Ok(ticks.iter().sum::<f64>() / TICKS)
    }

    /// Bytes that the process asked files and sockets for so far.
    pub(crate) fn bytes_read(&self) -> Result<f64> {
        let io = self.proc("io")?;
        let line = io.lines().find_map(|line| line.strip_prefix("rchar:")).context("no rchar")?;
        Ok(line.trim().parse()?)
    }

    fn proc(&self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::read_to_string(&path).with_context(|| format!("{path}: this bench needs Linux"))
    }

    /// Ends it as Ctrl-C would.
    pub(crate) fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.process.id().to_string()).status()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A bench that fails leaves no server behind; one that was stopped is gone already.
        let _ = self.process.kill();
    }
}

/// The program that lies beside this one, over a data folder. What the caller has set for his own server is not for it.
pub(crate) fn program(data: &Path) -> Result<Command> {
    let binary = std::env::current_exe()?.with_file_name("mission-control");
    anyhow::ensure!(binary.exists(), "{} is not there; run `cargo xtask build` first", binary.display());
    let mut command = Command::new(binary);
    let of_ours = |name: &OsString| name.to_string_lossy().starts_with("MISSION_CONTROL_");
    for name in std::env::vars_os().map(|(name, _)| name).filter(of_ours) {
        command.env_remove(name);
    }
    command.arg("--data").arg(data);
    Ok(command)
}

/// A token for senders.
pub(crate) fn token(data: &Path) -> Result<String> {
    let made = program(data)?.args(["token", "create", "bench"]).stderr(Stdio::null()).output()?;
    anyhow::ensure!(made.status.success(), "no token could be made ({})", made.status);
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}

/// The size of everything in a folder, in MB.
pub(crate) fn folder_megabytes(folder: &Path) -> Result<f64> {
    let mut bytes = 0.0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() {
            folder_megabytes(&entry.path())? * 1e6
        } else {
            #[expect(clippy::cast_precision_loss, reason = "it is rounded anyway")]
            let length = entry.metadata()?.len() as f64;
            length
        };
    }
    Ok(bytes / 1e6)
}
