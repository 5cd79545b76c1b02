-- +goose Up
-- People, what they may do, and how they were let in.
create table person (
    id          bigint generated always as identity primary key,
    telegram_id bigint unique,
    name        text not null default '',
    email       text,
    lang        text not null default 'ru' check (lang in ('ru', 'en')),
    tz          text,
    created_at  timestamptz not null default now(),
    blocked_at  timestamptz,   -- the person blocked the bot: deliveries rest
    revoked_at  timestamptz
);

create table distributor (
    id         bigint generated always as identity primary key,
    code       text not null unique,
    name       text not null,
    inn        text,
    region     text,
    calendar   text,           -- 'daily 10:00', 'weekly:mon 12:00', 'monthly:3 18:00'
    active     boolean not null default true,
    created_at timestamptz not null default now()
);

-- A role with its cut: which distributors, regions, brands it covers. An empty
-- object is everything.
create table person_role (
    id         bigint generated always as identity primary key,
    person_id  bigint not null references person,
    role       text not null check (role in ('distributor', 'analyst', 'manager', 'admin')),
    cut        jsonb not null default '{}',
    granted_by bigint references person,
    granted_at timestamptz not null default now(),
    revoked_at timestamptz
);
create index on person_role (person_id) where revoked_at is null;

create table invite (
    id         bigint generated always as identity primary key,
    token_hash bytea not null unique,      -- SHA-256 of the token; the token itself is never kept
    role       text not null check (role in ('distributor', 'analyst', 'manager', 'admin')),
    cut        jsonb not null default '{}',
    created_by bigint references person,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_by    bigint references person,
    used_at    timestamptz,
    revoked_at timestamptz
);

-- Confirmed addresses of a distributor; a sender who is not here is quarantined.
create table distributor_contact (
    id             bigint generated always as identity primary key,
    distributor_id bigint not null references distributor,
    door           text not null check (door in ('mail', 'chat')),
    address        text not null,          -- lower-case e-mail, or the Telegram user id
    confirmed_by   bigint references person,
    confirmed_at   timestamptz not null default now(),
    revoked_at     timestamptz
);
create unique index on distributor_contact (door, address) where revoked_at is null;

-- Every decision of a person or of distbase, with what it replaced.
create table journal (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default now(),
    person_id  bigint references person,   -- null: distbase itself
    action     text not null,
    subject    text not null,              -- 'item:17/204', 'submission:31', ...
    detail     jsonb not null default '{}',
    undoes     bigint references journal
);
create index on journal (subject, id);

-- Small facts about this installation: rotated OAuth tokens, the Telegram offset.
create table setting (
    key        text primary key,
    value      jsonb not null,
    changed_at timestamptz not null default now()
);

-- +goose Down
drop table setting, journal, distributor_contact, invite, person_role, distributor, person;
