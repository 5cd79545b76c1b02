-- +goose Up
-- The client base with plain dates, which every database can compare: valid_to
-- is the first day that is not served any more, null without an end.
create view outlet_serving as
select id, outlet_id, distributor_id, rep_id, lower(valid) as valid_from, upper(valid) as valid_to
from outlet_service;

-- +goose Down
drop view outlet_serving;
