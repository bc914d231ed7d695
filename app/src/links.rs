//! Where figures and names lead. One place, so that a link never names a filter that does not exist.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    decision::Subject,
    id::{AgentId, JobId, ProductId, TaskId},
    insight::agent_health::AgentFilter,
    portfolio::PortfolioQuery,
    query::{DateBound, Direction, Sort, SortKey, TaskFilter, TaskQuery},
    settings::Section,
    task::TaskStatus,
};

/// All that forms tell their pages, behind the `?`: the next form's answer takes the place of the last one's.
pub const TOLD: [&str; 5] = ["decided", "saved", "deleted", "changed", "refused"];

/// The executive page.
pub const HOME: &str = "/hermes";
/// The attention queue on the executive page.
pub const ATTENTION: &str = "/hermes#attention";
/// The same with all that it has.
pub const WHOLE_QUEUE: &str = "/hermes?queue=all#attention";
/// The same from the first item on that is not listed otherwise.
pub const REST_OF_QUEUE: &str = "/hermes?queue=all#attention-rest";
/// The task ledger.
pub const TASKS: &str = "/hermes/tasks";
/// The portfolio.
pub const PRODUCTS: &str = "/hermes/products";
/// Work over time.
pub const HISTORY: &str = "/hermes/history";
/// The digest of a week.
pub const DIGEST: &str = "/hermes/history/digest";
/// Agents and tools.
pub const AGENTS: &str = "/hermes/agents";
/// Settings.
pub const SETTINGS: &str = "/hermes/settings";

/// Every component in all its states; a page in builds for development.
#[cfg(any(feature = "ssr", feature = "development"))]
pub const STYLEGUIDE: &str = "/hermes/styleguide";

/// The settings for programs; also their export.
pub const SETTINGS_JSON: &str = "/api/v1/settings";

/// A section of the settings.
pub fn settings(section: Section) -> String {
    format!("{SETTINGS}?section={section}")
}

/// What is read of the agent's own files.
pub const SOURCES: &str = "/hermes/sources";
/// The same for programs.
pub const SOURCES_JSON: &str = "/api/v1/sources";

/// What the founder decided.
pub const AUDIT: &str = "/hermes/audit";
/// The same for programs.
pub const AUDIT_JSON: &str = "/api/v1/audit";

/// A page of the audit log; 1 has the newest entries.
pub fn audit(page: u32) -> String {
    if page > 1 { format!("{AUDIT}?page={page}") } else { AUDIT.to_owned() }
}

/// The digest of that week: `2026-W47`.
pub fn digest(week: &str) -> String {
    format!("{DIGEST}?week={}", segment(week))
}

/// The ledger with the tasks of that status, those that ended last first where they have ended.
pub fn tasks(status: TaskStatus) -> String {
    let key = if status.is_open() { SortKey::Activity } else { SortKey::Completed };
    let filter = TaskFilter { status: BTreeSet::from([status]), ..TaskFilter::default() };
    let query = TaskQuery {
        filter,
        sort: vec![Sort { key, direction: Direction::Descending }],
        ..TaskQuery::default()
    };
    format!("{TASKS}?{}", query.text())
}

