//! Bounds: what one request may cost.

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

/// The largest body of telemetry, as sent.
pub const MAX_BODY: usize = 16 * 1024 * 1024;

/// The largest body of telemetry, decompressed.
pub const MAX_INFLATED: usize = 64 * 1024 * 1024;

/// Lines are decoded and stored in pieces of about this size, so that a flood of bad lines stays small in memory.
pub const PIECE: usize = 1024 * 1024;

/// Bodies of telemetry that may be in memory at a time. More are asked to come back.
const BODIES: usize = 32;

/// Bodies that are decompressed at a time. More wait.
const UNPACKING: usize = 4;

/// Exports that are on their way at a time. More are asked to come back.
const EXPORTS: usize = 2;

/// Live streams that are open at a time. More are asked to come back.
const STREAMS: usize = 2_000;

/// The longest that a request may take, until its answer begins: exports and live streams go on for as long as they do.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The bounds in force.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Places for bodies of telemetry.
    pub bodies: Arc<Semaphore>,
    /// Places for decompression.
    pub unpacking: Arc<Semaphore>,
    /// Places for exports.
    pub exports: Arc<Semaphore>,
    /// Places for live streams.
    pub streams: Arc<Semaphore>,
    /// The longest that a request may take.
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bodies: Arc::new(Semaphore::new(BODIES)),
            unpacking: Arc::new(Semaphore::new(UNPACKING)),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            streams: Arc::new(Semaphore::new(STREAMS)),
            timeout: TIMEOUT,
        }
    }
}
