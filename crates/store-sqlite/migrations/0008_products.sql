-- What the founder says about products. The log is only added to; what of it is in force stands beside it, so that
-- readers need not fold it. What telemetry told stays as it is: a merge is an alias, resolved when rows are read.
create table product_changes (
    id integer primary key,
    at integer not null,
    who text not null,
    -- Its place in the list of actions.
    action integer not null,
    product text not null,
    -- What the product was called then.
    name text not null,
    -- What was said of it, as JSON.
    edit text,
    -- The product that it was merged into.
    into_id text,
    -- The entry that this one took back.
    undoes integer unique references product_changes (id)
);
create trigger product_changes_are_never_changed before update on product_changes begin
    select raise(abort, 'the log of products is only added to');
end;
create trigger product_changes_are_never_deleted before delete on product_changes begin
    select raise(abort, 'the log of products is only added to');
end;
create index product_changes_by_product on product_changes (product, id);
create index product_changes_by_into on product_changes (into_id, id) where into_id is not null;

create table product_edits (
    product text primary key,
    edit text not null
) without rowid;
create table product_merges (
    from_id text primary key,
    into_id text not null
) without rowid;

-- A product's tasks by where they stand, and by who has them.
create index tasks_by_product_status on tasks (product, status, ended_at);
create index tasks_by_product_agent on tasks (product, agent, activity_at) where agent is not null;

-- What a product's page lists of its tasks' events and runs: few of them each.
create index events_deployments on events (task, at, line) where json_extract(row, '$.eventType') = 'deployment';
create index runs_commits on runs (task, started_at)
    where json_extract(row, '$.commitSha') is not null or json_extract(row, '$.prUrl') is not null;
create index runs_costs on runs (task, json_extract(row, '$.costStatus'), json_extract(row, '$.metrics.costUsd'));
