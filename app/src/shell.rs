//! The document around the app, and the frame around every page: rail, top bar, tab bar.

pub mod demo_badge;
pub mod document;
pub mod frame;
pub mod live_notice;
pub mod nav;
pub mod page_foot;
pub mod pulse;
pub mod rail;
pub mod stopped;
pub mod store_info;
pub mod tabbar;
pub mod topbar;

pub use frame::Frame;
