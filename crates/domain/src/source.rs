//! What is read of an agent's own files, and what is not: the account that the Sources page gives.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The most skipped places, unknown kinds, files and lessons that a status lists; the totals beside them are exact.
pub const MAX_LISTED: usize = 500;

/// What became of an agent's home folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HomeStatus {
    /// The folder, as it was named.
    pub path: String,
    /// How it was found.
    pub found: HomeFound,
    /// What the reader does with it at present.
    pub state: HomeState,
    /// How far reading has come.
    pub progress: HomeProgress,
    /// When all of it was last looked at.
    pub looked_at: Option<DateTime<Utc>>,
    /// Every file that was found or looked for, by profile and path.
    pub files: Vec<SourceFile>,
    /// What was skipped, and why.
    pub skipped: Vec<Skipped>,
    /// How many places were skipped.
    pub skipped_total: u64,
    /// Words of the agent's that this version does not know.
    pub unknown: Vec<UnknownKind>,
    /// What the agent has learned: its memories and skills.
    pub lessons: Vec<Lesson>,
}

string_enum! {
    /// How a home folder was found.
    pub enum HomeFound as "way to a home" {
        Option = "option", "named on the command line";
        Environment = "environment", "named by HERMES_HOME";
        Default = "default", "the agent's usual folder";
    }
}

string_enum! {
    /// What the reader does with a home.
    pub enum HomeState as "state of a home" {
        Missing = "missing", "Not found";
        Unreadable = "unreadable", "Cannot be read";
        Reading = "reading", "Reading";
        Following = "following", "Following";
        Imported = "imported", "Imported once";
    }
}

/// How far reading has come: sessions are read newest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HomeProgress {
    /// Sessions that were read.
    pub sessions_read: u64,
    /// Sessions that there are, where that is known already.
    pub sessions_total: Option<u64>,
    /// Message rows that were read.
    pub messages_read: u64,
}

string_enum! {
    /// What kind of thing a file of a home is.
    pub enum FileKind as "kind of file" {
        Sessions = "sessions", "Sessions and messages";
        Kanban = "kanban", "Kanban board";
        Projects = "projects", "Projects";
        Jobs = "jobs", "Scheduled jobs";
        Executions = "executions", "Job executions";
        JobOutput = "job-output", "Outputs of jobs";
        Verification = "verification", "Tests and checks";
        RequestDumps = "request-dumps", "Failed model calls";
        Gateway = "gateway", "Gateway state";
        Memory = "memory", "Memories";
        Skills = "skills", "Skills";
    }
}

string_enum! {
    /// What became of a file.
    pub enum FileState as "state of a file" {
        Read = "read", "Read";
        Copied = "copied", "Read from a copy";
        Waiting = "waiting", "Being read";
        Absent = "absent", "Not there";
        Failed = "failed", "Cannot be read";
    }
}

/// One file (or folder of files) of a home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceFile {
    /// The profile that it belongs to; `default` is the home itself.
    pub profile: String,
    /// Its path within the home.
    pub path: String,
    /// What kind of thing it is.
    pub kind: FileKind,
    /// What became of it.
    pub state: FileState,
    /// Why, where it could not be read.
    pub reason: Option<String>,
    /// When it was last written, its write-ahead log included.
    pub modified_at: Option<DateTime<Utc>>,
    /// Its size in bytes, its write-ahead log included; of a folder, of all files that count.
    pub bytes: Option<u64>,
    /// What it holds, counted in its own words: "20 sessions, 148 messages".
    pub holds: Option<String>,
    /// The schema version that it tells, where it tells one.
    pub schema: Option<String>,
}

/// A place that was skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Skipped {
    /// Where: a path within the home, with table, row or line.
    #[serde(rename = "where")]
    pub place: String,
    /// Why, and what to do about it where something can be done.
    pub reason: String,
}

/// A word of the agent's that this version does not know. Its rows are counted, not interpreted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnknownKind {
    /// Where it stands: `kanban.db task_events.kind`.
    #[serde(rename = "where")]
    pub place: String,
    /// The word itself.
    pub kind: String,
    /// How many rows have it.
    pub count: u64,
    /// When the newest of them was written.
    pub last_at: Option<DateTime<Utc>>,
}

string_enum! {
    /// Where a lesson stands.
    pub enum LessonKind as "kind of lesson" {
        Memory = "memory", "Memory";
        User = "user", "About you";
        Skill = "skill", "Skill";
    }
}

/// Something that the agent has learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Lesson {
    /// The profile that it belongs to.
    pub profile: String,
    /// Where it stands.
    pub kind: LessonKind,
    /// The skill's name; `null` for memories.
    pub name: Option<String>,
    /// What was learned.
    pub text: String,
    /// The file, within the home.
    pub path: String,
}

/// What is never read, whatever lies in a home: pattern, and why. The reader opens named files only; this list is for
/// people.
pub const NEVER_READ: [(&str, &str); 5] = [
    (".env", "keys and passwords"),
    ("config.yaml", "may hold keys"),
    ("auth.json, *.key, *.pem, shell-hooks-allowlist.json", "credentials and consents"),
    ("response_store.db", "answers of the model, as the agent caches them"),
    ("cache/, checkpoints/, plugins/, hooks/, scripts/, logs/", "not needed for what is shown"),
];
