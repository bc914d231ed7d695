-- Failures by what they say without what differs from time to time (domain::insight::fingerprint). `kind` 0: the error of
-- a task, 1: an event; `ref` is its id. Kept in the transaction that changes the row. Fingerprints are made in Rust, so
-- those of rows that are there already are made when the file is opened: `fingerprints` in `meta` says by which version.
create table failures (
    kind integer not null,
    ref text not null,
    task text not null,
    at integer not null,
    fingerprint text not null,
    primary key (kind, ref)
) without rowid;
create index failures_by_fingerprint on failures (fingerprint, task, at);
create index failures_by_task on failures (task, fingerprint, at);
