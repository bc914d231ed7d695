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
