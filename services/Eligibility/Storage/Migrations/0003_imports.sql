-- Imports of member files, what became of each line, and insurers' tasks.

create table import (
    import_id       uuid primary key,
    insurer_number  text not null,
    -- platform.eligibility.v1.ImportState
    state           smallint not null,
    -- Rises with every resume; a writer that holds an older one writes nothing more.
    attempt         integer not null default 1,
    file_name       text not null,
    -- 0 undecided, 1 UTF-8, 2 CP932
    encoding        smallint not null,
    -- Columns in the order of the file; a resume needs them.
    header          text[] not null default '{}',
    sha256          bytea,
    -- SHA-256 of the first 64 KiB: a file that begins like a finished one may be the same.
    head_sha256     bytea,
    processed_bytes bigint not null default 0,
    next_line       bigint not null default 1,
    lines           bigint not null default 0,
    applied         bigint not null default 0,
    repeated        bigint not null default 0,
    rejected        bigint not null default 0,
    superseded      bigint not null default 0,
    -- System times.
    started_at      timestamptz not null default clock_timestamp(),
    progressed_at   timestamptz not null default clock_timestamp(),
    finished_at     timestamptz,
    refusal_reason  text not null default '',
    -- Undoing goes on after this fact; null while nobody asked for it.
    undone_to       uuid,
    undone_ended    bigint not null default 0,
    undone_revived  bigint not null default 0
);
create index import_insurer on import (insurer_number, import_id);
create index import_sha256 on import (insurer_number, sha256) where sha256 is not null;

-- What was wrong with a line. Texts come from the catalogue when the report is read; value_masked never holds a name or a whole number.
create table import_report (
    import_id    uuid not null,
    line         bigint not null,
    ordinal      smallint not null,
    column_name  text not null,
    code         text not null,
    value_masked text not null,
    primary key (import_id, line, ordinal)
);

-- Lines of a chunk that said what was known already, and those that replaced something: line number (5 bytes) and the first 8 bytes of the fact key each.
-- Needed once, at the end of the file, to report repeats that a later line of the same file superseded; dropped then.
create table import_repeat (
    import_id uuid not null,
    -- Offset of the chunk's first byte.
    chunk     bigint not null,
    repeated  bytea not null,
    replacing bytea not null,
    primary key (import_id, chunk)
);
-- Keys do not compress.
alter table import_repeat alter column repeated set storage external;
alter table import_repeat alter column replacing set storage external;

create table insurer_task (
    task_id        uuid primary key,
    insurer_number text not null,
    kind           text not null,
    person_id      uuid not null,
    -- What within the person it is about (a period's first day, a number): one open task a kind, insurer, person and reference.
    reference      text not null,
    symbol         text not null,
    number         text not null,
    branch         text not null,
    birthdate      date,
    opened_at      timestamptz not null,
    due_on         date,
    closed_at      timestamptz,
    -- True when a clerk closed it: the same task does not open again by itself. Else it closed because the state no longer asks for it.
    by_clerk       boolean not null default false,
    note           text not null default ''
);
create unique index insurer_task_open on insurer_task (person_id, insurer_number, kind, reference, symbol, number, branch) where closed_at is null;
create index insurer_task_person on insurer_task (person_id);
create index insurer_task_list on insurer_task (insurer_number, task_id);
create index insurer_task_list_open on insurer_task (insurer_number, task_id) where closed_at is null;
