//! The health of the products.

use app::components::ProductHealthGrid;
use chrono::TimeDelta;
use domain::{
    attention::{AttentionReason, Severity},
    id::ProductId,
    insight::{
        health::{Health, HealthBasis, HealthParts},
        momentum::Momentum,
        portfolio::{ProductAttention, ProductInsight},
    },
    product::{Product, ProductStatus},
    settings::Rules,
    task::Priority,
};
use leptos::prelude::*;

use crate::fixture::{HOSTILE, check_harmless, html, now, text};

fn insight(name: &str, score: Option<u8>) -> ProductInsight {
    let slug = name.to_lowercase();
    let product = Product {
        id: ProductId::new(format!("p_{}", slug.len())).unwrap(),
        name: name.to_owned(),
        slug,
        description: None,
        category: None,
        repo_url: None,
        production_url: None,
        staging_url: None,
        owner: None,
        priority: Some(Priority::P1),
        status: Some(ProductStatus::Active),
        health_score: None,
        tags: Vec::new(),
        last_hermes_activity_at: Some(now() - TimeDelta::minutes(14)),
        last_deployment_at: None,
        last_commit_at: None,
        needs_attention: None,
        created_at: now(),
        updated_at: now(),
        inferred: Vec::new(),
    };
    let parts = HealthParts {
        completed: 3.0,
        failed: 4.0,
        reliability: 50.0,
        blocked: 12.0,
        failures: 7.0,
        silence: 0.0,
    };
    let basis = if score.is_some() { HealthBasis::Computed } else { HealthBasis::Unknown };
    ProductInsight {
        product,
        health: Health { score, basis, parts: score.map(|_| parts) },
        momentum: Momentum { score: None, parts: None },
        trend: Vec::new(),
        recent_failures: 0,
        queued_tasks: 4,
        running_tasks: 1,
        blocked_tasks: 2,
        completed_tasks: 3,
        failed_tasks: 6,
        last_deployment_at: Some(now() - TimeDelta::days(6)),
        deployment_inferred: true,
        neglected_since: None,
        attention: None,
    }
}

fn grid(portfolio: Vec<ProductInsight>) -> String {
    html(|| {
        let rules = StoredValue::new(Rules::default());
        view! { <ProductHealthGrid portfolio rules/> }
    })
}

#[test]
fn every_product_has_its_cell_and_its_band() {
    let mut off = insight("Readmark", None);
    off.health.basis = HealthBasis::Off;
    off.product.status = Some(ProductStatus::Paused);
    let mut unknown = insight("Launchpad", None);
    unknown.product.priority = None;
    let html = grid(vec![insight("Ledgerly", Some(31)), off, unknown, insight("Deploykit", Some(96))]);
    for cell in [
        "href=\"/hermes/products/ledgerly\" data-h=\"poor\"",
        "data-h=\"off\"",
        "data-h=\"unknown\"",
        "data-h=\"great\"",
        "aria-label=\"Readmark, paused, no score\"",
        "aria-label=\"Launchpad, health unknown: no task of it ended lately",
        "aria-label=\"Ledgerly, health 31: reliability 50.0 − blocked 12.0 − failures 7.0 − silence 0.0\"",
    ] {
        assert!(html.contains(cell), "{cell} is missing: {html}");
    }
    let (p1, unknown) =
        (html.find("data-priority=\"P1\"").unwrap(), html.find("data-priority=\"unknown\"").unwrap());
    assert!(p1 < unknown, "what has no priority comes last");
    assert!(text(&html).contains("4 · 1 healthy"), "{html}");
}

#[test]
fn the_worst_come_first_and_the_healthy_not_at_all() {
    let mut needy = insight("Clausewell", Some(92));
    needy.attention = Some(ProductAttention {
        reason: AttentionReason::MissingCredentials,
        severity: Severity::High,
        items: 3,
    });
    let html = grid(vec![
        needy,
        insight("Deploykit", Some(96)),
        insight("Mealgrid", Some(44)),
        insight("Usage", Some(31)),
    ]);
    let (_, table) = html.split_once("class=\"problems\"").unwrap();
    let places: Vec<_> =
        ["/usage", "/mealgrid", "/clausewell"].iter().map(|slug| table.find(*slug)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?}");
    assert!(!table.contains("/deploykit"), "a healthy product is no problem");
    let text = text(table);
    assert!(text.contains("Missing credentials") && text.contains(" and 2 more"), "{text}");
    assert!(
        super::fixture::text(&grid(vec![insight("Deploykit", Some(96))])).contains("No product is below 75")
    );
}

#[test]
fn a_number_opens_to_its_arithmetic_and_to_its_tasks() {
    let html = grid(vec![insight("Ledgerly", Some(31))]);
    let text = text(&html);
    for part in [
        "100 × (C + 1) ÷ (C + F + 1): C 3.0 completed and F 4.0 failed in 30 days",
        "− 12.0",
        "− 7.0",
        "− 0.0",
        "Tasks of Ledgerly",
    ] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    assert!(html.contains("href=\"/hermes/tasks?product=p_8\""), "{html}");
    assert!(html.contains("title=\"4 queued, 1 running, 2 blocked\""), "{html}");
}

#[test]
fn what_nobody_told_is_unknown_and_what_was_guessed_is_marked() {
    let html = grid(vec![insight("Ledgerly", Some(31))]);
    let (_, table) = html.split_once("class=\"problems\"").unwrap();
    // Momentum, production and the last commit.
    assert_eq!(table.matches("class=\"unknown\"").count(), 3, "{table}");
    assert!(table.contains("Unknown: nothing measures what is in production yet"), "{table}");
    assert_eq!(table.matches("(inferred)").count(), 1, "the deployment: {table}");
}

#[test]
fn hostile_text_is_only_text() {
    let mut hostile = insight("x", Some(31));
    hostile.product.name = HOSTILE.to_owned();
    hostile.product.slug = "javascript:alert(1)/../..".to_owned();
    let html = grid(vec![hostile]);
    check_harmless(&html);
    assert!(!html.contains("\"'><") && !html.contains("href=\"javascript:"), "{html}");
}

#[test]
fn a_portfolio_without_a_product_says_so() {
    assert!(text(&grid(Vec::new())).contains("No product is known"));
}
