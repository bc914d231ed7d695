//! What the product is made of, under the names of the brief. Each has its sheet in `style/components/`.

pub mod active_tasks_panel;
pub mod ago;
pub mod command;
pub mod empty_state;
pub mod error_state;
pub mod hermes_status_card;
pub mod how_counted;
pub mod inferred;
pub mod loading_skeleton;
pub mod metric_card;
pub mod priority_badge;
pub mod product_link;
pub mod task_status_badge;
pub mod told;
pub mod welcome;

pub use active_tasks_panel::ActiveTasksPanel;
pub use ago::{Ago, Ahead, Moment};
pub use command::Command;
pub use empty_state::EmptyState;
pub use error_state::ErrorState;
pub use hermes_status_card::HermesStatusCard;
pub use how_counted::HowCounted;
pub use inferred::Inferred;
pub use loading_skeleton::LoadingSkeleton;
pub use metric_card::{Figure, MetricCard, MetricRow};
pub use priority_badge::PriorityBadge;
pub use product_link::{ProductLink, ProductName};
pub use task_status_badge::TaskStatusBadge;
pub use told::Told;
pub use welcome::Welcome;
