//! Lines out of a stream of any size, in chunks of bounded size. gzip and zstd are read transparently.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use crate::clip::MAX_LINE_BYTES;

/// Why a compressed body was not taken.
#[derive(Debug, thiserror::Error)]
pub enum InflateError {
    /// It grows beyond what is taken at once.
    #[error("more than {0} bytes when decompressed; send it in parts")]
    TooLarge(usize),
    /// It is not what its header says.
    #[error("cannot be decompressed: {0}")]
    Bad(io::Error),
}

/// Decompresses a gzip body of at most `max` bytes (decompressed).
pub fn gunzip_bounded(body: &[u8], max: usize) -> Result<Vec<u8>, InflateError> {
    bounded(flate2::read::MultiGzDecoder::new(body), max)
}

/// Decompresses a zstd body of at most `max` bytes (decompressed).
pub fn unzstd_bounded(body: &[u8], max: usize) -> Result<Vec<u8>, InflateError> {
    bounded(zstd::stream::read::Decoder::new(body).map_err(InflateError::Bad)?, max)
}

fn bounded(unpacked: impl Read, max: usize) -> Result<Vec<u8>, InflateError> {
    let mut out = Vec::new();
    let bound = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    unpacked.take(bound).read_to_end(&mut out).map_err(InflateError::Bad)?;
    if out.len() > max { Err(InflateError::TooLarge(max)) } else { Ok(out) }
}

/// Whole lines of a stream, many at a time.
pub struct Lines {
    reader: Box<dyn BufRead + Send>,
    next_line: u64,
    /// Came in the middle of a chunk; told after its whole lines were.
    failed: Option<io::Error>,
}

/// Whole lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The lines, each with its end.
    pub bytes: Vec<u8>,
    /// The number of the first one, from 1.
    pub first_line: u64,
}

impl Lines {
    /// Looks at the first bytes and unpacks gzip or zstd where they say so.
    pub fn new(mut reader: impl Read + Send + 'static) -> io::Result<Self> {
        let mut magic = Vec::with_capacity(4);
        reader.by_ref().take(4).read_to_end(&mut magic)?;
        let gzip = magic.starts_with(&[0x1f, 0x8b]);
        let zstd = magic == [0x28, 0xb5, 0x2f, 0xfd];
        let whole = Cursor::new(magic).chain(reader);
        let reader: Box<dyn BufRead + Send> = if gzip {
            Box::new(BufReader::with_capacity(BUFFER, flate2::read::MultiGzDecoder::new(whole)))
        } else if zstd {
            Box::new(BufReader::with_capacity(BUFFER, zstd::stream::read::Decoder::new(whole)?))
        } else {
            Box::new(BufReader::with_capacity(BUFFER, whole))
        };
        Ok(Self { reader, next_line: 1, failed: None })
    }

    /// The next lines: at least one, then as many as fit into `max_bytes`. `None` at the end. Of a line that is
    /// longer than [`MAX_LINE_BYTES`] only the beginning is kept, one byte too long, so that the decoder rejects it
    /// by its number and memory stays bounded. Where reading fails, the whole lines before it come first.
    pub fn next_chunk(&mut self, max_bytes: usize) -> io::Result<Option<Chunk>> {
        let mut chunk = Chunk { bytes: Vec::new(), first_line: self.next_line };
        while chunk.bytes.len() < max_bytes && self.failed.is_none() {
            let whole = chunk.bytes.len();
            match self.read_line(&mut chunk.bytes) {
                Ok(true) => self.next_line += 1,
                Ok(false) => break,
                Err(error) => {
                    chunk.bytes.truncate(whole);
                    self.failed = Some(error);
                }
            }
        }
        match self.failed.take() {
            Some(error) if chunk.bytes.is_empty() => Err(error),
            failed => {
                self.failed = failed;
                Ok((self.next_line > chunk.first_line).then_some(chunk))
            }
        }
    }

    fn read_line(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let start = into.len();
        let limit = MAX_LINE_BYTES as u64 + 1;
        let read = self.reader.by_ref().take(limit).read_until(b'\n', into)?;
        if read == 0 {
            return Ok(false);
        }
        if !into.ends_with(b"\n") && into.len() - start > MAX_LINE_BYTES {
            self.skip_to_line_end()?;
            into.push(b'\n');
        }
        Ok(true)
    }

    fn skip_to_line_end(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.reader.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

const BUFFER: usize = 256 * 1024;

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn all(bytes: Vec<u8>, max: usize) -> Vec<(u64, String)> {
        let mut lines = Lines::new(Cursor::new(bytes)).unwrap();
        let mut chunks = Vec::new();
        while let Some(chunk) = lines.next_chunk(max).unwrap() {
            chunks.push((chunk.first_line, String::from_utf8(chunk.bytes).unwrap()));
        }
        chunks
    }

    #[test]
    fn plain_gzip_and_zstd_read_the_same() {
        let text = b"one\ntwo\nthree";
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text).unwrap();
        let expected = vec![(1, "one\ntwo\n".to_owned()), (3, "three".to_owned())];
        assert_eq!(all(text.to_vec(), 5), expected);
        assert_eq!(all(gzip.finish().unwrap(), 5), expected);
        assert_eq!(all(zstd::encode_all(&text[..], 1).unwrap(), 5), expected);
    }

    #[test]
    fn an_endless_line_is_cut_and_the_next_one_is_read() {
        let mut bytes = vec![b'x'; 5 * MAX_LINE_BYTES];
        bytes.extend_from_slice(b"\nnext\n");
        let chunks = all(bytes, 1);
        assert_eq!(chunks[0].1.len(), MAX_LINE_BYTES + 2);
        assert_eq!(chunks[1], (2, "next\n".to_owned()));
    }

    #[test]
    fn the_whole_lines_of_a_file_that_is_cut_off_come_before_its_error() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        gzip.write_all(b"one\ntwo\nthree\n").unwrap();
        let mut cut = gzip.finish().unwrap();
        cut.truncate(cut.len() - 12);
        let mut lines = Lines::new(Cursor::new(cut)).unwrap();
        assert_eq!(lines.next_chunk(1_000).unwrap().unwrap().bytes, b"one\ntwo\n");
        assert!(lines.next_chunk(1_000).is_err());
    }

    #[test]
    fn an_empty_stream_has_no_lines() {
        assert!(all(Vec::new(), 10).is_empty());
    }

    #[test]
    fn a_compressed_flood_is_refused() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&vec![0; 1_000_000]).unwrap();
        let body = gzip.finish().unwrap();
        assert!(matches!(gunzip_bounded(&body, 999_999), Err(InflateError::TooLarge(_))));
        assert_eq!(gunzip_bounded(&body, 1_000_000).unwrap().len(), 1_000_000);
        assert!(matches!(gunzip_bounded(b"plain", 10), Err(InflateError::Bad(_))));
    }
}
