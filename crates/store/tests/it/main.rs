//! The in-memory store passes the suite that every store passes.

use store::{MemoryStore, conformance};

#[tokio::test]
async fn the_memory_store_conforms() {
    conformance::all(async || MemoryStore::new()).await;
}
