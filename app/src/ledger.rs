//! The state of the ledger's page. All of it stands in the address: a reload, a bookmark and the way back show the
//! same, and every control is a link or a field of a form.

mod address;
mod column;

pub use address::{Address, dropped};
pub use column::{Column, Columns};
