//! Pages: the only place that makes resources.

pub mod audit;
pub mod decided;
pub mod not_built;
pub mod not_found;
pub mod overview;
pub mod sources;

pub use audit::AuditPage;
pub use not_built::{AgentsPage, HistoryPage, ProductPage, ProductsPage, SettingsPage, TaskPage, TasksPage};
pub use not_found::NotFoundPage;
pub use overview::OverviewPage;
pub use sources::SourcesPage;
