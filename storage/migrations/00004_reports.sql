-- +goose Up
-- A layout learned for one distributor; a new version supersedes the old one.
create table layout (
    id             bigint generated always as identity primary key,
    distributor_id bigint not null references distributor,
    fingerprint    text not null,
    version        integer not null default 1,
    spec           jsonb not null,
    confirmed_by   bigint references person,
    confirmed_at   timestamptz not null default now(),
    retired_at     timestamptz,
    unique (distributor_id, fingerprint, version)
);

create table submission (
    id             bigint generated always as identity primary key,
    distributor_id bigint not null references distributor,
    attachment_id  bigint not null references attachment,
    path           text not null default '',   -- path inside an archive
    sheet          text not null default '',
    table_no       integer not null default 0, -- which table of the attachment
    kind           text not null,
    period_from    date,
    period_to      date,
    state          text not null check (state in
                   ('understood', 'asked', 'loaded', 'replaced', 'duplicate', 'refused', 'removed')),
    rows           integer not null default 0,
    outlets        integer not null default 0,
    quantity       numeric,
    amount         numeric,
    content_sha256 bytea,                      -- canonical content: the same report in another file
    fingerprint    text,
    replaces_id    bigint references submission,
    duplicate_of   bigint references submission,
    summary        jsonb not null default '{}',-- columns, printed totals, doubts, problems: what is said about it
    created_at     timestamptz not null default now(),
    loaded_at      timestamptz,
    unique (attachment_id, table_no)
);
create index on submission (distributor_id, kind, period_from) where state = 'loaded';
create index on submission (content_sha256);

-- A month nobody may change without the analyst's word.
create table closed_month (
    month     date primary key check (extract(day from month) = 1),
    closed_by bigint references person,
    closed_at timestamptz not null default now()
);

-- The distributor's own names. key is the normalised identity (code, else name and unit).
create table item (
    distributor_id bigint not null references distributor,
    id             bigint generated always as identity,
    key            text not null,
    code           text,
    name           text not null,
    barcode        text,
    unit           text,
    brand          text,
    first_seen     bigint not null references submission,
    primary key (distributor_id, id),
    unique (distributor_id, key)
);
create table client (
    distributor_id bigint not null references distributor,
    id             bigint generated always as identity,
    key            text not null,
    code           text,
    name           text not null,
    inn            text,
    outlet_name    text,
    address        text,
    city           text,
    region         text,
    channel        text,
    first_seen     bigint not null references submission,
    primary key (distributor_id, id),
    unique (distributor_id, key)
);
create table agent (
    distributor_id bigint not null references distributor,
    id             bigint generated always as identity,
    key            text not null,
    name           text not null,
    first_seen     bigint not null references submission,
    primary key (distributor_id, id),
    unique (distributor_id, key)
);

-- Facts. row_no is the row of the sheet, part tells the cells of one row of a
-- cross-tab apart: a figure is shown in its place in the file.
create table sale (
    distributor_id bigint not null,
    day            date not null,
    submission_id  bigint not null,
    row_no         integer not null,
    part           integer not null default 0,
    item_id        bigint not null,
    client_id      bigint,
    agent_id       bigint,
    warehouse      text,
    document       text,
    unit           text,
    quantity       numeric,
    amount         numeric,
    price          numeric,
    primary key (distributor_id, day, submission_id, row_no, part)
) partition by range (day);
create index on sale (distributor_id, submission_id);
create table sale_rest partition of sale default;

create table stock (
    distributor_id bigint not null,
    day            date not null,          -- the closing day
    submission_id  bigint not null,
    row_no         integer not null,
    part           integer not null default 0,
    item_id        bigint not null,
    warehouse      text,
    unit           text,
    opening        numeric,
    received       numeric,
    shipped        numeric,
    closing        numeric,
    amount         numeric,
    primary key (distributor_id, day, submission_id, row_no, part)
) partition by range (day);
create index on stock (distributor_id, submission_id);
create table stock_rest partition of stock default;

create table primary_sale (
    distributor_id bigint not null,
    day            date not null,
    document       text not null default '',
    product_id     bigint not null,
    line_no        integer not null default 0,
    quantity       numeric not null,       -- base units
    amount         numeric not null,
    primary key (distributor_id, day, document, product_id, line_no)
) partition by range (day);
create table primary_sale_rest partition of primary_sale default;

-- Mappings: the current one has superseded_at null. Facts are never touched.
create table item_mapping (
    id             bigint generated always as identity,
    distributor_id bigint not null,
    item_id        bigint not null,
    verdict        text not null check (verdict in ('product', 'not_ours', 'new')),
    product_id     bigint references product,
    factor         numeric not null default 1 check (factor > 0), -- base units in one unit of the report
    decided_by     bigint references person,                      -- null: distbase was certain
    decided_at     timestamptz not null default now(),
    reason         text not null default '',
    confidence     numeric,
    superseded_at  timestamptz,
    primary key (distributor_id, id),
    foreign key (distributor_id, item_id) references item,
    check ((verdict = 'product') = (product_id is not null))
);
create unique index item_mapping_current on item_mapping (distributor_id, item_id) where superseded_at is null;
create table client_mapping (
    id             bigint generated always as identity,
    distributor_id bigint not null,
    client_id      bigint not null,
    verdict        text not null check (verdict in ('outlet', 'not_ours', 'new')),
    outlet_id      bigint references outlet,
    decided_by     bigint references person,
    decided_at     timestamptz not null default now(),
    reason         text not null default '',
    confidence     numeric,
    superseded_at  timestamptz,
    primary key (distributor_id, id),
    foreign key (distributor_id, client_id) references client,
    check ((verdict = 'outlet') = (outlet_id is not null))
);
create unique index client_mapping_current on client_mapping (distributor_id, client_id) where superseded_at is null;
create table agent_mapping (
    id             bigint generated always as identity,
    distributor_id bigint not null,
    agent_id       bigint not null,
    rep_id         bigint references rep,
    decided_by     bigint references person,
    decided_at     timestamptz not null default now(),
    reason         text not null default '',
    superseded_at  timestamptz,
    primary key (distributor_id, id),
    foreign key (distributor_id, agent_id) references agent
);
create unique index agent_mapping_current on agent_mapping (distributor_id, agent_id) where superseded_at is null;

-- +goose Down
drop table agent_mapping, client_mapping, item_mapping, primary_sale, stock, sale, agent, client, item,
    closed_month, submission, layout;
