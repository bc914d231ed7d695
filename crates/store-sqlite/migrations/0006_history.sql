-- What happened over time, by product: kept in the transaction that changes a task or an event. `grain` 0: by quarter of
-- an hour (UTC); 1: the same by UTC day, so that a long span is few rows. Slots of durations and causes of failures are
-- worked out by the domain, so the tables are filled from what is there by `history::fill`, when the file is opened.
create table history_ends (
    grain integer not null,
    at integer not null,
    product text not null,
    completed integer not null,
    failed integer not null,
    dropped integer not null,
    duration_ms integer not null,
    timed integer not null,
    -- Events `blocked`.
    blocked integer not null,
    primary key (grain, at, product)
) without rowid;
-- Each under its product, and once more under the empty name, which no product has: a sum over all products reads the few
-- rows of that name only.
create table history_durations (
    product text not null,
    grain integer not null,
    at integer not null,
    slot integer not null,
    n integer not null,
    primary key (product, grain, at, slot)
) without rowid;
create table history_causes (
    grain integer not null,
    at integer not null,
    product text not null,
    -- Its place in the domain's list.
    cause integer not null,
    n integer not null,
    primary key (grain, at, product, cause)
) without rowid;
