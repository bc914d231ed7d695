//! More telemetry of the same kind: the recorded sample of a thousand tasks, again and again under other ids.

use std::path::Path;

use anyhow::{Context as _, Result};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ingest/testdata/native/events-S.jsonl.gz");

/// Writes `copies` times the sample. Returns the number of lines and bytes.
pub(crate) fn write(to: &Path, copies: usize) -> Result<(u64, u64)> {
    let file = std::fs::File::open(SAMPLE).with_context(|| SAMPLE.to_owned())?;
    let mut lines = ingest::stream::Lines::new(file)?;
    let mut sample = String::new();
    while let Some(chunk) = lines.next_chunk(1 << 20)? {
        sample.push_str(std::str::from_utf8(&chunk.bytes)?);
    }
    let mut out = String::new();
    for copy in 0..copies {
        // Lines are l_…, tasks, events and runs t_…; products keep their ids, so only the first copy tells them.
        out.push_str(&sample.replace("\"l_", &format!("\"l{copy}_")).replace("\"t_", &format!("\"t{copy}_")));
    }
    std::fs::write(to, &out)?;
    Ok((out.lines().count() as u64, out.len() as u64))
}
