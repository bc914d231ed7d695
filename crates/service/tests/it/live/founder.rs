//! What the founder does beside the ledger.

use std::time::Duration;

use domain::{
    decision::{DecisionKind, DecisionRequest},
    id::{ItemKey, Seq},
    live::{Area, Marks},
    patch::Patch,
    registry::ProductEdit,
    settings::Settings,
    view::ViewDraft,
};
use service::{Hermes, LiveMessage, LiveStream};

use super::{super::hermes, open, tell};

/// The next message, which must be about the founder's logs.
async fn touched(stream: &mut LiveStream) -> Vec<Area> {
    match stream.next().await.unwrap() {
        LiveMessage::Touched(areas, marks) => {
            assert_eq!(stream.marks(), marks);
            areas
        }
        other => panic!("not the founder's: {other:?}"),
    }
}

async fn decide(hermes: &Hermes) -> u64 {
    let request = DecisionRequest {
        item: ItemKey::new("task:t1").unwrap(),
        cause: "No key".to_owned(),
        title: "Deploy".to_owned(),
        kind: DecisionKind::Acknowledged,
        subject: None,
        until: None,
        note: None,
    };
    hermes.decide(request, "me").await.unwrap().id
}

#[tokio::test(start_paused = true)]
async fn each_of_his_acts_is_told_with_its_area() {
    let (hermes, _) = hermes();
    let product =
        r#"{"id":"p1","ts":"2026-11-20T08:00:00Z","kind":"product","product":{"id":"p1","name":"Payloop"}}"#;
    tell(&hermes, [product.to_owned()]).await;
    let mut stream = open(&hermes, None).await;
    let entry = decide(&hermes).await;
    assert_eq!(touched(&mut stream).await, [Area::Decisions]);
    hermes.undo(entry, "me").await.unwrap();
    assert_eq!(touched(&mut stream).await, [Area::Decisions]);
    hermes.save_settings(Settings::default(), "me", 0).await.unwrap();
    assert_eq!(touched(&mut stream).await, [Area::Settings]);
    let draft: ViewDraft = serde_json::from_value(serde_json::json!({"name": "Mine", "query": ""})).unwrap();
    let view = hermes.save_view(draft, "me").await.unwrap();
    assert_eq!(touched(&mut stream).await, [Area::Views]);
    hermes.delete_view(view.id, "me").await.unwrap();
    decide(&hermes).await;
    assert_eq!(
        touched(&mut stream).await,
        [Area::Decisions, Area::Views],
        "what happens together is told together"
    );
    let edit = ProductEdit { name: Patch::Set("Mine".to_owned()), ..ProductEdit::default() };
    hermes.edit_product("p1", edit, "me").await.unwrap();
    assert_eq!(touched(&mut stream).await, [Area::Products]);
    assert!(matches!(stream.next().await.unwrap(), LiveMessage::Changes { upto: Seq(2), .. }), "and its row");
}

#[tokio::test(start_paused = true)]
async fn who_was_away_sees_by_the_marks_what_was_missed() {
    let (hermes, _) = hermes();
    let page = hermes.heads().await.unwrap();
    decide(&hermes).await;
    tokio::time::advance(Duration::from_mins(1)).await;
    let stream = hermes.live(Some(page.seq), service::LiveFilter::default()).await.unwrap();
    assert_eq!(stream.marks(), Marks { decisions: 1, ..Marks::default() });
    assert_eq!(page.marks.differing(&stream.marks()), [Area::Decisions]);
}
