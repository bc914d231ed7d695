-- Tasks that turned out to be others. `into_id` is the end of the chain: it is never itself a `from_id`.
create table task_merges (
    from_id text primary key,
    into_id text not null
) without rowid;
create index task_merges_by_into on task_merges (into_id);

-- Whether a task's source says that it needs the founder, though the task is not blocked: few are, so the index is short.
alter table tasks add column flagged integer not null default 0;
create index tasks_flagged on tasks (activity_at desc, id) where flagged = 1;
