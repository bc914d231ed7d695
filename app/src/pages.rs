//! Pages: the only place that makes resources.

pub mod agent;
pub mod agents;
pub(crate) mod ahead;
pub mod audit;
pub mod decided;
pub mod digest;
pub mod history;
pub mod not_found;
mod once_ready;
pub mod overview;
pub mod product;
pub mod products;
pub mod settings;
pub mod sources;
// The server always has it: tests compare its HTML.
#[cfg(any(feature = "ssr", feature = "development"))]
pub mod styleguide;
pub mod task;
pub mod tasks;

pub use agent::AgentPage;
pub use agents::AgentsPage;
pub use audit::AuditPage;
pub use digest::DigestPage;
pub use history::HistoryPage;
pub use not_found::NotFoundPage;
pub use overview::OverviewPage;
pub use product::ProductPage;
pub use products::ProductsPage;
pub use settings::SettingsPage;
pub use sources::SourcesPage;
#[cfg(any(feature = "ssr", feature = "development"))]
pub use styleguide::StyleguidePage;
pub use task::TaskPage;
pub use tasks::TasksPage;
