-- What workers did: calls of tools (kind 1), tasks of agents (kind 0), runs of models (kind 2), kept in the transaction
-- that changes an event, a task or a run. Slots are half hours; `latency` is the JSON of the domain's histogram.
-- The rows that are there already are counted when the file is next opened (src/work/fill.rs), by the code that keeps these
-- tables: SQL of its own could differ.
create table worker_totals (
    kind integer not null,
    name text not null,
    total integer not null,
    primary key (kind, name)
) without rowid;
create index worker_totals_by_most on worker_totals (kind, total desc, name);
create table worker_slots (
    kind integer not null,
    name text not null,
    at integer not null,
    calls integer not null,
    failures integer not null,
    timed integer not null,
    duration_ms integer not null,
    latency text not null,
    primary key (kind, name, at)
) without rowid;

-- How a call came out (1 worked, 0 failed), for the last one of each tool; and the same of agents and models.
alter table events add column tool text;
alter table events add column outcome integer;
alter table events add column ordered_at integer;
create index events_by_tool on events (tool, outcome, ordered_at, id) where outcome is not null;
alter table runs add column model text;
alter table runs add column worked integer;
alter table runs add column ended_at integer;
create index runs_by_model on runs (model, worked, ended_at) where worked is not null;
create index tasks_by_agent on tasks (agent, status, ended_at) where agent is not null;
create index tasks_by_agent_activity on tasks (agent, activity_at desc, id) where agent is not null;
