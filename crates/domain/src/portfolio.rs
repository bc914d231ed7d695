//! Questions to the portfolio: which products, in which order, shown how; and their text in a URL. The server and the
//! browser ask them with the same functions: a founder has tens of products, not thousands.

mod sort;
mod url;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

pub use self::sort::{PortfolioKey, PortfolioSort};
use crate::{
    insight::portfolio::ProductInsight,
    product::{ProductCategory, ProductStatus},
    settings::Rules,
    task::Priority,
    text,
};

string_enum! {
    /// The part of the portfolio that is looked at.
    pub enum PortfolioView as "view of the portfolio" {
        All = "all", "All products";
        HighPriority = "high-priority", "High priority";
        NeedsAttention = "needs-attention", "Needs attention";
        NoRecentActivity = "no-recent-activity", "No recent activity";
        RepeatedFailures = "repeated-failures", "Repeated failures";
        RecentlyShipped = "recently-shipped", "Recently shipped";
    }
}

string_enum! {
    /// How the products are shown.
    pub enum PortfolioLayout as "layout" {
        Grid = "grid", "Grid";
        Table = "table", "Table";
    }
}

/// A question to the portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioQuery {
    /// The part that is looked at.
    pub view: PortfolioView,
    /// Words that must all begin a word of the product's name, id, category, owner, tags or links.
    pub q: String,
    /// Only those of one of these kinds, where any is named.
    pub category: BTreeSet<ProductCategory>,
    /// Only those of one of these statuses. Archived products are shown only where they are asked for by it.
    pub status: BTreeSet<ProductStatus>,
    /// In which order.
    pub sort: PortfolioSort,
    /// Shown how.
    pub layout: PortfolioLayout,
}

impl Default for PortfolioQuery {
    fn default() -> Self {
        Self {
            view: PortfolioView::All,
            q: String::new(),
            category: BTreeSet::new(),
            status: BTreeSet::new(),
            sort: PortfolioSort::default(),
            layout: PortfolioLayout::Grid,
        }
    }
}

/// What the views are told by.
#[derive(Debug, Clone, Copy)]
pub struct Marks<'a> {
    /// The time that the portfolio holds at.
    pub now: DateTime<Utc>,
    /// The thresholds that it was made with.
    pub rules: &'a Rules,
}

impl PortfolioView {
    /// Whether the product is in it. Of products that are archived, only [`PortfolioView::All`] says so.
    pub fn has(self, insight: &ProductInsight, marks: Marks<'_>) -> bool {
        match self {
            Self::All => true,
            Self::HighPriority => matches!(insight.product.priority, Some(Priority::P0 | Priority::P1)),
            Self::NeedsAttention => insight.attention.is_some(),
            Self::NoRecentActivity => insight.neglected_since.is_some(),
            Self::RepeatedFailures => insight.recent_failures >= marks.rules.repeated_failures.into(),
            Self::RecentlyShipped => {
                let recently = marks.now - TimeDelta::days(marks.rules.recent_days.into());
                insight.last_deployment_at.is_some_and(|at| at >= recently && at <= marks.now)
            }
        }
    }
}

/// Values, each with how many products it would show.
pub type Counted<T> = Vec<(T, usize)>;

impl PortfolioQuery {
    /// The products asked for, in the order asked for.
    pub fn select<'a>(&self, all: &'a [ProductInsight], marks: Marks<'_>) -> Vec<&'a ProductInsight> {
        let words = text::query_tokens(&self.q);
        let mut found: Vec<_> = all
            .iter()
            .filter(|insight| self.matches(insight, &words) && self.view.has(insight, marks))
            .collect();
        found.sort_by(|a, b| self.sort.compare(a, b));
        found
    }

    /// How many products each view would show, all else asked as it is.
    pub fn counts(&self, all: &[ProductInsight], marks: Marks<'_>) -> Vec<(PortfolioView, usize)> {
        let words = text::query_tokens(&self.q);
        let found: Vec<_> = all.iter().filter(|insight| self.matches(insight, &words)).collect();
        let count = |view: PortfolioView| found.iter().filter(|insight| view.has(insight, marks)).count();
        PortfolioView::ALL.iter().map(|view| (*view, count(*view))).collect()
    }

    /// How many products each kind, then each status, would show, all else asked as it is.
    pub fn facets(
        &self,
        all: &[ProductInsight],
        marks: Marks<'_>,
    ) -> (Counted<ProductCategory>, Counted<ProductStatus>) {
        let any_kind = Self { category: BTreeSet::new(), ..self.clone() }.select(all, marks);
        let kind = |kind: &ProductCategory| {
            let of_kind = any_kind.iter().filter(|insight| insight.product.category == Some(*kind));
            (*kind, of_kind.count())
        };
        // No status named leaves out archived products; each one by itself does not.
        let every = ProductStatus::ALL.iter().copied().collect();
        let any_status = Self { status: every, ..self.clone() }.select(all, marks);
        let status = |status: &ProductStatus| {
            let of_status = any_status.iter().filter(|insight| insight.product.status == Some(*status));
            (*status, of_status.count())
        };
        (ProductCategory::ALL.iter().map(kind).collect(), ProductStatus::ALL.iter().map(status).collect())
    }

    /// Whether more is asked for than a view, an order and a layout.
    pub fn is_filtered(&self) -> bool {
        !self.q.trim().is_empty() || !self.category.is_empty() || !self.status.is_empty()
    }

    fn matches(&self, insight: &ProductInsight, words: &[String]) -> bool {
        let product = &insight.product;
        let by_status = if self.status.is_empty() {
            !product.is_archived()
        } else {
            product.status.is_some_and(|status| self.status.contains(&status))
        };
        let by_category = self.category.is_empty()
            || product.category.is_some_and(|category| self.category.contains(&category));
        by_status && by_category && (words.is_empty() || text::matches(&tokens(insight), words))
    }
}

fn tokens(insight: &ProductInsight) -> Vec<String> {
    let product = &insight.product;
    let links = [&product.repo_url, &product.production_url, &product.staging_url];
    let category = product.category.map(ProductCategory::as_str);
    let texts = [product.name.as_str(), &product.slug, product.id.as_str()].into_iter();
    let texts = texts.chain(category).chain(product.owner.as_deref());
    let texts = texts.chain(product.tags.iter().map(String::as_str));
    let texts = texts.chain(links.into_iter().filter_map(|link| link.as_deref()));
    texts.flat_map(text::text_tokens).collect()
}
