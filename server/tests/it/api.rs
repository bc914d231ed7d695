//! The reading API: shapes, names, pages, and what a wrong question gets.

use serde_json::{Value, json};

use crate::harness::{TestApp, lines};

async fn app() -> TestApp {
    let product = json!({
        "id": "line-p1", "ts": "2026-11-20T07:00:00Z", "kind": "product",
        "product": { "id": "p1", "name": "Orchard Desk", "slug": "orchard-desk" },
    });
    let agent = json!({
        "id": "line-a1", "ts": "2026-11-20T07:00:00Z", "kind": "agent",
        "agent": { "id": "a1", "name": "hermes-core", "status": "healthy" },
    });
    let job = json!({
        "id": "line-j1", "ts": "2026-11-20T07:00:00Z", "kind": "job",
        "job": { "id": "j1", "name": "Nightly audit", "schedule": "0 3 * * *", "productId": "p1" },
    });
    let run = json!({
        "id": "line-r1", "ts": "2026-11-20T08:40:00Z", "kind": "run",
        "run": { "id": "r1", "taskId": "t1", "startedAt": "2026-11-20T08:30:00Z", "status": "running" },
    });
    let mut one = lines::task("t1", "Fix the upload");
    one["task"]["productId"] = "p1".into();
    let mut two = lines::task("t2", "Write the docs");
    two["task"]["status"] = "failed".into();
    TestApp::with(&[product, agent, job, one, two, run, lines::event("e1", "t1", "Began")]).await
}

#[track_caller]
fn check_list(json: &Value, total: u64) -> &Vec<Value> {
    let mut keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["items", "page", "perPage", "total"]);
    assert_eq!(json["total"], total, "{json}");
    json["items"].as_array().unwrap()
}

#[tokio::test]
async fn the_overview_has_exactly_the_fields_of_the_brief() {
    let json = app().await.json("/api/v1/overview").await;
    let mut keys: Vec<_> = json["overview"].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let brief = [
        "activeTasks",
        "averageDurationMs",
        "blockedTasks",
        "completedThisWeek",
        "completedToday",
        "failedTasks",
        "founderAttentionCount",
        "productsTouchedRecently",
        "status",
        "successRate",
    ];
    assert_eq!(keys, brief);
    assert_eq!(json["totalTasks"], 2);
    assert_eq!(json["now"], "2026-11-20T09:00:00Z");
}

#[tokio::test]
async fn every_list_has_the_one_shape() {
    let app = app().await;
    let lists = [
        ("tasks", 2, "id"),
        ("products", 1, "slug"),
        ("agents", 1, "name"),
        ("schedule", 1, "schedule"),
        ("tasks/t1/events", 1, "eventType"),
        ("tasks/t1/runs", 1, "taskId"),
    ];
    for (path, total, field) in lists {
        let json = app.json(&format!("/api/v1/{path}")).await;
        let items = check_list(&json, total);
        assert!(items[0][field].is_string(), "{path}: {json}");
        assert_eq!((&json["page"], &json["perPage"]), (&json!(1), &json!(50)), "{path}");
        let empty = app.json(&format!("/api/v1/{path}?page=9&perPage=100")).await;
        assert!(check_list(&empty, total).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_page_holds_100_rows_at_most() {
    let app = app().await;
    for path in ["tasks", "products", "agents", "schedule", "tasks/t1/events", "tasks/t1/runs"] {
        for (query, field) in
            [("perPage=101", "perPage"), ("perPage=0", "perPage"), ("page=0", "page"), ("page=x", "page")]
        {
            let answer = app.get(&format!("/api/v1/{path}?{query}")).await;
            answer.check_refused(400, "invalid_parameter");
            assert_eq!(answer.json()["error"]["field"], field, "{path}?{query}");
        }
    }
}

#[tokio::test]
async fn tasks_are_filtered_sorted_and_paged() {
    let app = app().await;
    let ids = async |query: &str| {
        let json = app.json(&format!("/api/v1/tasks?{query}")).await;
        let items = json["items"].as_array().unwrap();
        items.iter().map(|task| task["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("status=failed,blocked").await, ["t2"]);
    assert_eq!(ids("product=p1").await, ["t1"]);
    assert_eq!(ids("q=upl").await, ["t1"]);
    assert_eq!(ids("q=orchard").await, ["t1"]);
    assert_eq!(ids("sort=-title").await, ["t2", "t1"]);
    assert_eq!(ids("sort=title&perPage=1&page=2").await, ["t2"]);
    assert_eq!(ids("from=2026-11-21").await, [""; 0]);
}

#[tokio::test]
async fn a_wrong_filter_is_named_with_its_reason() {
    let app = app().await;
    for (query, field) in
        [("status=done", "status"), ("colour=red", "colour"), ("from=yesterday", "from"), ("sort=x", "sort")]
    {
        let answer = app.get(&format!("/api/v1/tasks?{query}")).await;
        answer.check_refused(400, "invalid_parameter");
        assert_eq!(answer.json()["error"]["field"], field);
    }
    for path in ["overview?page=1", "tasks/t1?x=1", "products?status=active", "agents?q=a"] {
        app.get(&format!("/api/v1/{path}")).await.check_refused(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn one_row_is_found_by_its_id() {
    let app = app().await;
    assert_eq!(app.json("/api/v1/tasks/t1").await["title"], "Fix the upload");
    assert_eq!(app.json("/api/v1/products/orchard-desk").await["id"], "p1");
    assert_eq!(app.json("/api/v1/products/p1").await["slug"], "orchard-desk");
    for path in ["tasks/none", "tasks/none/events", "tasks/none/runs", "products/none"] {
        app.get(&format!("/api/v1/{path}")).await.check_refused(404, "not_found");
    }
}

#[tokio::test]
async fn ids_of_any_characters_work() {
    let ids = [
        ("hermes:default:a/b", "hermes:default:a%2Fb"),
        ("50%?#&=+", "50%25%3F%23%26%3D%2B"),
        ("日本 語", "%E6%97%A5%E6%9C%AC%20%E8%AA%9E"),
        ("..", "%2E%2E"),
        ("<b>", "%3Cb%3E"),
        ("{x}", "%7Bx%7D"),
    ];
    let lines: Vec<_> = ids
        .iter()
        .flat_map(|(id, _)| [lines::task(id, id), lines::event(&format!("e {id}"), id, "m")])
        .collect();
    let app = TestApp::with(&lines).await;
    for (id, path) in ids {
        assert_eq!(app.json(&format!("/api/v1/tasks/{path}")).await["id"], id);
        assert_eq!(app.json(&format!("/api/v1/tasks/{path}/events")).await["total"], 1, "{id}");
    }
    for path in ["%00", "%FF", "a%0Ab", &"x".repeat(300)] {
        let answer = app.get(&format!("/api/v1/tasks/{path}")).await;
        answer.check_refused(400, "invalid_parameter");
        assert_eq!(answer.json()["error"]["field"], "id");
    }
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_told_in_the_same_shape() {
    let app = app().await;
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/none",
        "/api/v2/tasks",
        "/api/v1/tasks/t1/none",
        "/api/v1/tasks/",
    ] {
        app.get(path).await.check_refused(404, "not_found");
    }
    let answer = app.get("/api/v1/ingest").await;
    answer.check_refused(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), "POST");
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let request = axum::http::Request::builder().method(method).uri("/api/v1/tasks");
        let answer = app.send(request.header("sec-fetch-site", "same-origin"), "").await;
        answer.check_refused(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), "GET,HEAD");
    }
}
