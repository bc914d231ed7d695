//! Another process writes to the home as the agent does, and is killed again and again, while this one reads: the
//! writer never waits, nothing of its databases changes, and the ledger ends as if all had been read at once.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex},
    thread::JoinHandle,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use hermes_fake::{Action, Writer};
use sqlx::{AssertSqlSafe, ConnectOptions as _, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    follow::{small_home, sums},
    harness::{Ledger, copy_of, db::number, now, reader, same},
};

/// How often the agent is killed.
const LIVES: u64 = 4;

/// Steps of each of its lives.
const STEPS: u64 = 130;

/// It waits for a look at its home after so many steps, so that there are looks in all of its life.
const TOGETHER: u64 = 10;

/// Rows of the transaction in which it dies: more than a page cache holds, so that some lie in the log.
const HUNG_ROWS: usize = 2500;

/// The home that the other process writes to, which of its lives it is, and when that begins.
const HOME: &str = "TEST_AGENT_HOME";
const LIFE: &str = "TEST_AGENT_LIFE";

/// When a life begins.
fn birth(life: u64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(i64::try_from(life * (STEPS + 1) * 7).unwrap())
}

/// Writes without any patience: whoever holds it up makes it fail.
struct Impatient(Vec<SqliteConnection>, u64);

impl Impatient {
    async fn open(home: &Path) -> Self {
        let mut all = Vec::new();
        for file in ["state.db", "kanban.db", "cron/executions.db"] {
            let options = SqliteConnectOptions::new().filename(home.join(file)).busy_timeout(Duration::ZERO);
            all.push(options.connect().await.unwrap());
        }
        Self(all, 0)
    }

    /// Commits to each database something that changes no row.
    async fn write(&mut self) {
        self.1 += 1;
        for conn in &mut self.0 {
            let commit = format!("begin immediate; pragma user_version = {}; commit", self.1);
            sqlx::raw_sql(AssertSqlSafe(commit)).execute(conn).await.unwrap();
        }
    }
}

#[tokio::test]
#[ignore = "the other process of this file's test, and nothing without it"]
async fn the_agent() {
    let (Some(home), Ok(life)) = (std::env::var_os(HOME), std::env::var(LIFE)) else { return };
    let (home, life): (&Path, u64) = (home.as_ref(), life.parse().unwrap());
    let mut writer = Writer::open(home, 100 + life).await.unwrap();
    let mut impatient = Impatient::open(home).await;
    let mut at = birth(life);
    for step in 1..=STEPS {
        at += TimeDelta::seconds(7);
        writer.step(at).await.unwrap();
        if step % 5 == 0 {
            // More of what is rare than chance would bring.
            for rare in [Action::Compact, Action::Jobs, Action::Attempt] {
                writer.perform(rare, at).await.unwrap();
            }
        }
        impatient.write().await;
        println!("\nagent: step {}", at.timestamp());
        if step % TOGETHER == 0 {
            std::io::stdin().lock().read_line(&mut String::new()).unwrap();
        }
    }
    let hung = async |session: String| {
        println!("\nagent: hangs {session}");
        std::future::pending::<()>().await;
    };
    writer.hang(at, HUNG_ROWS, hung).await.unwrap();
}

/// The agent, at work.
struct Agent {
    child: Child,
    stdin: ChildStdin,
    said: Arc<Mutex<Vec<String>>>,
    listens: Option<JoinHandle<()>>,
}

