//! Saved views over HTTP: who may change them, what is refused, their order and their history.

use axum::http::{Request, header};
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp};

const VIEWS: &str = "/api/v1/views";

async fn send(app: &TestApp, method: &str, path: &str, body: &Value) -> Answer {
    let request = Request::builder().method(method).uri(path);
    app.send(request.header(header::AUTHORIZATION, format!("Bearer {}", app.token)), body.to_string()).await
}

async fn save(app: &TestApp, name: &str, query: &str) -> Value {
    let answer = send(app, "POST", VIEWS, &json!({ "name": name, "query": query })).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn names(app: &TestApp) -> Vec<String> {
    let views = app.json(VIEWS).await;
    views.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_change_without_proof_is_refused() {
    let app = TestApp::new().await;
    save(&app, "Mine", "").await;
    for (method, path) in [
        ("POST", VIEWS),
        ("PATCH", "/api/v1/views/1"),
        ("DELETE", "/api/v1/views/1"),
        ("PUT", "/api/v1/views/order"),
    ] {
        let request = || Request::builder().method(method).uri(path);
        app.send(request(), "{}").await.check_refused(401, "missing_token");
        let elsewhere = request().header("sec-fetch-site", "cross-site");
        app.send(elsewhere, "{}").await.check_refused(403, "cross_origin");
    }
    assert_eq!(names(&app).await, ["Mine"]);
}

#[tokio::test]
async fn views_are_saved_changed_ordered_and_deleted_and_all_of_it_is_noted() {
    let app = TestApp::new().await;
    let first = save(&app, " Failed  this week ", "?sort=-completedAt&status=failed&page=4").await;
    assert_eq!(
        (&first["name"], &first["query"]),
        (&json!("Failed this week"), &json!("status=failed&sort=-completedAt"))
    );
    save(&app, "P0", "priority=P0").await;
    save(&app, "Running", "status=running").await;
    let renamed = send(&app, "PATCH", "/api/v1/views/2", &json!({ "name": "Urgent" })).await;
    assert_eq!((renamed.status.as_u16(), &renamed.json()["query"]), (200, &json!("priority=P0")));
    let replaced = send(&app, "PATCH", "/api/v1/views/2", &json!({ "query": "priority=P0,P1" })).await;
    assert_eq!(replaced.json()["name"], "Urgent");
    let ordered = send(&app, "PUT", "/api/v1/views/order", &json!({ "ids": [3, 99] })).await;
    assert_eq!(ordered.json()[0]["name"], "Running");
    assert_eq!(names(&app).await, ["Running", "Failed this week", "Urgent"]);
    assert_eq!(send(&app, "DELETE", "/api/v1/views/1", &json!({})).await.status, 204);
    send(&app, "DELETE", "/api/v1/views/1", &json!({})).await.check_refused(404, "not_found");
    send(&app, "PATCH", "/api/v1/views/1", &json!({})).await.check_refused(404, "not_found");
    assert_eq!(names(&app).await, ["Running", "Urgent"]);
    let history = app.json("/api/v1/views/history?perPage=100").await;
    let told: Vec<_> = history["items"].as_array().unwrap().iter().map(|change| &change["action"]).collect();
    let expected = ["deleted", "moved", "moved", "moved", "replaced", "renamed", "saved", "saved", "saved"];
    assert_eq!(told, expected);
    assert_eq!(history["items"][0]["by"], "tests");
}

#[tokio::test]
async fn what_is_wrong_with_a_view_is_named() {
    let app = TestApp::new().await;
    save(&app, "Äpfel", "").await;
    for (body, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "name": "x".repeat(61) }), "name"),
        (json!({ "query": "" }), "name"),
        (json!({ "name": "x", "query": "state=failed" }), "query"),
        (json!({ "name": "x", "query": 7 }), "query"),
        (json!({ "name": "x", "colour": "red" }), "colour"),
        (json!([]), "body"),
    ] {
        let answer = send(&app, "POST", VIEWS, &body).await;
        answer.check_refused(400, "invalid_parameter");
        assert_eq!(answer.json()["error"]["field"], field, "{body}");
    }
    send(&app, "POST", VIEWS, &json!({ "name": "äpfel" })).await.check_refused(409, "conflict");
    let long = json!({ "name": "x", "query": "q".repeat(40_000) });
    send(&app, "POST", VIEWS, &long).await.check_refused(413, "too_large");
    send(&app, "PATCH", "/api/v1/views/one", &json!({})).await.check_refused(400, "invalid_parameter");
}

