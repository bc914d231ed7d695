-- What the founder decided about items that need attention, and what was taken back. The log is only added to: the
-- triggers see to it that no later version forgets that.
create table audit (
    id integer primary key,
    at integer not null,
    who text not null,
    -- Its place in the list of actions.
    action integer not null,
    item text not null,
    title text not null,
    cause text not null,
    -- What the item is about, as JSON.
    subject text,
    until integer,
    note text,
    -- The entry that this one took back.
    undoes integer unique references audit (id)
);
create trigger audit_is_never_changed before update on audit begin
    select raise(abort, 'the audit log is only added to');
end;
create trigger audit_is_never_deleted before delete on audit begin
    select raise(abort, 'the audit log is only added to');
end;

-- Decisions that were not undone and did not end. The last of an item is in force. Item and subject move along where
-- a task turns out to be another.
create table decisions (
    id integer primary key references audit (id),
    item text not null,
    subject text
);
create index decisions_by_item on decisions (item, id);
create index decisions_by_subject on decisions (subject) where subject is not null;

-- Decisions that ended for good, because their subject changed.
create table decision_ends (
    id integer primary key references audit (id),
    at integer not null
);
