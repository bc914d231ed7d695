//! The document of the API: it names every route, and real answers are as it says.

use std::collections::BTreeSet;

use axum::http::{Request, header};
use domain::source::{HomeFound, HomeProgress, HomeState, HomeStatus, Skipped};
use serde_json::{Map, Value, json};

use crate::harness::{
    Answer, TestApp,
    lines::{self, recorded_lines},
};

/// Every route there is.
const ROUTES: [(&str, &str); 47] = [
    ("delete", "/api/v1/views/{id}"),
    ("get", "/api/v1/agents"),
    ("get", "/api/v1/agents/{id}"),
    ("get", "/api/v1/attention"),
    ("get", "/api/v1/audit"),
    ("get", "/api/v1/digest"),
    ("get", "/api/v1/digest.md"),
    ("get", "/api/v1/docs"),
    ("get", "/api/v1/history"),
    ("get", "/api/v1/insights"),
    ("get", "/api/v1/live"),
    ("get", "/api/v1/mirror"),
    ("get", "/api/v1/mirror/fresh"),
    ("get", "/api/v1/mirror/{month}"),
    ("get", "/api/v1/openapi.json"),
    ("get", "/api/v1/overview"),
    ("get", "/api/v1/products"),
    ("get", "/api/v1/products/{slug}"),
    ("get", "/api/v1/products/{slug}/changes"),
    ("get", "/api/v1/schedule"),
    ("get", "/api/v1/settings"),
    ("get", "/api/v1/settings/versions"),
    ("get", "/api/v1/sources"),
    ("get", "/api/v1/tasks"),
    ("get", "/api/v1/tasks/export"),
    ("get", "/api/v1/tasks/facets"),
    ("get", "/api/v1/tasks/{id}"),
    ("get", "/api/v1/tasks/{id}/events"),
    ("get", "/api/v1/tasks/{id}/logs"),
    ("get", "/api/v1/tasks/{id}/runs"),
    ("get", "/api/v1/tasks/{id}/similar"),
    ("get", "/api/v1/views"),
    ("get", "/api/v1/views/history"),
    ("get", "/healthz"),
    ("get", "/metrics"),
    ("get", "/readyz"),
    ("patch", "/api/v1/products/{slug}"),
    ("patch", "/api/v1/views/{id}"),
    ("post", "/api/v1/attention/decisions"),
    ("post", "/api/v1/attention/decisions/{id}/undo"),
    ("post", "/api/v1/ingest"),
    ("post", "/api/v1/product-changes/{id}/undo"),
    ("post", "/api/v1/products/{slug}/merge"),
    ("post", "/api/v1/settings/versions/{id}/restore"),
    ("post", "/api/v1/views"),
    ("put", "/api/v1/settings"),
    ("put", "/api/v1/views/order"),
];

/// Fields that are left out where there is nothing to say; every other described field is always there.
const LEFT_OUT: [&str; 5] = ["metadata", "toolName", "command", "artifactUrl", "omitted"];

/// The document, with its schemas made as narrow as they can be: no field that is not described, none missing.
struct Document(Value);

impl Document {
    async fn of(app: &TestApp) -> Self {
        let mut document = app.json("/api/v1/openapi.json").await;
        let schemas = document["components"]["schemas"].clone();
        narrow(&mut document, schemas.as_object().unwrap());
        Self(document)
    }

    fn operations(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.0["paths"].as_object().unwrap().iter();
        paths.flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods.map(move |(method, operation)| (&**method, &**path, operation))
        })
    }

    /// The answer has a status that is described, and the shape that is described for it.
    #[track_caller]
    fn check(&self, method: &str, path: &str, answer: &Answer) {
        let status = answer.status.as_str();
        let response = &self.0["paths"][path][method]["responses"][status];
        assert!(response.is_object(), "{method} {path} answers {status}: {}", answer.text());
        let kind = answer.header("content-type").split(';').next().unwrap();
        let mut schema = response["content"][kind]["schema"].clone();
        assert!(schema.is_object(), "{method} {path} answers {status} with {kind}");
        schema["components"] = self.0["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let json = answer.json();
        let errors: Vec<_> =
            validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, [""; 0], "{method} {path} {status}");
    }
}

