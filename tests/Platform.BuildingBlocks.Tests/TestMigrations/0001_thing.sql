create table thing (id int generated always as identity primary key, name text not null);
create function thing_count() returns bigint language sql as $$ select count(*) from thing; $$;
