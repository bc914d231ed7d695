//! Agents and tools: the pages, and the API beside what sources tell.

use serde_json::{Value, json};

use crate::harness::{TestApp, lines};

const HOSTILE: &str = "<img src=x onerror=alert(1)>";

fn call(id: &str, minute: u32, tool: &str, exit_code: u32) -> Value {
    let ts = format!("2026-11-20T08:{minute:02}:00Z");
    json!({
        "id": id, "ts": ts, "kind": "event",
        "event": {
            "id": id, "taskId": "t1", "timestamp": ts, "level": "info", "eventType": "command-executed",
            "message": format!("ran {tool}"), "toolName": tool,
            "metadata": { "exitCode": exit_code, "durationMs": 100 },
        },
    })
}

async fn app() -> TestApp {
    let agent = json!({
        "id": "l-a", "ts": "2026-11-20T08:50:00Z", "kind": "agent",
        "agent": { "id": "github", "name": "GitHub", "type": "integration", "status": "healthy", "callsToday": 231 },
    });
    let mut task = lines::task("t1", "Deploy");
    task["task"]["assignedAgent"] = "open/claw".into();
    TestApp::with(&[
        task,
        agent,
        call("e1", 5, HOSTILE, 0),
        call("e2", 40, HOSTILE, 1),
        call("e3", 45, "github", 0),
    ])
    .await
}

#[tokio::test]
async fn what_a_source_tells_stays_as_it_is_and_what_we_count_stands_beside_it() {
    let json = app().await.json("/api/v1/agents").await;
    let items = json["items"].as_array().unwrap();
    assert_eq!(json["total"], 3, "{json}");
    let github = &items[0];
    assert_eq!((&github["status"], &github["callsToday"]), (&json!("healthy"), &json!(231)));
    assert_eq!(github["lastSuccessAt"], Value::Null, "its source tells none");
    let health = &github["health"];
    assert_eq!(health["lastSuccess"], json!({"value": "2026-11-20T08:45:00Z", "by": "counted"}));
    assert_eq!(health["callsToday"], json!({"value": 231, "by": "told"}));
    let tool = items.iter().find(|item| item["id"] == format!("tool:{HOSTILE}")).unwrap();
    assert_eq!((&tool["reportedAt"], &tool["callsToday"]), (&Value::Null, &Value::Null));
    assert_eq!(tool["health"]["failureRate"], json!({"value": 0.5, "by": "counted"}));
}

#[tokio::test]
async fn an_agent_that_only_a_task_names_has_a_page_and_an_unknown_one_is_404() {
    let app = app().await;
    let one = app.json("/api/v1/agents/open%2Fclaw").await;
    assert_eq!(one["health"]["open"]["total"], 1, "{one}");
    assert_eq!(one["health"]["tools"][0]["calls"], 2, "{one}");
    let page = app.get("/hermes/agents/open%2Fclaw").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Deploy"), "{}", page.text());
    app.get("/api/v1/agents/nobody").await.check_refused(404, "not_found");
    let missing = app.get("/hermes/agents/nobody").await;
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("No agent of this name is known"), "{}", missing.text());
}

#[tokio::test]
async fn the_page_filters_by_its_address_and_hostile_names_are_text() {
    let app = app().await;
    let all = app.get("/hermes/agents").await.text();
    assert!(all.contains("GitHub") && !all.contains("<img src=x"), "{all}");
    assert!(all.contains("&lt;img src=x onerror=alert(1)&gt;"), "{all}");
    assert!(all.contains("Never heard of"), "{all}");
    let rows = |html: &str| html.matches("class=\"cell-main trunc ag-link\"").count();
    assert_eq!(rows(&all), 3);
    assert_eq!(rows(&app.get("/hermes/agents?type=integration&q=git").await.text()), 1);
    assert_eq!(rows(&app.get("/hermes/agents?status=offline").await.text()), 0);
    assert_eq!(
        rows(&app.get("/hermes/agents?type=tool&type=agent").await.text()),
        2,
        "a form without scripts"
    );
}

#[tokio::test]
async fn a_page_of_an_agent_shows_its_work_and_its_errors() {
    let app = app().await;
    let page = app.get("/hermes/agents/tool:%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E").await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(html.contains("Last seven days") && html.contains("50.0 %"), "{html}");
    assert!(html.contains("ran &lt;img"), "its error in its words: {html}");
    assert!(!html.contains("<img src=x"), "{html}");
}
