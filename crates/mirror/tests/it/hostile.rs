//! Bytes that nobody should send.

use mirror::{
    Mirror,
    wire::{FORMAT, Head, WireError},
};
use proptest::prelude::*;
use store::conformance;

use crate::setup::{chunk, manifest, store_of, tasks};

fn sample() -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let store = store_of(&conformance::merging_sample(3, 300)).await;
        let (tasks, seq) = tasks(&store).await;
        chunk(&tasks, seq)
    })
}

/// Loads the bytes as far as they go.
fn load(bytes: Vec<u8>) -> Result<usize, WireError> {
    let mut mirror = Mirror::default();
    mirror.load(bytes)?;
    while mirror.build_some()? {}
    Ok(mirror.rows())
}

#[test]
fn a_chunk_that_is_cut_anywhere_is_refused() {
    let whole = sample();
    assert!(load(whole.clone()).is_ok_and(|rows| rows > 20));
    for end in 0..whole.len() {
        assert!(load(whole[..end].to_vec()).is_err(), "cut at {end} of {}", whole.len());
    }
    let mut longer = whole;
    longer.push(0);
    assert_eq!(load(longer), Err(WireError::Long("columns")));
}

#[test]
fn errors_name_what_is_wrong() {
    assert_eq!(load(Vec::new()), Err(WireError::Foreign));
    assert_eq!(load(b"<!doctype html>".to_vec()), Err(WireError::Foreign));
    assert_eq!(load(b"hmcm\x7f".to_vec()), Err(WireError::Format(127)));
    let mut many = b"hmcm".to_vec();
    many.extend([u8::try_from(FORMAT).unwrap(), 0, 0xFF, 0xFF, 0xFF, 0x7F]);
    assert_eq!(load(many), Err(WireError::TooMany(268_435_455)));
    let text = WireError::Format(9).to_string();
    assert_eq!(text, format!("this part of a mirror has format 9, this program reads {FORMAT}"));
}

#[tokio::test]
async fn the_head_is_read_alone() {
    let store = store_of(&conformance::merging_sample(3, 300)).await;
    let (tasks, seq) = tasks(&store).await;
    let head = Head::read(&chunk(&tasks, seq)).unwrap();
    assert_eq!((head.seq, head.rows), (seq, tasks.len()));
    let (first, last) = head.span.unwrap();
    assert!(first <= last);
    assert_eq!(manifest(&store, 1).await.seq, seq);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = load(bytes.clone());
        let mut begun = b"hmcm\x01\x05\x02".to_vec();
        begun.extend(bytes);
        let _ = load(begun);
    }

    #[test]
    fn no_change_to_a_chunk_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        thread_local! { static WHOLE: Vec<u8> = sample(); }
        let mut bytes = WHOLE.with(Clone::clone);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = load(bytes);
    }
}
