-- The closed tasks by month of their creation (UTC; twelve a year, from the year 0 on), kept in the transaction that changes
-- a task: how many there are, and a version that is another after every change of one of them. It is the place in the log
-- after which the transaction began, plus one.
create table mirror_months (
    month integer primary key,
    closed integer not null,
    version integer not null
);
insert into mirror_months (month, closed, version)
    select month, count(*), coalesce((select value from meta where key = 'seq'), 0)
    from (
        select cast(strftime('%Y', at, 'unixepoch') as integer) * 12 + cast(strftime('%m', at, 'unixepoch') as integer) - 1 as month
        from (
            -- Whole seconds, rounded down, before 1970 too.
            select (created_at - ((created_at % 1000000) + 1000000) % 1000000) / 1000000 as at
            from tasks where status in (3, 4, 5, 6)
        )
    )
    where month is not null
    group by month;