/// The ledger with the tasks that ended from `from` until before `to`, the latest first: those of that status and product,
/// where they are named.
pub fn tasks_ended(
    status: Option<TaskStatus>,
    product: Option<&ProductId>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> String {
    let filter = TaskFilter {
        status: status.into_iter().collect(),
        product: product.cloned().into_iter().collect(),
        ended_from: Some(DateBound::At(from)),
        ended_to: Some(DateBound::At(to)),
        ..TaskFilter::default()
    };
    let sort = vec![Sort { key: SortKey::Completed, direction: Direction::Descending }];
    format!("{TASKS}?{}", TaskQuery { filter, sort, ..TaskQuery::default() }.text())
}

/// The ledger as a question asks for it, which stands behind the `?`.
pub fn ledger(query: &str) -> String {
    if query.is_empty() { TASKS.to_owned() } else { format!("{TASKS}?{query}") }
}

/// The ledger with the tasks of that product.
pub fn tasks_of(product: &ProductId) -> String {
    let filter = TaskFilter { product: BTreeSet::from([product.clone()]), ..TaskFilter::default() };
    format!("{TASKS}?{}", TaskQuery { filter, ..TaskQuery::default() }.text())
}

/// The ledger with the tasks of that product and status, those that ended last first where they have ended.
pub fn tasks_of_status(product: &ProductId, status: TaskStatus) -> String {
    format!("{}&product={}", tasks(status), product_filter(product))
}

/// The product as a filter names it in an address.
pub fn product_filter(product: &ProductId) -> String {
    let link = tasks_of(product);
    link.split_once("product=").map_or_else(String::new, |(_, value)| value.to_owned())
}

/// Work over time of that product.
pub fn history_of(product: &ProductId) -> String {
    format!("{HISTORY}?product={}", product_filter(product))
}

/// The portfolio as it is asked for.
pub fn portfolio(query: &PortfolioQuery) -> String {
    match query.text() {
        text if text.is_empty() => PRODUCTS.to_owned(),
        text => format!("{PRODUCTS}?{text}"),
    }
}

/// The tasks that a question of the ledger shows, as a file: `json` or `jsonl`.
pub fn export(format: &str, query: &str) -> String {
    let and = if query.is_empty() { "" } else { "&" };
    format!("/api/v1/tasks/export?format={format}{and}{query}")
}

/// The page of a task.
pub fn task(id: &TaskId) -> String {
    format!("{TASKS}/{}", segment(id.as_str()))
}

/// The page of a product, by its name in links or its id.
pub fn product(slug: &str) -> String {
    format!("{PRODUCTS}/{}", segment(slug))
}

/// The agents' page with those workers.
pub fn agents(filter: &AgentFilter) -> String {
    let text = filter.text();
    if text.is_empty() { AGENTS.to_owned() } else { format!("{AGENTS}?{text}") }
}

/// The page of an agent, tool, integration or runner.
pub fn agent(id: &AgentId) -> String {
    format!("{AGENTS}/{}", segment(id.as_str()))
}

/// A scheduled job on the agents' page.
pub fn job(id: &JobId) -> String {
    format!("{AGENTS}#{}", job_anchor(id))
}

/// What a scheduled job's row is called there.
pub fn job_anchor(id: &JobId) -> String {
    format!("job-{}", segment(id.as_str()).replace('%', "_"))
}

/// The ledger with the tasks of that agent, of those statuses.
pub fn tasks_by(agent: &AgentId, statuses: &[TaskStatus]) -> String {
    let filter = TaskFilter {
        agent: BTreeSet::from([agent.clone()]),
        status: statuses.iter().copied().collect(),
        ..TaskFilter::default()
    };
    format!("{TASKS}?{}", TaskQuery { filter, ..TaskQuery::default() }.text())
}

/// The page of what an item is about. The agents' page has the schedule, too.
pub fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Task(id) => task(id),
        Subject::Product(id) => product(id.as_str()),
        Subject::Agent(id) => agent(id),
        Subject::Job(id) => job(id),
    }
}

/// Text as one segment of a path: all but letters, digits and `-._~:` is written as `%XX`.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
    // `.` and `..` would be taken for steps in the path.
    if matches!(out.as_str(), "." | "..") { out.replace('.', "%2E") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_in_a_link_is_one_that_exists() {
        let link = tasks(TaskStatus::Failed);
        assert_eq!(link, "/hermes/tasks?status=failed&sort=-completedAt");
        let (_, query) = link.split_once('?').unwrap();
        assert!(TaskQuery::parse(query).is_ok());
        let hostile = ProductId::new("a&b=c #d").unwrap();
        let link = tasks_of(&hostile);
        let (_, query) = link.split_once('?').unwrap();
        let parsed = TaskQuery::parse(query).unwrap();
        assert_eq!(parsed.filter, TaskFilter { product: BTreeSet::from([hostile]), ..TaskFilter::default() });
    }

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(segment("hermes:default:t_1"), "hermes:default:t_1");
        assert_eq!(segment("a/b?c#d é"), "a%2Fb%3Fc%23d%20%C3%A9");
        assert_eq!(segment(".."), "%2E%2E");
        assert_eq!(segment("javascript:alert(1)"), "javascript:alert%281%29");
    }
}