/// Makes every object name all of its fields, and every field but those that may be left out required.
fn narrow(schema: &mut Value, all: &Map<String, Value>) {
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let mut properties = Map::new();
        for part in parts {
            let name = part["$ref"].as_str().and_then(|name| name.rsplit('/').next());
            let part = name.map_or(part, |name| &all[name]);
            properties.extend(part["properties"].as_object().unwrap().clone());
        }
        *schema = json!({ "type": "object", "properties": properties });
    }
    let names: Option<Vec<_>> = schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|fields| fields.keys().filter(|name| !LEFT_OUT.contains(&&***name)).cloned().collect());
    if let Some(names) = names {
        schema["required"] = names.into();
        schema["additionalProperties"] = false.into();
    }
    match schema {
        Value::Object(map) => map.values_mut().for_each(|value| narrow(value, all)),
        Value::Array(values) => values.iter_mut().for_each(|value| narrow(value, all)),
        _ => {}
    }
}

/// An app with the recorded telemetry and with an account of a home.
async fn full() -> TestApp {
    let app = TestApp::new().await;
    let answer = app.ingest(recorded_lines("events-T.jsonl").join("\n")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let job = json!({
        "id": "line-j1", "ts": "2026-11-20T07:00:00Z", "kind": "job",
        "job": { "id": "j1", "name": "Nightly audit", "schedule": "0 3 * * *", "productId": "p1" },
    });
    let agent = json!({
        "id": "line-a1", "ts": "2026-11-20T07:00:00Z", "kind": "agent",
        "agent": { "id": "a1", "name": "hermes-core", "status": "healthy", "failureRate": 0.25 },
    });
    app.ingest(lines::text(&[job, agent])).await;
    app.hermes.tell_home(HomeStatus {
        path: "/home/me/.hermes".to_owned(),
        found: HomeFound::Environment,
        state: HomeState::Reading,
        progress: HomeProgress { sessions_read: 120, sessions_total: Some(480), messages_read: 9_000 },
        looked_at: Some("2026-11-20T08:59:00Z".parse().unwrap()),
        files: Vec::new(),
        skipped: vec![Skipped { place: "state.db".to_owned(), reason: "It is not JSON.".to_owned() }],
        skipped_total: 1,
        unknown: Vec::new(),
        lessons: Vec::new(),
    });
    app
}

#[tokio::test]
async fn the_document_names_every_route_and_says_the_same_of_each() {
    let app = TestApp::new().await;
    let document = Document::of(&app).await;
    let mut routes: Vec<_> = document.operations().map(|(method, path, _)| (method, path)).collect();
    routes.sort_unstable();
    assert_eq!(routes, ROUTES);
    let mut ids = BTreeSet::new();
    for (method, path, operation) in document.operations() {
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
        assert!(operation["tags"][0].is_string(), "{method} {path}");
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}: {operation}");
        for status in ["421", "500", "503"] {
            assert!(operation["responses"][status].is_object(), "{method} {path} {status}");
        }
        assert_eq!(operation.get("security").is_some(), method != "get", "{method} {path}");
    }
    assert_eq!(document.0["openapi"], "3.1.0");
    assert_eq!(document.0["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}

#[tokio::test]
async fn every_described_route_is_there() {
    let app = TestApp::new().await;
    for (method, path) in ROUTES {
        let request = Request::builder().method("OPTIONS").uri(path.replace(['{', '}'], ""));
        let answer = app.send(request, "").await;
        answer.check_refused(405, "method_not_allowed");
        assert!(answer.header("allow").contains(&method.to_uppercase()), "{path}");
    }
}

#[tokio::test]
async fn real_answers_are_as_the_document_says() {
    let app = full().await;
    let document = Document::of(&app).await;
    let item = app.json("/api/v1/attention").await["items"][0].clone();
    let decision = json!({
        "item": item["key"], "cause": item["cause"], "title": item["title"], "kind": "resolved", "note": "Done",
    });
    let decisions = "/api/v1/attention/decisions";
    let taken = app.post_json(decisions, &decision).await;
    document.check("post", decisions, &taken);
    let plain = [
        "/api/v1/overview",
        "/api/v1/attention",
        "/api/v1/insights",
        "/api/v1/digest",
        "/api/v1/history",
        "/api/v1/audit",
        "/api/v1/schedule",
        "/api/v1/settings",
        "/api/v1/settings/versions",
        "/api/v1/sources",
        "/api/v1/mirror",
        "/api/v1/tasks/export",
        "/api/v1/tasks/facets",
        "/api/v1/openapi.json",
        "/healthz",
        "/readyz",
    ];
    for path in plain {
        document.check("get", path, &app.get(path).await);
    }
    let routes = [
        ("tasks", "tasks/{id}", "id"),
        ("products", "products/{slug}", "slug"),
        ("agents", "agents/{id}", "id"),
    ];
    for (list, route, key) in routes {
        let answer = app.get(&format!("/api/v1/{list}?perPage=100")).await;
        document.check("get", &format!("/api/v1/{list}"), &answer);
        let rows = answer.json()["items"].as_array().unwrap().clone();
        assert!(!rows.is_empty(), "{list}");
        for row in rows.iter().take(20) {
            let one = format!("/api/v1/{list}/{}", row[key].as_str().unwrap());
            document.check("get", &format!("/api/v1/{route}"), &app.get(&one).await);
            let below: &[&str] = match list {
                "tasks" => &["events", "runs", "logs", "similar"],
                "products" => &["changes"],
                _ => &[],
            };
            for below in below {
                let answer = app.get(&format!("{one}/{below}")).await;
                document.check("get", &format!("/api/v1/{route}/{below}"), &answer);
            }
        }
    }
    let empty = TestApp::new().await;
    for path in ["overview", "tasks", "sources", "attention", "insights", "digest", "history", "audit"] {
        let path = format!("/api/v1/{path}");
        document.check("get", &path, &empty.get(&path).await);
    }
    let view = json!({ "name": "Failed", "query": "status=failed&sort=-completedAt" });
    for _ in 0..2 {
        document.check("post", "/api/v1/views", &app.post_json("/api/v1/views", &view).await);
    }
    document.check("get", "/api/v1/views", &app.get("/api/v1/views").await);
    document.check("get", "/api/v1/views/history", &app.get("/api/v1/views/history").await);
    let undone = app.post_json(&format!("{decisions}/{}/undo", taken.json()["id"]), &json!({})).await;
    document.check("post", "/api/v1/attention/decisions/{id}/undo", &undone);
}

#[tokio::test]
async fn refusals_are_as_the_document_says() {
    let app = full().await;
    let document = Document::of(&app).await;
    document.check("get", "/api/v1/tasks", &app.get("/api/v1/tasks?status=done").await);
    document.check("get", "/api/v1/overview", &app.get("/api/v1/overview?page=1").await);
    document.check("get", "/api/v1/tasks/{id}", &app.get("/api/v1/tasks/none").await);
    document.check("get", "/api/v1/tasks/{id}/logs", &app.get("/api/v1/tasks/none/logs").await);
    document.check("get", "/api/v1/tasks/{id}/logs", &app.get("/api/v1/tasks/none/logs?level=bad").await);
    document.check("get", "/api/v1/tasks/{id}/similar", &app.get("/api/v1/tasks/none/similar").await);
    document.check("get", "/api/v1/mirror/{month}", &app.get("/api/v1/mirror/2026-10?v=1-0-0").await);
    document.check("get", "/api/v1/mirror/{month}", &app.get("/api/v1/mirror/2026-10").await);
    document.check("get", "/api/v1/mirror/fresh", &app.get("/api/v1/mirror/fresh").await);
    document.check("get", "/api/v1/products/{slug}", &app.get("/api/v1/products/none").await);
    let elsewhere = Request::get("/readyz").header(header::HOST, "evil.test");
    document.check("get", "/readyz", &app.send(elsewhere, "").await);

    let path = "/api/v1/ingest";
    document.check("post", path, &app.ingest("").await);
    document.check("post", path, &app.ingest("x\n".repeat(1001)).await);
    let again = [lines::task("t1", "One"), lines::task("t1", "Two")];
    let taken = app.ingest(lines::text(&again)).await;
    assert_eq!(taken.json()["conflicting"][0]["line"], 2);
    document.check("post", path, &taken);
    document.check("post", path, &app.send(Request::post(path), "").await);
    let form = app.post_lines().header(header::CONTENT_TYPE, "multipart/form-data");
    document.check("post", path, &app.send(form, "").await);
    let packed = app.post_lines().header(header::CONTENT_ENCODING, "gzip");
    document.check("post", path, &app.send(packed, "no gzip").await);
}

#[tokio::test]
async fn the_filters_are_those_of_the_language() {
    let document = Document::of(&TestApp::new().await).await;
    let parameters = document.0["paths"]["/api/v1/tasks"]["get"]["parameters"].as_array().unwrap();
    let names: Vec<_> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
    assert_eq!(names, domain::query::KEYS);
    let words = &parameters[2]["schema"]["items"]["enum"];
    assert_eq!(words[0], "queued", "{parameters:?}");
}

#[tokio::test]
async fn the_page_is_whole_and_asks_nobody_else() {
    let app = TestApp::new().await;
    let leads = app.get("/api/v1/docs").await;
    assert_eq!((leads.status.as_u16(), leads.header("location")), (308, "/api/v1/docs/"));
    let page = app.get("/api/v1/docs/").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html");
    let html = page.text();
    let named = ["src=\"", "href=\""].into_iter().flat_map(|by| html.split(by).skip(1));
    let files: Vec<_> = named.filter_map(|rest| rest.split('"').next()).collect();
    assert!(files.len() >= 4, "{html}");
    for file in files {
        assert!(!file.contains("//"), "{file} comes from elsewhere");
        let path = format!("/api/v1/docs/{}", file.trim_start_matches("./"));
        for packing in ["", "gzip"] {
            let request = Request::get(&path).header(header::ACCEPT_ENCODING, packing);
            let answer = app.send(request, "").await;
            assert_eq!((answer.status.as_u16(), answer.body.is_empty()), (200, false), "{path}");
        }
    }
    let begin = app.get("/api/v1/docs/swagger-initializer.js").await.text();
    assert!(begin.contains("/api/v1/openapi.json"), "{begin}");
    assert!(begin.contains("\"validatorUrl\": \"none\""), "{begin}");
    app.get("/api/v1/docs/none.js").await.check_refused(404, "not_found");
}

#[tokio::test]
async fn the_page_has_a_policy_of_its_own_and_no_other_page_has_it() {
    let app = TestApp::new().await;
    for path in ["/api/v1/docs/", "/api/v1/docs/swagger-ui.css", "/api/v1/docs/none.js"] {
        let policy = app.get(path).await.header("content-security-policy").to_owned();
        assert!(policy.contains("script-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("nonce") && !policy.contains("unsafe-eval"), "{path}: {policy}");
    }
    for path in ["/hermes", "/api/v1/openapi.json", "/api/v1/docs", "/healthz"] {
        let policy = app.get(path).await.header("content-security-policy").to_owned();
        assert!(policy.contains("style-src 'self';") && policy.contains("'nonce-"), "{path}: {policy}");
    }
}
