//! Insights: what follows from the facts. Each is a pure function of ([`Facts`](crate::facts::Facts), `now`,
//! [`Rules`](crate::settings::Rules)); its formula is in its docs, with a worked example in `docs/insights.md`.

pub mod agent_health;
pub mod attention;
pub mod best_action;
pub mod digest;
pub mod execution;
pub mod executive;
pub mod fingerprint;
pub mod health;
pub mod history;
pub mod missions;
pub mod momentum;
pub mod neglected;
pub mod next_action;
pub mod overview;
pub mod portfolio;
pub mod results;
pub mod status;
pub mod stuck;
pub mod tape;
pub mod trend;
mod weight;
