-- Persons, what insurers reported of them, and the state that follows from it.
-- Times named known_* are business times (never now()); ids are ULIDs stored as uuid, so keys arrive in order.

create table insurer (
    insurer_number text primary key,
    name           text not null,
    address        text not null default '',
    phone          text not null default '',
    -- Business date on which it was added; what it had received before cannot have come late to the platform.
    served_since   date not null default '0001-01-01'
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
    individual_number     bytea,
    -- The import that brought the number, so that undoing it lets go of the number too.
    individual_number_by  uuid,
    -- The next day on which the person's tasks change without a report; null: none.
    task_day              date
);
create unique index person_individual_number on person (individual_number_key) where individual_number_key is not null;

create index person_task_day on person (task_day) where task_day is not null;

-- A merge rewrites no fact: facts keep the person they were reported for, and readers follow the alias.
create table person_alias (
    gone       uuid not null,
    kept       uuid not null,
    known_from timestamptz not null,
    known_to   timestamptz not null default 'infinity',
    -- The import whose 個人番号 or statement merged the two; null for a single event.
    import_id  uuid,
    -- True when the merge was taken back (ELG-23): the two do not become one again by themselves.
    separated  boolean not null default false,
    primary key (gone, known_from)
);
create unique index person_alias_current on person_alias (gone) where known_to = 'infinity';
create index person_alias_kept on person_alias (kept);

-- Whose a number is: keyed hash of (insurer number, 記号 after NFKC, 番号, 枝番).
create table member_number (
    member_key uuid primary key,
    person_id  uuid not null,
    import_id  uuid,
    -- True after the import that brought the number was undone: history still finds the person, a new line does not match by it.
    released   boolean not null default false
);

create table member_fact (
    -- ULID; within one time of arrival the order of arrival.
    fact_id        uuid primary key,
    -- The person it was reported for; readers follow person_alias.
    person_id      uuid not null,
    -- Keyed hash of (insurer number, 記号 after NFKC, 番号, 枝番, event, effective date, disease category): one fact stands under it at a time.
    fact_key       uuid not null,
    insurer_number text not null,
    event          smallint not null,
    effective_on   date not null,
    -- platform.eligibility.storage.v1.FactPayload, and its hash for "says the same".
    payload        bytea not null,
    payload_hash   uuid not null,
    known_from     timestamptz not null,
    known_to       timestamptz not null default 'infinity',
    -- Where it came from; null for a single event.
    import_id      uuid,
    import_line    bigint,
    -- The import that ended this fact; null while it stands and where a single event ended it.
    ended_by       uuid,
    -- A later CANCEL took its effect (of a CANCEL: a later report of the same day did), so that the same line again says something new.
    spent          boolean not null default false,
    -- A fact revived by undoing an import keeps its place in the order of arrival: known_from of the first report. Null: known_from is it.
    arrived        timestamptz
);
-- payload_hash is carried along so that "is this line known already" reads the index alone once the table is vacuumed.
create unique index member_fact_current on member_fact (fact_key) include (payload_hash, spent) where known_to = 'infinity';
create index member_fact_person on member_fact (person_id);
-- Undoing an import.
create index member_fact_import on member_fact (import_id, fact_id) where import_id is not null;

-- What a check finds: keyed hash of (insurer number, 記号 after NFKC, 番号, birth date) -> persons. Derived from the snapshots; rewritten with them.
create table lookup_key (
    lookup_key uuid not null,
    person_id  uuid not null,
    primary key (lookup_key, person_id)
);
create index lookup_key_person on lookup_key (person_id);

-- Numbers reported to show wrong data (ELG-23); while uncleared, the period's link is blocked.
create table wrong_link (
    wrong_link_id  uuid primary key,
    person_id      uuid not null,
    insurer_number text not null,
    symbol_key     text not null,
    number         text not null,
    branch         text not null,
    institution    text not null,
    reported_at    timestamptz not null,
    cleared_at     timestamptz
);
create index wrong_link_open on wrong_link (person_id) where cleared_at is null;
