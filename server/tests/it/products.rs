//! What the founder says about products, over HTTP and by the forms of pages; and the pages themselves.

use axum::http::{Request, header};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, lines};

const HOSTILE: &str = "<img src=x onerror=alert(1)>";

fn product(id: &str, name: &str) -> Value {
    json!({
        "id": format!("line-{id}"), "ts": "2026-11-20T07:00:00Z", "kind": "product",
        "product": { "id": id, "name": name, "priority": "P2", "repoUrl": "javascript:alert(1)" },
    })
}

async fn app() -> TestApp {
    let mut task = lines::task("t1", HOSTILE);
    task["task"]["productId"] = "p1".into();
    task["task"]["status"] = "running".into();
    TestApp::with(&[product("p1", "Orchard Desk"), product("p2", "Payloop"), task]).await
}

async fn patch(app: &TestApp, slug: &str, body: &Value) -> Answer {
    let request = Request::patch(format!("/api/v1/products/{slug}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {}", app.token));
    app.send(request, body.to_string()).await
}

async fn post(app: &TestApp, path: &str, body: &Value) -> Answer {
    app.post_json(&format!("/api/v1/{path}"), body).await
}

/// As a browser without scripts sends it.
async fn form(app: &TestApp, function: &str, body: &str) -> Answer {
    let request = Request::post(format!("/api/ui/{function}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header("sec-fetch-site", "same-origin");
    app.send(request, body.to_owned()).await
}

#[tokio::test]
async fn the_founders_word_wins_over_lines_that_come_later_until_it_is_taken_back() {
    let app = app().await;
    let answer =
        patch(&app, "orchard-desk", &json!({ "name": "Orchard", "owner": "Ada", "priority": "P0" })).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!((&answer.json()["by"], &answer.json()["action"]), (&json!("tests"), &json!("edited")));
    let mut later = product("p1", "Told later");
    later["id"] = "line-later".into();
    later["ts"] = "2026-11-20T08:00:00Z".into();
    app.ingest(lines::text(&[later])).await;
    let now = app.json("/api/v1/products/p1").await;
    assert_eq!(
        (&now["name"], &now["owner"], &now["priority"]),
        (&json!("Orchard"), &json!("Ada"), &json!("P0"))
    );
    let undone = post(&app, "product-changes/1/undo", &json!({})).await;
    assert_eq!((undone.status.as_u16(), &undone.json()["undoes"]), (201, &json!(1)));
    let now = app.json("/api/v1/products/p1").await;
    assert_eq!((&now["name"], &now["owner"]), (&json!("Told later"), &Value::Null));
    post(&app, "product-changes/1/undo", &json!({})).await.check_refused(409, "conflict");
    post(&app, "product-changes/9/undo", &json!({})).await.check_refused(404, "not_found");
    let log = app.json("/api/v1/products/p1/changes").await;
    assert_eq!((&log["total"], &log["items"][1]["undoneBy"]), (&json!(2), &json!("tests")));
}

#[tokio::test]
async fn what_cannot_be_said_is_named_by_its_field() {
    let app = app().await;
    for (body, field) in [
        (json!({}), "body"),
        (json!({ "name": "" }), "name"),
        (json!({ "repoUrl": "javascript:alert(1)" }), "repoUrl"),
        (json!({ "status": "dead" }), "status"),
        (json!({ "slug": "x" }), "slug"),
    ] {
        let answer = patch(&app, "p1", &body).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["error"]["field"]),
            (400, &json!(field)),
            "{body}"
        );
    }
    patch(&app, "none", &json!({ "name": "x" })).await.check_refused(404, "not_found");
    let bare = Request::patch("/api/v1/products/p1");
    app.send(bare, "{}").await.check_refused(401, "missing_token");
}

