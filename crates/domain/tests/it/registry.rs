//! The founder's word about products, by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    facts::{DayEnds, Facts, ProductTasks, StatusCounts, day},
    id::ProductId,
    insight::{
        attention::queue,
        portfolio::{ProductInsight, portfolio},
        trend::trend,
    },
    patch::Patch,
    portfolio::{Marks, PortfolioQuery, PortfolioView},
    product::{ProductRecord, ProductStatus},
    registry::{ProductBook, ProductEdit, Registry},
    settings::Rules,
    task::Priority,
};

fn now() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn id(text: &str) -> ProductId {
    ProductId::new(text).unwrap()
}

fn record(name: &str, told: impl FnOnce(&mut ProductRecord)) -> ProductRecord {
    let mut record = ProductRecord::placeholder(id(name), now() - TimeDelta::days(90));
    record.name = Some(name.to_uppercase());
    record.last_hermes_activity_at = Some(now());
    told(&mut record);
    record
}

fn book(records: Vec<ProductRecord>, registry: Registry) -> ProductBook {
    let records = records.into_iter().map(|record| (record.id.clone(), record)).collect();
    ProductBook { records, activity: BTreeMap::new(), registry }
}

#[test]
fn an_edit_wins_field_by_field_and_is_no_guess() {
    let told = record("a", |record| {
        record.owner = Some("told".to_owned());
        record.priority = Some(Priority::P3);
        record.inferred = Some(vec!["priority".to_owned(), "category".to_owned()]);
    });
    let edit = ProductEdit {
        name: Patch::Set("Orchard".to_owned()),
        priority: Patch::Set(Priority::P0),
        owner: Patch::Clear,
        ..ProductEdit::default()
    };
    let registry = Registry { edits: [(id("a"), edit)].into(), ..Registry::default() };
    let product = book(vec![told], registry).products().remove(0);
    assert_eq!(
        (product.name.as_str(), product.slug.as_str()),
        ("Orchard", "a"),
        "a new name changes no link"
    );
    assert_eq!((product.priority, product.owner), (Some(Priority::P0), None));
    assert_eq!(product.inferred, ["category", "slug"]);
}

#[test]
fn a_merged_product_fills_what_the_other_does_not_know() {
    let from = record("from", |record| {
        record.repo_url = Some("https://example.test/repo".to_owned());
        record.owner = Some("other".to_owned());
        record.last_commit_at = Some(now());
    });
    let into = record("into", |record| record.owner = Some("Ada".to_owned()));
    let registry = Registry { merges: [(id("from"), id("into"))].into(), ..Registry::default() };
    let book = book(vec![from, into], registry);
    let products = book.products();
    assert_eq!(products.len(), 1);
    assert_eq!(products[0].repo_url.as_deref(), Some("https://example.test/repo"));
    assert_eq!((products[0].owner.as_deref(), products[0].last_commit_at), (Some("Ada"), Some(now())));
    let found = book.find("from").unwrap();
    assert!(found.moved && found.product.id == id("into") && found.merged[0].id == id("from"));
    assert_eq!(found.told.repo_url, None, "telemetry alone says nothing of it");
}

#[test]
fn a_circle_of_merges_ends() {
    let merges = [(id("a"), id("b")), (id("b"), id("a"))].into();
    let registry = Registry { merges, ..Registry::default() };
    assert!(!registry.members(&id("a")).is_empty());
}

fn tasks(name: &str, days: Vec<(i64, u64, u64)>) -> ProductTasks {
    let days = days
        .into_iter()
        .rev()
        .map(|(back, completed, failed)| (day(now()) - TimeDelta::days(back), DayEnds { completed, failed }));
    ProductTasks { id: id(name), counts: StatusCounts::default(), days: days.collect() }
}

#[test]
fn a_trend_has_a_value_for_each_day_and_knows_nothing_of_tomorrow() {
    let product = record("a", |_| ()).view(None);
    let rules = Rules::default();
    assert!(trend(&product, None, now(), &rules).is_empty());
    let busy = tasks("a", vec![(0, 8, 0), (10, 0, 8)]);
    let values = trend(&product, Some(&busy), now(), &rules);
    assert_eq!(values.len(), 15);
    assert_eq!(values[..4], [0; 4], "before anything ended");
    // The day itself: failures take off more than a fresh activity gives.
    assert_eq!(values[5], 0);
    // 8 tasks of today count 8: 60 × 8 ÷ 12 = 40, less what is left of the failures, and 15 for today.
    assert!((40..=55).contains(&values[14]), "{values:?}");
}

