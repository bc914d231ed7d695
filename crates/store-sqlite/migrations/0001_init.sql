-- The ledger: rows as the JSON of the domain's records, with columns only for what is filtered, sorted or joined.
-- Times are microseconds since 1970 in UTC. Words of fixed lists (status, priority …) are their place in the list.

-- Small values: the last place in the log (`seq`), lines taken ever (`lines`), the key of the digests, the newest
-- event.
create table meta (
    key text primary key,
    value blob not null
) without rowid;

-- Every line that was taken, ever: outlives the rows that it made, so that a line sent again stays a duplicate.
create table lines (
    id text primary key,
    digest blob not null
) without rowid;

-- The log: which row changed at which place. The row itself is read where it lies.
create table changes (
    seq integer primary key,
    kind integer not null,
    ref text not null
);

create table products (
    id text primary key,
    row text not null
) without rowid;

create table tasks (
    key integer primary key,
    id text not null unique,
    title text not null,
    product text not null,
    status integer not null,
    priority integer,
    type integer,
    source integer,
    agent text,
    created_at integer not null,
    started_at integer,
    completed_at integer,
    ended_at integer,
    duration_ms integer,
    retries integer,
    progress real,
    activity_at integer not null,
    row text not null
);
create index tasks_by_creation on tasks (created_at, id);
create index tasks_by_activity on tasks (status, activity_at, id);
create index tasks_by_end on tasks (status, ended_at, id, product);
create index tasks_by_product on tasks (product, activity_at);

-- The words of each task (made by domain::text) by its key.
create virtual table task_words using fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none');

create table events (
    key integer primary key,
    id text not null unique,
    task text not null,
    at integer not null,
    line text not null,
    row text not null
);
create index events_by_task on events (task, at, line);

create table runs (
    key integer primary key,
    id text not null unique,
    task text,
    started_at integer,
    row text not null
);
create index runs_by_task on runs (task, started_at, id);

create table agents (
    id text primary key,
    row text not null
) without rowid;

create table jobs (
    id text primary key,
    row text not null
) without rowid;

-- Roll-ups: kept in the transaction that changes a task, so that a page costs the same at any size.
create table status_counts (
    status integer primary key,
    n integer not null
);
create table ended_buckets (
    at integer primary key,
    completed integer not null,
    failed integer not null,
    dropped integer not null,
    duration_ms integer not null,
    timed integer not null
);

-- How far each source was read.
create table cursors (
    name text primary key,
    value text not null
) without rowid;

-- Settings, every version of them; the last one is in force.
create table settings (
    version integer primary key,
    at integer not null,
    value text not null
);

create table tokens (
    name text primary key,
    hash text not null unique,
    created_at integer not null,
    last_used_at integer
) without rowid;
