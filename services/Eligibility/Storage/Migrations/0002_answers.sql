-- What keeps cached answers true, and the record of every answer.

-- The state of the cache, read by every process once a second. An epoch is part of every key, so that a new one forgets all that was cached.
-- Epochs are taken from the clock (milliseconds) so that a database that was restored or made anew never meets keys of its own number.
create table cache_state (
    one        boolean primary key default true check (one),
    epoch      bigint not null,
    enabled    boolean not null,
    changed_at timestamptz not null default clock_timestamp()
);
insert into cache_state (epoch, enabled) values ((extract(epoch from clock_timestamp()) * 1000)::bigint, true);

-- Look-up keys whose cached lists a writer's transaction makes wrong. A row that can be seen is committed: its keys must go, and then the row.
create table cache_pending (
    ticket    uuid primary key,
    epoch     bigint not null,
    -- Look-up keys, 16 bytes each.
    keys      bytea not null,
    raised_at timestamptz not null default clock_timestamp()
);

-- One chain a process that answered.
create table audit_chain (
    chain           uuid primary key,
    process         text not null,
    opened_at       timestamptz not null,
    -- Last block known to be durable, every 2 s: what was cut off before it shows. What a crashed process wrote after it is not proof against cutting.
    checkpoint_seq  bigint not null default 0,
    checkpoint_hash bytea,
    checkpoint_at   timestamptz,
    closed_at       timestamptz,
    last_seq        bigint,
    last_hash       bytea,
    -- Records up to here are in audit_entry.
    indexed_seq     bigint not null default 0
);
create index audit_chain_open on audit_chain (chain) where closed_at is null;

-- The answers of one flush.
create table audit_block (
    chain     uuid not null,
    first_seq bigint not null,
    n         int not null check (n > 0),
    -- platform.eligibility.storage.v1.AuditBlock.
    block     bytea compression lz4 not null,
    prev_hash bytea not null,
    -- SHA-256 of (prev_hash, chain, first_seq, n, block).
    hash      bytea not null,
    primary key (chain, first_seq)
);

-- Blocks are only ever added. The owner of the schema can still drop the trigger; the chain is what shows that.
create function audit_block_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'audit_block is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_block_append_only before update or delete or truncate on audit_block
    for each statement execute function audit_block_is_append_only();

-- For searches; follows the chains within seconds.
create table audit_entry (
    -- Null for an answer about nobody.
    person      uuid,
    -- Set in one row of each answer only, so that a search by institution meets each answer once.
    institution text,
    at          timestamptz not null,
    chain       uuid not null,
    seq         bigint not null
);
create index audit_entry_person on audit_entry (person, at desc, chain desc, seq desc) where person is not null;
create index audit_entry_institution on audit_entry (institution, at desc, chain desc, seq desc) where institution is not null;
