//! What happens around every request, whatever its route.

mod count;
mod host;
mod once;
mod panic;
mod present;
mod proof;
mod request_log;
mod security_headers;
mod time_limit;

pub(crate) use self::{
    count::count,
    host::loopback_only,
    once::once,
    panic::caught,
    present::present,
    proof::{missing_token, require_proof},
    request_log::request_log,
    security_headers::security_headers,
    time_limit::time_limit,
};
pub use self::{once::Once, proof::Caller, security_headers::CspNonce};
