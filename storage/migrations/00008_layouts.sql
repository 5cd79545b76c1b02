-- +goose Up
-- How a layout came to be: a person confirmed it, distbase was certain of the
-- reading, it follows one whose columns have moved, it was copied from another
-- distributor's or edited. from_id is the layout it was made from.
alter table layout
    add column origin text not null default 'confirmed'
        check (origin in ('confirmed', 'certain', 'followed', 'copied', 'edited')),
    add column from_id bigint references layout,
    add column retired_by bigint references person;
create unique index layout_in_force on layout (distributor_id, fingerprint) where retired_at is null;
create index layout_fingerprint on layout (fingerprint) where retired_at is null;

-- +goose Down
drop index layout_fingerprint, layout_in_force;
alter table layout drop column retired_by, drop column from_id, drop column origin;
