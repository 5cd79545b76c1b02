-- +goose Up
-- What a decision rested on, and who took it back.
alter table item_mapping
    add column factor_confidence numeric,
    add column factor_reason     text not null default '', -- machine words: unit, weight, pack, price
    add column model             text not null default '', -- which matcher decided; empty: a person
    add column ended_by          bigint references person; -- who superseded it; null: distbase, or nobody yet
alter table client_mapping
    add column model             text not null default '',
    add column ended_by          bigint references person;

-- What people said of the matcher's decisions: how sure it was, and whether it was
-- right. Zones of a distributor are measured by it.
create table mapping_check (
    distributor_id bigint not null references distributor,
    id             bigint generated always as identity,
    kind           text not null check (kind in ('item', 'client')),
    name_id        bigint not null,            -- item or client
    confidence     double precision not null,
    automatic      boolean not null,           -- it had been mapped without asking
    is_right       boolean not null,
    person_id      bigint not null references person,
    journal_id     bigint not null references journal,
    checked_at     timestamptz not null default now(),
    withdrawn_at   timestamptz,                -- the answer was taken back
    primary key (distributor_id, id)
);
create index on mapping_check (distributor_id, kind, id desc) where withdrawn_at is null;
create index on mapping_check (journal_id);

-- topic is the same for questions that one answer can serve: the normalised name.
alter table question add column topic text;
create index question_topic on question (kind, topic) where state = 'open' and topic is not null;
create index question_names on question (distributor_id, kind) where state = 'open';
alter table question drop constraint question_kind_check;
alter table question add constraint question_kind_check
    check (kind in ('sender', 'layout', 'period', 'item', 'client', 'audit', 'replace', 'anomaly', 'mail'));

-- Indexes kept in memory follow what was changed since a moment of the database's
-- history, whichever process changed it.
-- +goose StatementBegin
create function stamp_change() returns trigger language plpgsql as $$
begin
    new.changed := pg_current_xact_id();
    return new;
end $$;
-- +goose StatementEnd
alter table product add column changed xid8 not null default pg_current_xact_id();
alter table outlet add column changed xid8 not null default pg_current_xact_id();
alter table item_mapping add column changed xid8 not null default pg_current_xact_id();
alter table client_mapping add column changed xid8 not null default pg_current_xact_id();
create index on product (changed);
create index on outlet (changed);
create index on item_mapping (changed) where decided_by is not null;
create index on client_mapping (changed) where decided_by is not null;
create trigger changed before update on product for each row when (old.* is distinct from new.*) execute function stamp_change();
create trigger changed before update on outlet for each row when (old.* is distinct from new.*) execute function stamp_change();
create trigger changed before update on item_mapping for each row when (old.* is distinct from new.*) execute function stamp_change();
create trigger changed before update on client_mapping for each row when (old.* is distinct from new.*) execute function stamp_change();

-- +goose Down
drop trigger changed on client_mapping;
drop trigger changed on item_mapping;
drop trigger changed on outlet;
drop trigger changed on product;
alter table client_mapping drop column changed, drop column ended_by, drop column model;
alter table item_mapping drop column changed, drop column ended_by, drop column model, drop column factor_reason, drop column factor_confidence;
alter table outlet drop column changed;
alter table product drop column changed;
drop function stamp_change();
delete from question where kind = 'audit';
alter table question drop constraint question_kind_check;
alter table question add constraint question_kind_check
    check (kind in ('sender', 'layout', 'period', 'item', 'client', 'replace', 'anomaly', 'mail'));
drop index question_names, question_topic;
alter table question drop column topic;
drop table mapping_check;
