-- Throws away every stored course; the next refresh makes them anew from the slices' facts.
-- First use and the week up to a day are now told by check-ins and the use calendar together, so the last day of which
-- anything is known is the only "last" there is; and states are told at day 28 too.
truncate table public.outcome_course;

alter table public.outcome_course drop column last_answer_day;
alter table public.outcome_course add column week_28 text;
alter table public.outcome_course add column no_use_days_28 bigint not null;
alter table public.outcome_course add column use_days_28 bigint not null;
