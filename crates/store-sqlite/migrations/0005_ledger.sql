-- The founder's saved views of the ledger, and what became of all that ever were. The history is only added to.
create table views (
    id integer primary key,
    name text not null,
    query text not null,
    position integer not null,
    created_at integer not null,
    updated_at integer not null
);
create table view_changes (
    id integer primary key,
    at integer not null,
    who text not null,
    -- Its place in the list of actions.
    action integer not null,
    view integer not null,
    name text not null,
    query text not null,
    position integer not null
);
create index view_changes_by_view on view_changes (view);
create trigger view_changes_are_never_changed before update on view_changes begin
    select raise(abort, 'the history of views is only added to');
end;
create trigger view_changes_are_never_deleted before delete on view_changes begin
    select raise(abort, 'the history of views is only added to');
end;

-- The words of a search in everything (made by domain::text), each text by the key of its row: a task's description,
-- summary and result, an event, a run's log.
create virtual table detail_words using fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none');
create virtual table event_words using fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none');
create virtual table run_words using fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none');

-- Rows that are there already get their words when the store is opened: SQL knows no words. The marks say up to where
-- they are still missing, and are 0 where none are.
insert into meta (key, value)
    select 'unworded_tasks', max(key) + 1 from tasks having max(key) is not null
    union all select 'unworded_events', max(key) + 1 from events having max(key) is not null
    union all select 'unworded_runs', max(key) + 1 from runs having max(key) is not null;

-- All that the ledger filters and sorts by: it is searched and ordered without reading rows, which are many times as
-- long.
create index tasks_ledger on tasks (status, priority, type, source, product, agent, created_at, started_at, completed_at,
    duration_ms, retries, progress, activity_at, id, title);
