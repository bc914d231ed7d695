-- Who stored a version of the settings, and the version whose content it brought back.
alter table settings add column who text not null default 'founder';
alter table settings add column restores integer;