#[tokio::test]
async fn a_merge_moves_all_tasks_and_old_links_lead_on_until_it_is_undone() {
    let app = app().await;
    let answer = post(&app, "products/orchard-desk/merge", &json!({ "into": "payloop" })).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    for filter in ["p1", "p2"] {
        let found = app.json(&format!("/api/v1/tasks?product={filter}")).await;
        assert_eq!((&found["total"], &found["items"][0]["productId"]), (&json!(1), &json!("p2")), "{filter}");
    }
    assert_eq!(app.json("/api/v1/products").await["total"], 1);
    assert_eq!(app.json("/api/v1/products/orchard-desk").await["id"], "p2");
    let page = app.get("/hermes/products/orchard-desk").await;
    assert!(page.status.is_redirection(), "{}", page.status);
    assert_eq!(page.header("location"), "/hermes/products/payloop");
    post(&app, "products/p1/merge", &json!({ "into": "p2" })).await.check_refused(409, "conflict");
    let into_itself = post(&app, "products/p2/merge", &json!({ "into": "p1" })).await;
    assert_eq!(into_itself.json()["error"]["field"], "into");
    post(&app, "product-changes/1/undo", &json!({})).await;
    assert_eq!(app.json("/api/v1/tasks?product=p2").await["total"], 0);
    assert_eq!(app.json("/api/v1/products").await["total"], 2);
}

#[tokio::test]
async fn forms_lead_back_with_what_came_of_them() {
    let app = app().await;
    let edit = "product=orchard-desk&edit[name]=Orchard+Desk&edit[priority]=P1&edit[status]=archived";
    let answer = form(&app, "edit-product", edit).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/hermes/products/orchard-desk?changed=1")
    );
    let said = &app.json("/api/v1/products/p1/changes").await["items"][0]["edit"];
    // What is shown as it was is not said; the link that is none was cleared with the empty field.
    assert_eq!(
        (said.get("name"), &said["priority"], &said["status"]),
        (None, &json!("P1"), &json!("archived"))
    );
    let wrong =
        form(&app, "edit-product", "product=orchard-desk&edit[name]=x&edit[staging_url]=nothing").await;
    assert_eq!(wrong.header("location"), "/hermes/products/orchard-desk?refused=stagingUrl#edit");
    let merge = form(&app, "merge-product", "product=orchard-desk&into=p2").await;
    assert_eq!(merge.header("location"), "/hermes/products/p2?changed=2");
    let undo = form(&app, "undo-product", "product=payloop&id=2").await;
    assert_eq!(undo.header("location"), "/hermes/products/payloop?changed=3");
}

#[tokio::test]
async fn the_pages_show_what_is_known_and_nothing_that_could_harm() {
    let app = app().await;
    for path in ["/hermes/products", "/hermes/products?layout=table", "/hermes/products/orchard-desk"] {
        let page = app.get(path).await;
        let html = page.text();
        assert_eq!(page.status, 200, "{path}");
        assert!(html.contains("Orchard Desk"), "{path}");
        assert!(!html.contains("<img src=x") && !html.contains("href=\"javascript:"), "{path}: {html}");
    }
    let refused = app.get("/hermes/products?status=dead").await.text();
    assert!(refused.contains("This filter is not understood"), "{refused}");
    let none = app.get("/hermes/products/none").await;
    assert_eq!(none.status, 404);
    for path in ["/api/ui/products", "/api/ui/product?name=p1"] {
        assert!(app.get(path).await.json().is_object(), "{path}");
    }
}

#[tokio::test]
async fn archived_products_leave_the_figures_and_are_found_by_their_status() {
    let app = app().await;
    patch(&app, "p1", &json!({ "status": "archived" })).await;
    assert_eq!(app.json("/api/v1/overview").await["totalProducts"], 1);
    let all = app.get("/hermes/products").await.text();
    let archived = app.get("/hermes/products?status=archived").await.text();
    let card = "<li class=\"p-card\">";
    assert_eq!((all.matches(card).count(), archived.matches(card).count()), (1, 1));
}