#[tokio::test]
async fn a_plain_form_leads_back_with_what_came_of_it() {
    let app = TestApp::new().await;
    let post = async |what: &str, fields: &str| {
        let request = Request::post(format!("/api/ui/views/{what}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = app.send(request, fields.to_owned()).await;
        (answer.status.as_u16(), answer.header("location").to_owned())
    };
    let to = |path: &str| (303, path.to_owned());
    let back = "back=%2Fhermes%2Ftasks%3Fstatus%3Dfailed";
    let saved = post("save", &format!("name=Failed&query=status%3Dfailed&{back}")).await;
    assert_eq!(saved, to("/hermes/tasks?status=failed&saved=1"));
    assert_eq!(
        post("save", &format!("name=failed&{back}%26saved%3D1")).await,
        to("/hermes/tasks?status=failed&refused=taken")
    );
    assert_eq!(post("save", &format!("name=&{back}")).await, to("/hermes/tasks?status=failed&refused=name"));
    assert_eq!(
        post("rename", &format!("id=1&name=Broken&{back}")).await,
        to("/hermes/tasks?status=failed&saved=1")
    );
    assert_eq!(
        post("replace", &format!("id=1&query=q%3Dx&{back}")).await,
        to("/hermes/tasks?status=failed&saved=1")
    );
    assert_eq!(app.json(VIEWS).await[0]["query"], "q=x");
    assert_eq!(post("delete", &format!("id=1&{back}")).await, to("/hermes/tasks?status=failed&deleted=1"));
    assert_eq!(post("delete", &format!("id=1&{back}")).await, to("/hermes/tasks?status=failed&refused=gone"));
    assert_eq!(names(&app).await, [""; 0]);
    let history = app.json("/api/v1/views/history").await;
    assert_eq!(history["items"][0]["by"], "founder");
}

#[tokio::test]
async fn a_form_with_a_key_is_done_once_and_answered_alike() {
    let app = TestApp::new().await;
    let post = async |key: &'static str, what: &str, fields: &str| {
        let request = Request::post(format!("/api/ui/views/{what}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json")
            .header("idempotency-key", key)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = app.send(request, fields.to_owned()).await;
        (answer.status.as_u16(), answer.header("location").to_owned())
    };
    let form = "name=Failed&query=status%3Dfailed&back=%2Fhermes%2Ftasks";
    let (first, second) = tokio::join!(post("a", "save", form), post("a", "save", form));
    assert_eq!(first, (200, "/hermes/tasks?saved=1".to_owned()));
    assert_eq!(first, second);
    assert_eq!(post("b", "delete", "id=1&back=%2Fhermes%2Ftasks").await.1, "/hermes/tasks?deleted=1");
    assert_eq!(post("a", "save", form).await, first, "what was deleted since does not come back");
    assert_eq!(names(&app).await, [""; 0]);
    assert_eq!(post("c", "save", form).await.1, "/hermes/tasks?saved=2", "another key is another form");
}

#[tokio::test]
async fn a_key_is_of_one_form_and_no_longer_than_128_bytes() {
    let app = TestApp::new().await;
    let post = async |key: String, fields: &'static str| {
        let request = Request::post("/api/ui/views/save")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json")
            .header("idempotency-key", key)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        app.send(request, fields.to_owned()).await
    };
    let first = post("a".to_owned(), "name=One&query=&back=%2Fhermes%2Ftasks").await;
    let other = post("a".to_owned(), "name=Two&query=&back=%2Fhermes%2Ftasks").await;
    assert_eq!(first.header("location"), "/hermes/tasks?saved=1");
    assert_eq!(
        other.header("location"),
        "/hermes/tasks?saved=2",
        "it is not what was answered to another form"
    );
    let long = post("k".repeat(129), "name=Three&query=&back=%2Fhermes%2Ftasks").await;
    long.check_refused(400, "invalid");
    assert_eq!(names(&app).await.len(), 2);
}

#[tokio::test]
async fn the_same_view_again_is_no_second_one() {
    let app = TestApp::new().await;
    let first = save(&app, "Failed", "status=failed").await;
    assert_eq!(save(&app, "Failed", "status=failed").await, first);
    assert_eq!(names(&app).await, ["Failed"]);
    send(&app, "POST", VIEWS, &json!({ "name": "Failed", "query": "q=x" }))
        .await
        .check_refused(409, "conflict");
}
