//! What is read of the agent's home, as JSON and as a page.

use domain::source::{HomeFound, HomeProgress, HomeState, HomeStatus, Skipped};
use serde_json::{Value, json};

use crate::harness::TestApp;

fn home(state: HomeState) -> HomeStatus {
    HomeStatus {
        path: "/home/me/.hermes".to_owned(),
        found: HomeFound::Environment,
        state,
        progress: HomeProgress { sessions_read: 120, sessions_total: Some(480), messages_read: 9_000 },
        looked_at: Some("2026-11-20T08:59:00Z".parse().unwrap()),
        files: Vec::new(),
        skipped: vec![Skipped {
            place: "state.db messages 7".to_owned(),
            reason: "It is not JSON.".to_owned(),
        }],
        skipped_total: 1,
        unknown: Vec::new(),
        lessons: Vec::new(),
    }
}

#[tokio::test]
async fn without_a_home_there_is_none_and_what_is_never_read_is_said() {
    let json = TestApp::new().await.json("/api/v1/sources").await;
    assert_eq!(json["home"], Value::Null);
    assert_eq!(json["neverRead"][0], json!({ "pattern": ".env", "reason": "keys and passwords" }));
}

#[tokio::test]
async fn the_account_of_a_home_has_the_names_of_the_data_model() {
    let app = TestApp::new().await;
    app.hermes.tell_home(home(HomeState::Reading));
    let json = app.json("/api/v1/sources").await;
    let home = &json["home"];
    assert_eq!((&home["state"], &home["found"]), (&json!("reading"), &json!("environment")));
    assert_eq!(home["progress"], json!({ "sessionsRead": 120, "sessionsTotal": 480, "messagesRead": 9_000 }));
    assert_eq!(home["skipped"], json!([{ "where": "state.db messages 7", "reason": "It is not JSON." }]));
    assert_eq!((&home["skippedTotal"], &home["lookedAt"]), (&json!(1), &json!("2026-11-20T08:59:00Z")));
    for list in ["files", "unknown", "lessons"] {
        assert_eq!(home[list], json!([]), "{list}");
    }
    app.get("/api/v1/sources?page=2").await.check_refused(400, "invalid_parameter");
}

#[tokio::test]
async fn the_page_and_the_overview_say_how_far_reading_is() {
    let app = TestApp::new().await;
    let page = app.get("/hermes/sources").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("No Hermes home is read"), "{}", page.text());
    app.hermes.tell_home(home(HomeState::Reading));
    for path in ["/hermes/sources", "/hermes"] {
        let html = app.get(path).await.text();
        assert!(html.contains("120 of 480 sessions read, newest first"), "{path}: {html}");
    }
    app.hermes.tell_home(home(HomeState::Following));
    let overview = app.get("/hermes").await.text();
    assert!(!overview.contains("120 of 480"), "{overview}");
}
