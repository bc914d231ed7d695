//! The agent's databases, changed by hand.

use std::{fs, path::Path};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions,
};

/// The databases of a home.
pub(crate) const DATABASES: [&str; 5] =
    ["state.db", "kanban.db", "projects.db", "verification_evidence.db", "cron/executions.db"];

/// A connection that may write, without foreign keys.
pub(crate) async fn open(home: &Path, file: &str) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(home.join(file)).foreign_keys(false);
    options.connect().await.unwrap()
}

/// Runs statements on a database of a home.
pub(crate) async fn sql(home: &Path, file: &str, statements: &str) {
    let mut conn = open(home, file).await;
    let done = sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(&mut conn).await;
    done.unwrap_or_else(|error| panic!("{file}: {statements}: {error}"));
    conn.close().await.unwrap();
}

/// One number of a database of a home.
pub(crate) async fn number(home: &Path, file: &str, statement: &str) -> i64 {
    let options = SqliteConnectOptions::new().filename(home.join(file)).read_only(true);
    let mut conn = options.connect().await.unwrap();
    let found = sqlx::query_scalar(AssertSqlSafe(statement.to_owned())).fetch_one(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    found
}

/// The columns of a table.
pub(crate) async fn columns(home: &Path, file: &str, table: &str) -> Vec<String> {
    let mut conn = open(home, file).await;
    let found = sqlx::query_scalar("select name from pragma_table_info(?)")
        .bind(table.to_owned())
        .fetch_all(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    found
}

/// Makes a table one of an older version, without those columns.
pub(crate) async fn without_columns(home: &Path, file: &str, table: &str, gone: &[&str]) {
    let kept: Vec<String> = columns(home, file, table)
        .await
        .into_iter()
        .filter(|column| !gone.contains(&column.as_str()))
        .collect();
    let kept = kept.join(", ");
    let statements = format!(
        "create table kept as select {kept} from {table}; drop table {table}; alter table kept rename to {table}"
    );
    sql(home, file, &statements).await;
}

/// Puts bytes in the place of a file (or a folder), as a whole: a file with another identity.
pub(crate) fn replace(path: &Path, bytes: &[u8]) {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes).unwrap();
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    }
    fs::rename(beside, path).unwrap();
}

/// Numbers that look like chance, the same ones each time.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next one, below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}
