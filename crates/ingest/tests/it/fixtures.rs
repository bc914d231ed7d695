//! The recorded files decode to the last line.

use std::{collections::BTreeMap, fs::File, path::PathBuf};

use domain::telemetry::{Body, Telemetry};
use ingest::{Decoder, stream::Lines};

fn decode(name: &str) -> Vec<Telemetry> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/native").join(name);
    let decoder = Decoder::new([7; 32]);
    let mut stream = Lines::new(File::open(path).unwrap()).unwrap();
    let mut lines = Vec::new();
    while let Some(chunk) = stream.next_chunk(100_000).unwrap() {
        let decoded = decoder.lines(&chunk.bytes, chunk.first_line);
        assert_eq!((decoded.rejected.first, decoded.warnings.first), (vec![], vec![]), "{name}");
        lines.extend(decoded.lines);
    }
    lines
}

fn kinds(lines: &[Telemetry]) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for line in lines {
        let kind = match line.body {
            Body::Product(..) => "product",
            Body::Task(..) => "task",
            Body::Event(..) => "event",
            Body::Run(..) => "run",
            Body::Agent(..) => "agent",
            Body::Job(..) => "job",
            Body::TaskMerged { .. } => "merged",
        };
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

#[test]
fn every_line_of_the_recorded_files_is_understood() {
    let expected = [("event", 1585), ("product", 52), ("run", 194), ("task", 200)];
    assert_eq!(kinds(&decode("events-T.jsonl")), expected.into());
    let events = decode("events-S.jsonl.gz");
    assert_eq!((events.len(), kinds(&events)["event"], kinds(&events)["task"]), (10_000, 7979, 1000));
}

#[test]
fn long_outputs_are_kept_within_bounds() {
    for line in decode("events-S.jsonl.gz") {
        let Body::Event(event, _) = line.body else { continue };
        let output =
            event.metadata.as_ref().and_then(|metadata| metadata.get("output")?.as_str()).unwrap_or("");
        assert!(output.len() <= ingest::clip::MAX_TEXT_BYTES + 60, "{}", output.len());
    }
}

#[test]
fn nothing_is_redacted_where_there_is_no_secret() {
    for line in decode("events-S.jsonl.gz") {
        assert!(!format!("{:?}", line.body).contains(ingest::redact::REDACTED), "{line:?}");
    }
}
