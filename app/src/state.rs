//! What the client knows besides the data: the time, whether it is at work, and how to go elsewhere.

mod ahead;
mod changes;
mod clock;
#[cfg(feature = "hydrate")]
pub(crate) mod fetch;
mod go;
mod here;
mod hydrated;
#[cfg(feature = "hydrate")]
mod idle;
#[cfg(feature = "hydrate")]
pub(crate) mod keys;
mod late;
pub mod live;
mod mirror;
#[cfg(feature = "hydrate")]
mod painted;
mod single_keys;

pub use ahead::Ahead;
#[cfg(feature = "hydrate")]
pub(crate) use changes::Submitted;
pub use changes::{Change, ChangeState, Changes};
pub use clock::Clock;
#[cfg(feature = "hydrate")]
pub(crate) use clock::{device_ms, keeps_no_more, kept_ms};
pub use go::Go;
pub use here::here;
pub use hydrated::Hydrated;
#[cfg(feature = "hydrate")]
pub use hydrated::hydrate;
#[cfg(feature = "hydrate")]
pub(crate) use idle::breathe;
pub(crate) use late::late;
pub use live::Live;
pub use mirror::{Glance, Mirror};
#[cfg(feature = "hydrate")]
pub(crate) use painted::{once_painted, painted};
pub use single_keys::SingleKeys;
