use std::path::Path;

use seed::demo;

use crate::decoded;

#[test]
fn the_demo_data_is_what_its_plan_makes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../mock-data/demo.jsonl.zst");
    let packed = std::fs::read(file).unwrap();
    assert!(packed.len() < 1_500_000, "{} bytes", packed.len());
    let there = zstd::decode_all(packed.as_slice()).unwrap();
    // Compared unpacked: another version of zstd may pack the same otherwise.
    assert!(there == demo::lines().unwrap(), "make it again: cargo xtask seed --demo");
}

#[test]
fn its_first_line_names_its_now() {
    let lines = demo::lines().unwrap();
    let end = lines.iter().position(|byte| *byte == b'\n').unwrap();
    let header: serde_json::Value = serde_json::from_slice(&lines[..end]).unwrap();
    assert_eq!(header["demo"], 1);
    assert_eq!(header["reference"], serde_json::to_value(demo::plan().now).unwrap());
    let newest = decoded(&lines[end + 1..]).iter().map(|line| line.ts).max().unwrap();
    assert!(newest <= demo::plan().now);
}
