//! The page of a task, its log and its failures.

use serde_json::{Value, json};

use crate::harness::{TestApp, lines, lines::recorded_lines};

/// A task that failed, with a run and two events.
fn failed(id: &str, product: &str, minute: u32) -> Vec<Value> {
    let at = format!("2026-11-20T08:{minute:02}:00Z");
    let mut task = lines::task(id, &format!("Task {id}"));
    task["ts"] = at.clone().into();
    task["task"]["status"] = "failed".into();
    task["task"]["productId"] = product.into();
    task["task"]["error"] = format!("Timeout of {minute}000ms exceeded").into();
    let mut command = lines::event(&format!("{id}-e1"), id, "$ npm test");
    command["event"]["command"] = "npm test".into();
    command["event"]["level"] = "error".into();
    command["event"]["metadata"] =
        json!({ "exitCode": 1, "output": "line one\n\u{1b}[31mline two\u{1b}[0m" });
    let run = json!({
        "id": format!("line-{id}-r"), "ts": at, "kind": "run",
        "run": { "id": format!("{id}-r"), "taskId": id, "startedAt": at, "status": "failed", "logs": ["WARN slow disk"] },
    });
    vec![task, command, run]
}

#[tokio::test]
async fn each_tab_is_rendered_in_full() {
    let mut told = failed("t_1", "p_1", 10);
    told.extend(failed("t_2", "p_2", 20));
    let app = TestApp::with(&told).await;
    for (tab, words) in [
        ("", "Timeline"),
        ("?tab=timeline&show=commands", "npm test"),
        ("?tab=execution", "Exit 1"),
        ("?tab=logs&q=LINE", "line two"),
        ("?tab=learning", "timeout of * exceeded"),
    ] {
        let page = app.get(&format!("/hermes/tasks/t_1{tab}")).await;
        assert_eq!(page.status, 200, "{tab}");
        assert!(page.text().contains(words), "{tab}: {}", page.text());
        assert!(page.text().contains("<h2 class=\"task-title\">"), "{tab}");
    }
}

#[tokio::test]
async fn a_task_that_nobody_named_is_a_page_with_404() {
    let app = TestApp::new().await;
    for path in ["t_none", "a%2Fb%3Fc", "%3Cscript%3E", &"x".repeat(2_000)] {
        let page = app.get(&format!("/hermes/tasks/{path}")).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.text().contains("No task of that name is known"), "{path}: {}", page.text());
        assert!(!page.text().contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn any_character_may_stand_in_an_id() {
    let id = "a/b?c#d é%<b>";
    let app = TestApp::with(&[lines::task(id, "Odd one")]).await;
    let page = app.get("/hermes/tasks/a%2Fb%3Fc%23d%20%C3%A9%25%3Cb%3E?tab=logs").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Odd one"));
}

#[tokio::test]
async fn the_log_is_filtered_and_paged_on_the_server() {
    let app = TestApp::with(&failed("t_1", "p_1", 10)).await;
    let all = app.json("/api/v1/tasks/t_1/logs").await;
    let texts = |log: &Value| {
        let items = log["items"].as_array().unwrap().clone();
        items.iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(all["total"], 4, "{all}");
    assert_eq!((all["levels"]["error"].as_u64(), all["levels"]["warn"].as_u64()), (Some(3), Some(1)));
    let found = app.json("/api/v1/tasks/t_1/logs?q=LINE&level=error").await;
    assert_eq!(texts(&found).len(), 2, "{found}");
    let second = app.json("/api/v1/tasks/t_1/logs?perPage=3&page=2").await;
    assert_eq!((texts(&second).len(), second["page"].as_u64()), (1, Some(2)), "{second}");
    let with_line = app.json("/api/v1/tasks/t_1/logs?perPage=3&line=4").await;
    assert_eq!(with_line["items"][0]["no"], 4, "{with_line}");
}

#[tokio::test]
async fn the_same_failure_is_found_at_other_tasks_and_products() {
    let mut told = failed("t_1", "p_1", 10);
    told.extend(failed("t_2", "p_2", 20));
    told.extend(failed("t_3", "p_2", 30));
    let app = TestApp::with(&told).await;
    let similar = app.json("/api/v1/tasks/t_2/similar").await;
    let first = &similar[0];
    assert_eq!(first["fingerprint"], "timeout of * exceeded");
    assert_eq!(
        (first["tasks"].as_u64(), first["products"].as_u64(), first["times"].as_u64()),
        (Some(3), Some(2), Some(3))
    );
    let others: Vec<_> =
        first["others"].as_array().unwrap().iter().map(|other| other["id"].clone()).collect();
    assert_eq!(others, ["t_3", "t_1"]);
    assert_eq!(first["firstAt"], "2026-11-20T08:10:00Z");
}

#[tokio::test]
async fn recorded_tasks_are_rendered_whole() {
    let app = TestApp::new().await;
    app.ingest(recorded_lines("events-T.jsonl").join("\n")).await;
    let tasks = app.json("/api/v1/tasks?perPage=40").await;
    for task in tasks["items"].as_array().unwrap() {
        let id = task["id"].as_str().unwrap();
        for tab in ["timeline", "execution", "logs", "learning"] {
            let page = app.get(&format!("/hermes/tasks/{id}?tab={tab}")).await;
            assert_eq!(page.status, 200, "{id} {tab}");
            assert!(page.text().contains("aria-current=\"page\""), "{id} {tab}");
        }
    }
}
