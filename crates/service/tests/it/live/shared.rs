//! What streams cost the store.

use domain::id::Seq;
use service::LiveMessage;

use super::{super::hermes, event, line, open, rows, tell};

#[tokio::test(start_paused = true)]
async fn many_streams_at_one_place_read_the_log_once() {
    let (hermes, _) = hermes();
    let mut streams = Vec::new();
    for _ in 0..500 {
        streams.push(open(&hermes, None).await);
    }
    assert_eq!(hermes.live_counts().streams, 500);
    for round in 1..=3 {
        tell(&hermes, [line(round)]).await;
        let tasks: Vec<_> = streams
            .drain(..)
            .map(|mut stream| {
                tokio::spawn(async move {
                    let (_, upto) = rows(&mut stream).await;
                    (stream, upto)
                })
            })
            .collect();
        for task in tasks {
            let (stream, upto) = task.await.unwrap();
            assert_eq!(upto, round);
            streams.push(stream);
        }
        assert_eq!(hermes.live_counts().reads, round, "once a batch, not once a stream");
    }
    assert_eq!(hermes.live_counts().messages, 1_500);
    drop(streams);
    assert_eq!(hermes.live_counts().streams, 0);
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_is_told_only_what_is_new() {
    let (hermes, _) = hermes();
    tell(&hermes, (1..=2_000).map(line)).await;
    let mut stream = open(&hermes, Some(1_990)).await;
    let (told, upto) = rows(&mut stream).await;
    assert_eq!((told.len(), upto), (10, 2_000));
    drop(stream);
    let reads = hermes.live_counts().reads;
    let mut back = open(&hermes, Some(upto)).await;
    assert_eq!(back.next().await.unwrap(), LiveMessage::Beat(Seq(2_000)));
    assert_eq!(hermes.live_counts().reads, reads, "where nothing is new, nothing is read");
}

#[tokio::test(start_paused = true)]
async fn streams_out_of_step_catch_up_with_each_other() {
    let (hermes, _) = hermes();
    tell(&hermes, [line(1)]).await;
    let mut quick = open(&hermes, Some(0)).await;
    let mut late = open(&hermes, Some(0)).await;
    rows(&mut quick).await;
    for number in 0..20 {
        tell(&hermes, [event(number, "t1")]).await;
        rows(&mut quick).await;
    }
    let reads = hermes.live_counts().reads;
    let (_, upto) = rows(&mut late).await;
    assert_eq!(Seq(upto), quick.place(), "many small batches are one message");
    assert_eq!(hermes.live_counts().reads, reads, "and none is read again");
}
