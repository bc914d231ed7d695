//! Pages, and the server functions that they call.

use axum::http::Request;

use crate::harness::{TestApp, lines};

#[tokio::test]
async fn the_root_leads_to_the_overview() {
    let answer = TestApp::new().await.get("/").await;
    assert!(answer.status.is_redirection(), "{}", answer.status);
    assert_eq!(answer.header("location"), "/hermes");
}

#[tokio::test]
async fn the_overview_is_rendered_with_the_names_of_this_build() {
    let app = TestApp::new().await;
    let answer = app.get("/hermes").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("text/html"));
    let html = answer.text();
    for part in ["<!DOCTYPE html>", "/pkg/hermes.cccc3333.css", "/pkg/hermes.aaaa1111.js", "<h1"] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[tokio::test]
async fn every_page_has_its_heading() {
    let app = TestApp::new().await;
    let pages = [
        ("/hermes", "Mission Control"),
        ("/hermes/tasks", "Tasks"),
        ("/hermes/tasks/t-1", "Task"),
        ("/hermes/products", "Products"),
        ("/hermes/products/ledgerly", "Product"),
        ("/hermes/history", "History"),
        ("/hermes/history/digest", "Weekly digest"),
        ("/hermes/agents", "Agents"),
        ("/hermes/agents/deployer", "Agent"),
        ("/hermes/settings", "Settings"),
        ("/hermes/sources", "Sources"),
        ("/hermes/audit", "Audit log"),
        ("/hermes/elsewhere", "Page not found"),
    ];
    for (path, heading) in pages {
        let html = app.get(path).await.text();
        let (_, rest) = html.split_once("<h1").unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        assert!(rest.starts_with(&format!("{heading}<")), "{path}: {}", &rest[..60]);
    }
}

#[tokio::test]
async fn a_page_names_the_files_of_its_code_at_once() {
    let app = TestApp::new().await;
    for (path, wanted) in
        [("/hermes/tasks?status=failed", true), ("/hermes/tasks/t-1", true), ("/hermes", false)]
    {
        let html = app.get(path).await.text();
        for file in ["/pkg/chunk_1.wasm", "/pkg/split_ledger.wasm"] {
            assert_eq!(html.contains(file), wanted, "{file} in {path}");
        }
    }
}

#[tokio::test]
async fn a_page_that_does_not_exist_is_a_page_with_404() {
    let answer = TestApp::new().await.get("/nothing/here").await;
    assert_eq!(answer.status, 404);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.text().contains("<h1"), "{}", answer.text());
}

#[tokio::test]
async fn server_functions_answer_under_their_path() {
    let app = TestApp::new().await;
    for path in ["/api/ui/overview", "/api/ui/frame", "/api/ui/sources", "/api/ui/agents"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert!(answer.json().is_object(), "{path}");
    }
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let html = "<img src=x onerror=alert(1)>";
    let script = "</script><script>alert(1)</script>";
    let mut task = lines::task("t1", &format!("{html}{script}"));
    task["task"]["status"] = "running".into();
    task["task"]["assignedAgent"] = html.into();
    let app = TestApp::with(&[task, lines::event("e1", "t1", script)]).await;
    let page = app.get("/hermes").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(!text.contains("<img src=x"), "{text}");
    assert!(!text.contains("<script>alert"), "{text}");
    assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;"), "it is shown all the same: {text}");
}

#[tokio::test]
async fn a_changing_request_for_a_page_is_refused() {
    let app = TestApp::new().await;
    let request = Request::post("/nothing").header("sec-fetch-site", "same-origin");
    app.send(request, "").await.check_refused(405, "method_not_allowed");
}
