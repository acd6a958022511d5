-- Persons, what insurers reported of them, and the state that follows from it.
-- Times named known_* are business times (never now()); ids are ULIDs stored as uuid, so keys arrive in order.

create table insurer (
    insurer_number text primary key,
    name           text not null,
    address        text not null default '',
    phone          text not null default ''
);

create table institution (
    institution_code text primary key,
    name             text not null,
    name_kana        text not null default '',
    kind             text not null,
    address          text not null default '',
    phone            text not null default '',
    reader           boolean not null default false,
    phone_reader     boolean not null default false,
    emergency_view   boolean not null default false,
    groups_on        text[] not null,
    encoding         text not null default 'AS_REQUEST',
    effective_on     date,
    ended_on         date
);

-- Rises with every change of insurer or institution; processes read it once a second and reload what they keep of the two.
create table directory_version (
    one     boolean primary key default true check (one),
    version bigint not null
);
insert into directory_version (version) values (1);

create table person (
    person_id             uuid primary key,
    -- dataVersion: rises by one with every change of the snapshot.
    version               bigint not null,
    -- The last known_from given to a fact of this person; the next one is later (strictly increasing under the row lock).
    last_known            timestamptz not null,
    -- platform.eligibility.storage.v1.PersonSnapshot: the fold of the facts now known (aliases of this person included).
    snapshot              bytea not null,
    -- 個人番号: keyed hash for matching, and the number encrypted. Both null while no insurer has reported it.
    individual_number_key uuid,
    individual_number     bytea
);
create unique index person_individual_number on person (individual_number_key) where individual_number_key is not null;

-- A merge rewrites no fact: facts keep the person they were reported for, and readers follow the alias.
create table person_alias (
    gone       uuid not null,
    kept       uuid not null,
    known_from timestamptz not null,
    known_to   timestamptz not null default 'infinity',
    primary key (gone, known_from)
);
create unique index person_alias_current on person_alias (gone) where known_to = 'infinity';
create index person_alias_kept on person_alias (kept);

-- Whose a number is: keyed hash of (insurer number, 記号 after NFKC, 番号, 枝番).
create table member_number (
    member_key uuid primary key,
    person_id  uuid not null
);
create index member_number_person on member_number (person_id);

create table member_fact (
    fact_id      uuid primary key,
    person_id    uuid not null,
    -- Keyed hash of (insurer number, 記号 after NFKC, 番号, 枝番, event, effective date, disease category): one fact stands under it at a time.
    fact_key     uuid not null,
    insurer_number text not null,
    event        smallint not null,
    effective_on date not null,
    -- platform.eligibility.storage.v1.FactPayload, and its hash for "says the same".
    payload      bytea not null,
    payload_hash uuid not null,
    known_from   timestamptz not null,
    known_to     timestamptz not null default 'infinity',
    import_id    uuid,
    -- The import that ended this fact, so that undoing it revives the fact.
    ended_by     uuid
);
create unique index member_fact_current on member_fact (fact_key) where known_to = 'infinity';
create index member_fact_person on member_fact (person_id);

-- What a check finds: keyed hash of (insurer number, 記号 after NFKC, 番号, birth date) -> persons. Derived from the snapshots; rewritten with them.
create table lookup_key (
    lookup_key uuid not null,
    person_id  uuid not null,
    primary key (lookup_key, person_id)
);
create index lookup_key_person on lookup_key (person_id);
