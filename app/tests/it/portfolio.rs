//! The portfolio and its table, with hostile text in them.

use app::{api::products::ProductsPage, components::Portfolio};
use chrono::TimeDelta;
use domain::{
    id::ProductId,
    insight::portfolio::portfolio,
    portfolio::{PortfolioLayout, PortfolioQuery},
    product::ProductRecord,
    settings::Rules,
    zone::Zone,
};
use leptos::prelude::*;

use crate::fixture::{HARMLESS, HOSTILE, html, now};

fn page(records: Vec<ProductRecord>) -> ProductsPage {
    let products = records.into_iter().map(|record| record.view(None)).collect();
    let facts = domain::facts::Facts { products, ..Default::default() };
    let rules = Rules::default();
    let queue = domain::insight::attention::queue(&facts, now(), &rules);
    let products = portfolio(&facts, &queue, now(), &rules);
    ProductsPage { products, without_product: 7, rules, now: now(), zone: Zone::utc() }
}

fn hostile() -> ProductRecord {
    let id = ProductId::new("p1").unwrap();
    let mut record = ProductRecord::placeholder(id, now() - TimeDelta::days(3));
    record.name = Some(HOSTILE.to_owned());
    record.slug = Some(HOSTILE.to_owned());
    record.tags = Some(vec![HOSTILE.to_owned()]);
    record.repo_url = Some("javascript:alert(1)".to_owned());
    record.production_url = Some("https://example.test/\"><script>".to_owned());
    record
}

fn shown(page: ProductsPage, query: PortfolioQuery) -> String {
    html(move || {
        view! { <Portfolio page=Signal::stored(page) query=Signal::stored(query)/> }
    })
}

#[test]
fn hostile_text_stays_text_and_what_is_unknown_is_said() {
    for layout in [PortfolioLayout::Grid, PortfolioLayout::Table] {
        let html = shown(page(vec![hostile()]), PortfolioQuery { layout, ..PortfolioQuery::default() });
        assert!(html.contains(HARMLESS), "{html}");
        assert!(
            !html.contains("<script>") && !html.contains("<img") && !html.contains("javascript:"),
            "{html}"
        );
        assert!(html.contains("href=\"https://example.test/"), "{html}");
        assert!(html.to_lowercase().contains("unknown"), "{html}");
        assert!(html.contains("7 tasks name no product"), "{html}");
    }
}

#[test]
fn nothing_is_told_with_the_next_step() {
    let none = shown(page(Vec::new()), PortfolioQuery::default());
    assert!(none.contains("No product is known yet") && none.contains("/hermes/sources"), "{none}");
    let query = PortfolioQuery { q: "zebra".to_owned(), ..PortfolioQuery::default() };
    let filtered = shown(page(vec![hostile()]), query);
    assert!(filtered.contains("No product matches") && filtered.contains("zebra"), "{filtered}");
}