impl Agent {
    fn begin(home: &Path, life: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "while_it_writes::the_agent", "--nocapture", "--include-ignored"])
            .env(HOME, home)
            .env(LIFE, life.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        let listens = std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(line) = line.strip_prefix("agent: ") {
                    heard.lock().unwrap().push(line.to_owned());
                }
            }
        });
        Self { child, stdin, said, listens: Some(listens) }
    }

    /// The last that it said of that kind.
    fn said(&self, kind: &str) -> Option<String> {
        let said = self.said.lock().unwrap();
        said.iter().rev().find_map(|line| line.strip_prefix(kind)).map(ToOwned::to_owned)
    }

    /// Lets it go on to the next ten steps. It may be gone.
    fn nod(&mut self) {
        let _ = self.stdin.write_all(b"\n");
    }

    /// Kills it where it hangs.
    fn kill(&mut self) {
        assert_eq!(self.child.try_wait().unwrap(), None, "it ended by itself: something held it up");
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.listens.take().unwrap().join().unwrap();
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What only grows while the agent works, to tell that it did.
async fn traces(home: &Path) -> [i64; 4] {
    let jobs = std::fs::read_to_string(home.join("cron/jobs.json")).unwrap();
    let jobs: serde_json::Value = serde_json::from_str(jobs.trim_start_matches('\u{feff}')).unwrap();
    let ran =
        jobs["jobs"].as_array().unwrap().iter().map(|job| job["repeat"]["completed"].as_i64().unwrap()).sum();
    [
        number(home, "state.db", "select count(*) from messages where active = 1").await,
        number(home, "state.db", "select count(*) from messages where active = 0 and compacted = 1").await,
        number(home, "kanban.db", "select count(*) from task_events").await,
        ran,
    ]
}

/// One life of the agent, and looks at its home as long as it lasts. How many lines came while it lived.
async fn one_life(home: &Path, life: u64, ledger: &Ledger, follower: &mut hermes_home::Reader) -> u64 {
    let mut agent = Agent::begin(home, life);
    let mut came = 0;
    let hung = loop {
        let at = agent
            .said("step ")
            .map_or(birth(life), |at| DateTime::from_timestamp(at.parse().unwrap(), 0).unwrap());
        came += ledger.finish_at(follower, at).await;
        agent.nod();
        if let Some(hung) = agent.said("hangs ") {
            break hung;
        }
        assert_eq!(agent.child.try_wait().unwrap(), None, "it ended by itself: something held it up");
    };
    ledger.finish_at(follower, birth(life + 1)).await;
    agent.kill();
    let count = format!("select count(*) from sessions where id = '{hung}'");
    assert_eq!(number(home, "state.db", &count).await, 0, "what was not committed is not there");
    assert!(ledger.tasks().await.iter().all(|task| !task.id.as_str().contains(&hung)));
    came
}

#[tokio::test]
async fn reading_while_the_agent_writes_and_dies_holds_it_up_in_nothing_and_misses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path();
    small_home(home, 5, now()).await;
    let before = traces(home).await;
    let ledger = Ledger::new();
    let mut follower = reader(home);
    for life in 0..LIVES {
        let came = one_life(home, life, &ledger, &mut follower).await;
        assert!(came > STEPS / 2, "only {came} lines came while it lived");
        assert_eq!(follower.status().skipped, [], "life {life}");
        if life == 1 {
            // Another process of ours, too.
            follower = reader(home);
        }
    }
    let after = traces(home).await;
    assert!(
        before.iter().zip(after).all(|(before, after)| after > *before + 10),
        "{before:?}, then {after:?}"
    );

    // Nobody writes any more. What lies there is the log of a process that was killed, and reading leaves it so.
    let left = sums(home);
    assert!(left.iter().any(|(name, (size, _))| name.ends_with("state.db-wal") && *size > 4096), "{left:#?}");
    let end = birth(LIVES);
    ledger.finish_at(&mut follower, end).await;
    let fresh = Ledger::new();
    let mut once = reader(home);
    fresh.finish_at(&mut once, end).await;
    let report = once.report(&fresh).await.unwrap();
    assert_eq!(report.total.skipped, []);
    assert_eq!(sums(home), left, "neither database nor log changed");
    same(&ledger.dump().await, &fresh.dump().await, "followed over its deaths");
    assert_eq!(follower.report(&ledger).await.unwrap(), report);

    // Later, those that died at work are known to be dead, in both.
    let later = end + TimeDelta::hours(1);
    ledger.finish_at(&mut follower, later).await;
    fresh.finish_at(&mut once, later).await;
    same(&ledger.dump().await, &fresh.dump().await, "an hour later");

    // The log alone, without what processes share, as after a power cut.
    let copy = copy_of(home);
    for file in ["state.db-shm", "kanban.db-shm", "cron/executions.db-shm"] {
        let _ = std::fs::remove_file(copy.path().join(file));
    }
    let cut = Ledger::new();
    cut.finish_at(&mut reader(copy.path()), later).await;
    same(&cut.dump().await, &fresh.dump().await, "after a power cut");
}
