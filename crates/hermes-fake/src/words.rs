//! Fictional products, and what is asked of an agent about them.

/// First and second halves of product names; together more than enough for a portfolio.
pub(crate) const FIRST: &[&str] = &[
    "invoice", "landing", "metrics", "auth", "billing", "search", "notes", "booking", "mail", "ledger",
    "catalog", "survey", "deploy", "image", "chat", "feed",
];
pub(crate) const SECOND: &[&str] = &["api", "site", "worker", "gateway", "app", "console"];

/// What a session is about; `{}` is the product.
pub(crate) const TASKS: &[&str] = &[
    "Fix the failing test in {}",
    "Deploy {} to staging",
    "Audit the dependencies of {}",
    "Refactor the settings module of {}",
    "Write the release notes of {}",
    "Investigate slow requests in {}",
    "Add pagination to the list view of {}",
    "Update the README of {}",
    "Rotate the signing key in {}",
    "Research options for caching in {}",
    "Clean the build cache of {}",
    "Cut the next release of {}",
    "Check why <b>{}</b> answers 502 & restart it",
    "Upgrade the TLS settings of {}",
    "Plan the next milestone of {}",
    "Find unused code in {}",
];

/// What a scheduled job does; `{}` is the product.
pub(crate) const JOBS: &[&str] = &[
    "{} health",
    "{} nightly cleanup",
    "{} certificate check",
    "{} weekly audit",
    "{} backup",
    "{} cost report",
];

/// What a card on the board asks for; `{}` is the product.
pub(crate) const CARDS: &[&str] = &[
    "Draft release notes for {}",
    "Move the assets of {} to the CDN",
    "Write a runbook for {}",
    "Explore passkey login in {}",
    "Split the monolith behind {}",
    "Migrate {} to the new queue",
];

/// Reasons why a worker cannot go on, with the kind that the board gives them.
pub(crate) const BLOCKS: &[(&str, &str)] = &[
    ("needs_input", "Need the CDN account id from the web team"),
    ("capability", "No tool can reach the staging network"),
    ("needs_input", "Which of the two pricing tables is right?"),
    ("transient", "The package registry is down"),
];

/// Prose for outputs, thoughts and prompts.
pub(crate) const FILLER: &[&str] = &[
    "The request handler reads the whole body before it looks at the length.",
    "Rounding happens twice: once a line, once a total.",
    "The cache is keyed by the path alone, so two tenants share an entry.",
    "A retry without a delay makes the outage longer.",
    "The test passes alone and fails in the suite: it depends on the order.",
    "Nothing calls this function since the last release.",
    "The timeout is given in milliseconds and read as seconds.",
    "Both sides parse the date, each in its own zone.",
    "The index covers the filter but not the sort key.",
    "The job holds its lock across the network call.",
];

/// `template` about `product`.
pub(crate) fn about(template: &str, product: &str) -> String {
    template.replace("{}", product)
}
