//! The document around the app, and the frame around every page: rail, top bar, tab bar.

pub mod document;
pub mod frame;
pub mod nav;
pub mod rail;
pub mod tabbar;
pub mod topbar;

pub use frame::Frame;
