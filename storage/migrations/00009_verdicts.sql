-- +goose Up
-- Agents are decided on like items and clients: by whom, how sure, and whether they are
-- anybody of ours at all.
alter table agent_mapping
    add column verdict    text not null default 'rep' check (verdict in ('rep', 'not_ours', 'new')),
    add column confidence numeric,
    add column model      text not null default '', -- which matcher decided; empty: a person
    add column ended_by   bigint references person; -- who superseded it; null: distbase, or nobody yet
update agent_mapping set verdict = 'new' where rep_id is null;
alter table agent_mapping add constraint agent_mapping_check check ((verdict = 'rep') = (rep_id is not null));
alter table question drop constraint question_kind_check;
alter table question add constraint question_kind_check
    check (kind in ('sender', 'layout', 'period', 'item', 'client', 'agent', 'audit', 'replace', 'anomaly', 'mail'));

-- held_foreign: distbase took the name for none of ours; is_foreign: the person says so.
alter table mapping_check
    add column held_foreign boolean not null default false,
    add column is_foreign   boolean not null default false;
alter table mapping_check drop constraint mapping_check_kind_check;
alter table mapping_check add constraint mapping_check_kind_check check (kind in ('item', 'client', 'agent'));

-- The client base of one distributor, and its team.
create index on outlet_service (distributor_id);

-- +goose Down
drop index outlet_service_distributor_id_idx;
delete from mapping_check where kind = 'agent';
alter table mapping_check drop constraint mapping_check_kind_check;
alter table mapping_check add constraint mapping_check_kind_check check (kind in ('item', 'client'));
alter table mapping_check drop column is_foreign, drop column held_foreign;
delete from question where kind = 'agent';
alter table question drop constraint question_kind_check;
alter table question add constraint question_kind_check
    check (kind in ('sender', 'layout', 'period', 'item', 'client', 'audit', 'replace', 'anomaly', 'mail'));
delete from agent_mapping where rep_id is null;
alter table agent_mapping drop constraint agent_mapping_check;
alter table agent_mapping drop column ended_by, drop column model, drop column confidence, drop column verdict;
