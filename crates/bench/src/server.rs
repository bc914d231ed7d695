//! The server as a process of its own: started, asked over HTTP, and measured from outside.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

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
    /// Starts the binary that lies beside this one, and waits until it listens.
    pub(crate) fn start(home: &Path, data: &Path) -> Result<Self> {
        let started = Instant::now();
        let mut process = Command::new(binary()?)
            .arg("serve")
            .args(["--listen", "127.0.0.1:0", "--log-filter", "warn"])
            .arg("--hermes-home")
            .arg(home)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().context("the server has no standard output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let address = line.trim().rsplit("http://").next().filter(|address| address.contains(':'));
        let address = address.with_context(|| format!("the server does not listen: {line:?}"))?.to_owned();
        Ok(Self { process, address, started })
    }

    /// What a path answers: the status, and the body.
    pub(crate) fn get(&self, path: &str) -> Result<(u16, String)> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_mins(2)))?;
        let host = &self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAccept-Encoding: identity\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned();
        Ok((status.context("that is no answer")?, body))
    }

    /// What a path of the API answers.
    pub(crate) fn json(&self, path: &str) -> Result<Value> {
        let (status, body) = self.get(path)?;
        anyhow::ensure!(status == 200, "{path}: {status}: {body}");
        // A body of unknown length comes in pieces, with the length of each before it.
        let start = body.find('{').context("that is no JSON")?;
        let end = body.rfind('}').context("that is no JSON")?;
        serde_json::from_str(&body[start..=end]).with_context(|| path.to_owned())
    }

    /// The most memory that the process ever held, in MB.
    pub(crate) fn peak_memory(&self) -> Result<f64> {
        let status = self.proc("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
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

fn binary() -> Result<PathBuf> {
    let binary = std::env::current_exe()?.with_file_name("mission-control");
    anyhow::ensure!(binary.exists(), "{} is not there; run `cargo xtask build` first", binary.display());
    Ok(binary)
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
