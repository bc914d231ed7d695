//! An answer of HTTP/1.1, read to its end and no further, so that the connection can be used again.

use std::io::{BufRead, Read as _};

use anyhow::{Context as _, Result};

/// What a server answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// As it came: compressed, where that was asked for.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads one answer.
pub(crate) fn read(from: &mut impl BufRead) -> Result<Answer> {
    let first = line(from)?;
    let status = first.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
    let status = status.with_context(|| format!("that is no answer: {first:?}"))?;
    let (mut length, mut chunked) = (None, false);
    loop {
        let header = line(from)?;
        let Some((name, value)) = header.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<u64>().context("Content-Length is no number")?);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            chunked = value.trim().eq_ignore_ascii_case("chunked");
        }
    }
    let mut body = Vec::new();
    if chunked {
        chunks(from, &mut body)?;
    } else {
        take(from, length.context("the answer does not tell its length")?, &mut body)?;
    }
    Ok(Answer { status, body })
}

/// Reads a body that comes in pieces, with the length of each before it.
fn chunks(from: &mut impl BufRead, body: &mut Vec<u8>) -> Result<()> {
    loop {
        let head = line(from)?;
        // Behind a `;` there may be extensions, which nobody uses.
        let length = head.split(';').next().unwrap_or_default().trim();
        let length = u64::from_str_radix(length, 16).with_context(|| format!("no length: {head:?}"))?;
        if length == 0 {
            break;
        }
        take(from, length, body)?;
        anyhow::ensure!(line(from)?.is_empty(), "a piece is longer than it says");
    }
    // Headers may follow, up to an empty line.
    while !line(from)?.is_empty() {}
    Ok(())
}

fn take(from: &mut impl BufRead, length: u64, into: &mut Vec<u8>) -> Result<()> {
    let read = from.take(length).read_to_end(into)?;
    anyhow::ensure!(read as u64 == length, "the answer ended early");
    Ok(())
}

/// A line without its end.
fn line(from: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let whole = line.strip_suffix("\r\n").context("the answer ended early")?;
    Ok(whole.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn answers_of_both_kinds_follow_each_other_on_one_connection() {
        let mut bytes = concat!(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "3;name=value\r\nin \r\nA\r\npieces\r\n..\r\n0\r\nTrailer: x\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        )
        .as_bytes();
        assert_eq!(read(&mut bytes).unwrap(), answer(200, "whole"));
        assert_eq!(read(&mut bytes).unwrap(), answer(200, "in pieces\r\n.."));
        assert_eq!(read(&mut bytes).unwrap(), answer(404, ""));
        assert!(bytes.is_empty());
    }

    #[test]
    fn an_answer_that_ends_early_is_an_error() {
        let whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        assert!(read(&mut whole.as_bytes()).is_ok());
        for end in 0..whole.len() {
            assert!(read(&mut &whole.as_bytes()[..end]).is_err(), "{end}");
        }
    }
}
