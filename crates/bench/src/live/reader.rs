//! A stream that is read with next to no work: only when messages with changes are whole is of interest.

use std::time::Instant;

use anyhow::{Context as _, Result};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
};

/// An open stream.
pub(super) struct Reader {
    stream: TcpStream,
    /// What came and is no whole message yet.
    rest: Vec<u8>,
}

impl Reader {
    /// Opens a stream that begins now, and waits for its first message.
    pub(super) async fn open(address: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        // In HTTP/1.0 a body has no chunks around it.
        let request = format!("GET /api/v1/live HTTP/1.0\r\nHost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut reader = Self { stream, rest: Vec::new() };
        loop {
            let message = reader.message().await?;
            anyhow::ensure!(!message.is_empty(), "the stream ended before it began");
            if message.windows(12).any(|text| text == b"event: hello") {
                return Ok(reader);
            }
        }
    }

    /// Tells when each message with changes arrived.
    pub(super) async fn run(mut self, arrivals: &mpsc::Sender<Instant>) -> Result<()> {
        loop {
            let message = self.message().await?;
            anyhow::ensure!(!message.is_empty(), "it ended");
            if message.starts_with(b"event: changes") {
                arrivals.send(Instant::now()).await.context("nobody listens")?;
            }
        }
    }

    /// The next message, with its empty line; empty at the end.
    async fn message(&mut self) -> Result<Vec<u8>> {
        loop {
            if let Some(end) = self.rest.windows(2).position(|two| two == b"\n\n") {
                return Ok(self.rest.drain(..end + 2).collect());
            }
            if self.stream.read_buf(&mut self.rest).await? == 0 {
                return Ok(Vec::new());
            }
        }
    }
}
