-- Indexes that hold all that is asked of them, so that no page reads rows that it does not show: they are many times as
-- long, and a file of which nothing is in memory yet is read at the disk's pace.

-- The ledger also filters by when a task ended.
drop index tasks_ledger;
create index tasks_ledger on tasks (status, priority, type, source, product, agent, created_at, started_at, completed_at,
    duration_ms, retries, progress, activity_at, id, title, ended_at);

-- What a product's page lists is found by the ids of the product's tasks, and put into order.
drop index tasks_by_product;
create index tasks_by_product on tasks (product, activity_at, id);
drop index runs_commits;
create index runs_commits on runs (task, started_at, id)
    where json_extract(row, '$.commitSha') is not null or json_extract(row, '$.prUrl') is not null;
