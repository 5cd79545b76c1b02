-- +goose Up
-- The manufacturer's own master data.
create table product (
    id           bigint generated always as identity primary key,
    code         text not null unique,
    name         text not null,
    other_names  text[] not null default '{}',
    barcode      text,
    case_barcode text,
    brand        text,
    category     text,
    unit         text,
    pack         numeric check (pack > 0),   -- base units in a case
    weight       numeric check (weight >= 0),
    price        numeric,
    active       boolean not null default true
);

create table channel (
    id        bigint generated always as identity primary key,
    code      text not null unique,
    name      text not null,
    parent_id bigint references channel
);

create table rep (
    id         bigint generated always as identity primary key,
    code       text not null unique,
    name       text not null,
    manager    text,
    department text,
    region     text
);

create table outlet (
    id         bigint generated always as identity primary key,
    code       text not null unique,
    name       text not null,
    legal_name text,
    inn        text,
    address    text,
    city       text,
    region     text,
    channel_id bigint references channel,
    chain      text
);

-- The client base: who serves an outlet from when to when, [from, to).
create extension if not exists btree_gist;
create table outlet_service (
    id             bigint generated always as identity primary key,
    outlet_id      bigint not null references outlet,
    distributor_id bigint not null references distributor,
    rep_id         bigint references rep,
    valid          daterange not null,
    exclude using gist (outlet_id with =, distributor_id with =, valid with &&)
);

-- +goose Down
drop table outlet_service, outlet, rep, channel, product;
