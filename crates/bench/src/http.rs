//! A client of one kept-alive connection, which adds next to nothing to what it measures.

mod answer;

use std::{
    io::{BufReader, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, Result};

pub(crate) use self::answer::Answer;

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// An open connection.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    /// Connects to `address`, a host with its port.
    pub(crate) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("cannot connect to {address}"))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // A request is written whole; nothing is gained by waiting for more of it.
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(1 << 16, stream), host: address.to_owned() })
    }

    /// Asks for a path; `encoding` is what the answer may be compressed with, `identity` for not at all.
    pub(crate) fn get(&mut self, path: &str, encoding: &str) -> Result<Answer> {
        let host = &self.host;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {encoding}\r\n\r\n");
        self.stream.get_mut().write_all(head.as_bytes())?;
        answer::read(&mut self.stream).with_context(|| format!("GET {path}"))
    }

    /// Sends lines of telemetry, as the sender whose token that is.
    pub(crate) fn post_lines(&mut self, path: &str, token: &str, lines: &[u8]) -> Result<Answer> {
        let (host, length) = (&self.host, lines.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/x-ndjson\r\nContent-Length: {length}\r\n\r\n"
        );
        let stream = self.stream.get_mut();
        stream.write_all(head.as_bytes())?;
        stream.write_all(lines)?;
        answer::read(&mut self.stream).with_context(|| format!("POST {path}"))
    }
}
