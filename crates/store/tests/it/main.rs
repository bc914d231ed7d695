//! The in-memory store passes the suite that every store passes.

use store::{MemoryStore, conformance};

#[tokio::test]
async fn the_memory_store_conforms() {
    Box::pin(conformance::all(async || MemoryStore::new())).await;
}

#[tokio::test]
async fn the_founders_word_about_products_conforms() {
    Box::pin(conformance::products(async || MemoryStore::new())).await;
}

#[tokio::test]
async fn the_parts_of_the_mirror_conform() {
    conformance::mirror(async || MemoryStore::new()).await;
}

#[tokio::test]
async fn exports_and_views_conform() {
    Box::pin(conformance::ledger(async || MemoryStore::new())).await;
}

#[tokio::test]
async fn thousands_of_questions_are_answered_as_a_scan_answers_them() {
    conformance::questions(&MemoryStore::new()).await;
}

#[tokio::test]
async fn deleting_conforms() {
    Box::pin(conformance::retention(async || MemoryStore::new())).await;
}
