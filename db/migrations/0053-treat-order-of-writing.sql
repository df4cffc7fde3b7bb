-- Where the newest of something counts, its rows are numbered in the order in which they were written: a clock may be set back
-- (decision 0022). The number is one more than the highest of the clinic, by whoever holds what keeps others from writing one. Rows
-- from before have 0 and stand among themselves by their times.
alter table public.ledger_setting add column number bigint not null default 0 check (number >= 0);
alter table public.lot_recall add column number bigint not null default 0 check (number >= 0);
alter table public.stock_count add column number bigint not null default 0 check (number >= 0);
alter table public.stock_inventory add column number bigint not null default 0 check (number >= 0);
alter table public.loss_report_draft add column number bigint not null default 0 check (number >= 0);
alter table public.alert_look add column number bigint not null default 0 check (number >= 0);

-- They are read by it now.
create index ledger_setting_number on public.ledger_setting (clinic_id, number, at);
drop index public.ledger_setting_at;
create index stock_count_number on public.stock_count (clinic_id, number, begun_at);
drop index public.stock_count_begun;
create index stock_inventory_number on public.stock_inventory (clinic_id, number, at);
drop index public.stock_inventory_at;
