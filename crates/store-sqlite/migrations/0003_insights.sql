-- Roll-ups by product and by kind of result, kept in the transaction that changes a task or an event. Kinds and
-- statuses are their place in the domain's list; rows with nothing in them may stay.
create table product_counts (
    product text not null,
    status integer not null,
    n integer not null,
    primary key (product, status)
) without rowid;
create table product_days (
    day integer not null,
    product text not null,
    completed integer not null,
    failed integer not null,
    primary key (day, product)
) without rowid;
-- `grain` 0: by quarter of an hour; 1: the same by UTC day, so that a long span is few rows.
create table deeds (
    grain integer not null,
    at integer not null,
    deed integer not null,
    n integer not null,
    primary key (grain, at, deed)
) without rowid;

-- Completed tasks (status 3): the last of each product and type, and the last of each type. `-1` is an unknown type.
create index tasks_completed_by_product on tasks (product, coalesce(type, -1), ended_at) where status = 3;
create index tasks_completed_by_type on tasks (coalesce(type, -1), ended_at desc, id) where status = 3;

-- What is there already. Times of buckets are in microseconds; a quarter of an hour is 900000000, a day 86400000000.
insert into product_counts (product, status, n) select product, status, count(*) from tasks group by product, status;
insert into product_days (day, product, completed, failed)
    select ended_at - ended_at % 86400000000, product, sum(status = 3), sum(status = 4)
    from tasks where status in (3, 4) and ended_at is not null group by 1, 2;
insert into deeds (grain, at, deed, n)
    with results (at, deed) as (
        select ended_at, case type when 2 then 0 when 3 then 7 when 4 then 4 when 8 then 4 when 6 then 5 else 6 end
        from tasks where status = 3 and ended_at is not null and type in (2, 3, 4, 6, 7, 8, 9, 12)
        union all
        select ended_at, 3 from tasks where status = 3 and ended_at is not null and source = 3
        union all
        select json_extract(row, '$._s[0]'),
            iif(json_extract(row, '$.eventType') = 'pr-created', 1, 2)
        from events
        where json_extract(row, '$.eventType') = 'pr-created'
            or (json_extract(row, '$.eventType') = 'deployment'
                and json_extract(row, '$.level') not in ('warn', 'error'))
    )
    select 0, at - at % 900000000, deed, count(*) from results group by 2, 3
    union all
    select 1, at - at % 86400000000, deed, count(*) from results group by 2, 3;
