//! The forms of the settings page, as a browser without scripts sends them.

use axum::http::{Request, header};

use crate::harness::{Answer, TestApp};

async fn post(app: &TestApp, section: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let request = Request::post(format!("/hermes/settings?section={section}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    app.send(request, body).await
}

/// The fields of the general section, with one of them changed.
fn general<'a>(recent: &'a str, zone: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("version", "0"),
        ("timeZone", zone),
        ("rules.recentDays", recent),
        ("rules.rateDays", "30"),
        ("rules.quietMinutes", "30"),
        ("rules.repeatedFailures", "3"),
        ("rules.upcomingHours", "24"),
        ("rules.missedJobMinutes", "15"),
        ("rules.neglectDays", "14"),
        ("rules.agentFreshHours", "24"),
        ("singleKeyShortcuts", "on"),
    ]
}

#[tokio::test]
async fn every_section_is_a_page() {
    let app = TestApp::new().await;
    for section in domain::settings::Section::ALL {
        let page = app.get(&format!("/hermes/settings?section={section}")).await;
        assert_eq!(page.status, 200, "{section}");
        assert!(page.text().contains(&format!("<h2>{}<", section.label())), "{section}");
    }
}

#[tokio::test]
async fn a_form_is_saved_and_leads_back() {
    let app = TestApp::new().await;
    let mut form = general("9", "Europe/Berlin");
    form.push(("do", "save"));
    let answer = post(&app, "general", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location"), "/hermes/settings?section=general&saved=1");
    let settings = app.json("/api/v1/settings").await;
    assert_eq!(
        (&settings["rules"]["recentDays"], &settings["timeZone"]),
        (&9.into(), &"Europe/Berlin".into())
    );
    let page = app.get(answer.header("location")).await.text();
    assert!(page.contains("Saved as version 1."), "{page}");
    let undo = post(&app, "general", &[("do", "restore"), ("restore", "0"), ("version", "1")]).await;
    assert_eq!(undo.header("location"), "/hermes/settings?section=general&saved=2");
    assert_eq!(app.json("/api/v1/settings").await["rules"]["recentDays"], 7);
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let mut form = general("500", "Mars/<b>Olympus");
    form.push(("do", "save"));
    let answer = post(&app, "general", &form).await;
    assert_eq!(answer.status, 422);
    let html = answer.text();
    assert!(html.contains("Use 1 to 90") && html.contains("aria-invalid=\"true\""), "{html}");
    assert!(html.contains("value=\"500\""), "what was written stays");
    assert!(!html.contains("<b>Olympus"), "{html}");
    let mut form = general("8", "Mars/Olympus");
    form.push(("do", "save"));
    assert!(post(&app, "general", &form).await.text().contains("Mars/Olympus is no time zone"));
    assert_eq!(app.get("/api/v1/settings").await.header("etag"), "\"0\"");
}

#[tokio::test]
async fn a_form_that_was_overtaken_is_told_so() {
    let app = TestApp::new().await;
    for (recent, status) in [("9", 303), ("11", 422)] {
        let mut form = general(recent, "");
        form.push(("do", "save"));
        let answer = post(&app, "general", &form).await;
        assert_eq!(answer.status, status);
        if status == 422 {
            let html = answer.text();
            assert!(
                html.contains("version 1 came in between") && html.contains("rules.recentDays"),
                "{html}"
            );
            assert!(html.contains("value=\"11\"") && html.contains("name=\"version\" value=\"1\""), "{html}");
        }
    }
    assert_eq!(app.json("/api/v1/settings").await["rules"]["recentDays"], 9);
}

#[tokio::test]
async fn a_preview_saves_nothing() {
    let app = TestApp::new().await;
    app.ingest(crate::harness::lines::text(&[crate::harness::lines::task("t1", "Payment fails")])).await;
    let rule = [("version", "0"), ("priorityRules.0.when.words", "pay"), ("priorityRules.0.priority", "P0")];
    let form: Vec<_> = rule.into_iter().chain([("do", "preview")]).collect();
    let html = post(&app, "priorities", &form).await.text();
    assert!(html.contains("1 of the 1 task of the last 90 days would have got a priority"), "{html}");
    assert!(html.contains("Payment fails"), "{html}");
    assert_eq!(app.get("/api/v1/settings").await.header("etag"), "\"0\"");
    let form: Vec<_> = rule.into_iter().chain([("do", "remove:0")]).collect();
    let html = post(&app, "priorities", &form).await.text();
    assert!(!html.contains("value=\"pay\""), "{html}");
}

#[tokio::test]
async fn an_import_is_looked_at_before_it_is_applied() {
    let app = TestApp::new().await;
    let text = "{\"rules\":{\"recentDays\":4}}";
    let looked = post(&app, "transfer", &[("do", "check"), ("version", "0"), ("text", text)]).await;
    assert_eq!(looked.status, 200);
    assert!(looked.text().contains("It changes 1 field") && looked.text().contains("rules.recentDays"));
    assert_eq!(app.get("/api/v1/settings").await.header("etag"), "\"0\"", "nothing yet");
    let file = "--X\r\ncontent-disposition: form-data; name=\"do\"\r\n\r\ncheck\r\n--X\r\n\
                content-disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n{\r\n \"colour\": 1\r\n}\r\n--X--\r\n";
    let request = Request::post("/hermes/settings?section=transfer")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
    let bad = app.send(request, file).await;
    assert_eq!(bad.status, 422, "{}", bad.text());
    assert!(
        bad.text().contains("Line 2, column") && bad.text().contains("unknown field `colour`"),
        "{}",
        bad.text()
    );
    let applied = post(&app, "transfer", &[("do", "apply"), ("version", "0"), ("text", text)]).await;
    assert_eq!(applied.status, 303, "{}", applied.text());
    assert_eq!(app.json("/api/v1/settings").await["rules"]["recentDays"], 4);
}

#[tokio::test]
async fn a_form_of_another_origin_changes_nothing() {
    let app = TestApp::new().await;
    let request = Request::post("/hermes/settings?section=demo").header("sec-fetch-site", "cross-site");
    assert_eq!(app.send(request, "do=demo-on").await.status, 403);
    let request = Request::post("/hermes/settings?section=none").header("sec-fetch-site", "same-origin");
    app.send(request, "do=save").await.check_refused(400, "invalid_parameter");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_stored_once() {
    let app = TestApp::new().await;
    let mut form = general("9", "Europe/Berlin");
    form.push(("do", "save"));
    for _ in 0..2 {
        let answer = post(&app, "general", &form).await;
        assert_eq!(answer.header("location"), "/hermes/settings?section=general&saved=1");
    }
    form[2].1 = "10";
    assert_eq!(post(&app, "general", &form).await.status, 422, "another form of that version came too late");
}

#[tokio::test]
async fn a_page_that_is_not_left_gets_the_way_on_or_what_it_shows() {
    let app = TestApp::new().await;
    let send = async |recent: &str| {
        let mut form = general(recent, "Europe/Berlin");
        form.push(("do", "save"));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post("/hermes/settings?section=general")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        app.send(request, body).await
    };
    let refused = send("500").await;
    assert_eq!(refused.status, 200);
    let shown = refused.json();
    assert_eq!(shown["told"]["title"], "Nothing was saved.");
    assert!(shown["groups"].to_string().contains("500 is out of range"), "{shown}");
    let saved = send("9").await;
    assert_eq!(saved.status, 200);
    assert_eq!(saved.header("location"), "/hermes/settings?section=general&saved=1");
}
