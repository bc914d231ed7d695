-- The ledger also filters by when a task ended: with that in its index, all that the facets count is there, and neither
-- they nor a search read rows.
drop index tasks_ledger;
create index tasks_ledger on tasks (status, priority, type, source, product, agent, created_at, started_at, completed_at,
    duration_ms, retries, progress, activity_at, id, title, ended_at);