fn insights() -> Vec<ProductInsight> {
    let told = |record: ProductRecord| record.view(None);
    let facts = Facts {
        products: vec![
            told(record("busy", |record| {
                record.priority = Some(Priority::P1);
                record.last_deployment_at = Some(now() - TimeDelta::days(2));
                record.tags = Some(vec!["größe".to_owned()]);
            })),
            told(record("failing", |record| record.priority = Some(Priority::P2))),
            told(record("gone", |record| {
                record.status = Some(ProductStatus::Archived);
                record.last_hermes_activity_at = Some(now() - TimeDelta::days(60));
            })),
            told(record("silent", |record| {
                record.last_hermes_activity_at = Some(now() - TimeDelta::days(20));
            })),
        ],
        recent_failures: vec![(id("failing"), 3), (id("gone"), 9)],
        ..Facts::default()
    };
    let rules = Rules::default();
    portfolio(&facts, &queue(&facts, now(), &rules), now(), &rules)
}

fn names(query: &PortfolioQuery) -> Vec<String> {
    let (rules, all) = (Rules::default(), insights());
    let found = query.select(&all, Marks { now: now(), rules: &rules });
    found.into_iter().map(|insight| insight.product.id.to_string()).collect()
}

fn read(text: &str) -> PortfolioQuery {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    PortfolioQuery::read(pairs).unwrap()
}

#[test]
fn each_view_has_what_it_says_and_none_has_what_is_archived() {
    let rules = Rules::default();
    for (view, expected) in [
        ("high-priority", vec!["busy"]),
        ("needs-attention", vec!["failing", "silent"]),
        ("no-recent-activity", vec!["silent"]),
        ("repeated-failures", vec!["failing"]),
        ("recently-shipped", vec!["busy"]),
        ("all", vec!["busy", "failing", "silent"]),
    ] {
        assert_eq!(names(&read(&format!("view={view}&sort=name"))), expected, "{view}");
        let counts = PortfolioQuery::default().counts(&insights(), Marks { now: now(), rules: &rules });
        let view: PortfolioView = view.parse().unwrap();
        assert!(counts.contains(&(view, expected.len())), "{view}");
    }
    assert_eq!(names(&read("status=archived")), ["gone"]);
    assert_eq!(names(&read("sort=-name")), ["silent", "failing", "busy"]);
    assert_eq!(names(&read("q=GRÖ")), ["busy"]);
    assert!(names(&read("q=nothing")).is_empty());
}

#[test]
fn an_archived_product_needs_nobody() {
    let all = insights();
    let gone = all.iter().find(|insight| insight.product.id == id("gone")).unwrap();
    assert_eq!((gone.attention, gone.neglected_since), (None, None));
}

#[test]
fn a_question_is_its_text() {
    let texts =
        ["", "view=needs-attention&q=a+b&category=SaaS%2CAI+app&status=paused&sort=-health&layout=table"];
    for text in texts {
        let pairs: Vec<(String, String)> = match text {
            "" => Vec::new(),
            _ => [
                ("view", "needs-attention"),
                ("q", "a b"),
                ("category", "SaaS,AI app"),
                ("status", "paused"),
                ("sort", "-health"),
                ("layout", "table"),
            ]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        };
        let query = PortfolioQuery::read(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        assert_eq!(query.unwrap().text(), text);
    }
    let wrong = PortfolioQuery::read([("status", "dead")]).unwrap_err();
    assert!(wrong.field == "status" && wrong.reason.contains("archived"), "{wrong}");
    assert!(PortfolioQuery::read([("veiw", "all")]).is_err(), "a filter is never passed over");
    let empty = PortfolioQuery::read([("status", ""), ("q", "")]).unwrap();
    assert_eq!(empty, PortfolioQuery { status: BTreeSet::new(), ..PortfolioQuery::default() });
}
