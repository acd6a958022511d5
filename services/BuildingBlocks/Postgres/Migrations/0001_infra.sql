-- Tables of BuildingBlocks, the same in every service's database.

-- Events on their way out. Inserted in the transaction of the change, after the subject's lock; a row is marked by itself, never by a high-water id,
-- because ids become visible out of order. Published rows are removed after a while.
create table infra.outbox (
    id uuid primary key,
    topic text not null,
    subject text not null,
    subject_version bigint not null,
    type text not null,
    event bytea not null,
    inserted_at timestamptz not null default clock_timestamp(),
    attempts int not null default 0,
    next_attempt_at timestamptz not null default clock_timestamp(),
    published_at timestamptz
);

create index outbox_waiting on infra.outbox (next_attempt_at, id) where published_at is null;
create index outbox_published on infra.outbox (published_at) where published_at is not null;

-- The last version given out, per topic and subject (the publisher is the database). The row is the lock that makes versions follow each other.
create table infra.outbox_version (
    topic text not null,
    subject text not null,
    version bigint not null,
    primary key (topic, subject)
);

-- Events that arrived and took effect: id for repetition, ...
create table infra.inbox (
    source text not null,
    id uuid not null,
    topic text not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (source, id)
);

create index inbox_received on infra.inbox (received_at);

-- ... and the highest version applied, per publisher, topic and subject, for order.
create table infra.inbox_version (
    source text not null,
    topic text not null,
    subject text not null,
    version bigint not null,
    primary key (source, topic, subject)
);

-- What could not be handled and waits for a person. Replay runs the handler, never the topic.
create table infra.dead_letter (
    id bigint generated always as identity primary key,
    topic text not null,
    event_id text not null,
    source text not null,
    type text not null,
    subject text not null,
    event bytea not null,
    stored_at timestamptz not null default clock_timestamp(),
    replayed_at timestamptz,
    unique (topic, source, event_id)
);

-- Who may run a time loop. The token grows with each new holder; a batch selects its row `for share` with its token.
create table infra.lease (
    name text primary key,
    holder text not null,
    token bigint not null,
    expires_at timestamptz not null
);

-- Outcomes of requests that carry a request id, kept 72 hours.
create table infra.request (
    caller text not null,
    request_id text not null,
    operation text not null,
    body_hash bytea not null,
    outcome bytea not null,
    stored_at timestamptz not null default clock_timestamp(),
    primary key (caller, request_id)
);

create index request_stored on infra.request (stored_at);
