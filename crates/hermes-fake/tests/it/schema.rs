//! The tables are those of a recorded home.

use hermes_fake::Plan;

use crate::dump::{DATABASES, make, now, open};

#[tokio::test]
async fn the_schema_is_that_of_a_recorded_home() {
    let (home, _) = make(&Plan { sessions: 3, jobs: 1, cards: 1, ..Plan::new(1, now()) }).await;
    for file in DATABASES {
        let name = file.trim_start_matches("cron/").trim_end_matches(".db");
        let recorded = format!("{}/testdata/master/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let recorded: Vec<serde_json::Value> = std::fs::read_to_string(recorded)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let mut db = open(home.path(), file).await;
        let found: Vec<(String, String, String, Option<String>)> =
            sqlx::query_as("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
                .fetch_all(&mut db)
                .await
                .unwrap();
        let found: Vec<serde_json::Value> = found
            .into_iter()
            .map(|(kind, name, table, sql)| serde_json::json!({ "type": kind, "name": name, "tbl_name": table, "sql": sql }))
            .collect();
        assert_eq!(found, recorded, "{file}");
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut db).await.unwrap();
        assert_eq!(mode, "wal", "{file}");
        let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut db).await.unwrap();
        assert_eq!(sound, "ok", "{file}");
        let orphans: Vec<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check")
            .fetch_all(&mut db)
            .await
            .unwrap();
        assert_eq!(orphans, [], "{file}");
    }
}
