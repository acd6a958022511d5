-- no-transaction
drop index concurrently if exists thing_name;
create index concurrently thing_name on thing (name);
