//! What runs beside the requests. Every job ends when its token is cancelled.

pub mod home;
pub mod retention;
pub mod tail;
pub mod warm;
