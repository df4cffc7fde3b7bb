-- People of other places in four kinds of data, and how each file was read. What came before keeps its three columns
-- and has no mapping; what comes now has a mapping and leaves those columns empty.
alter table public.outside_cohort
  add column kind text not null default 'time-to-event'
    check (kind in ('time-to-event', 'weekly-urine', 'repeated-scores', 'counts-by-arm')),
  add column mapping jsonb,
  add column rows_in_file bigint,
  add column rows_not_wanted bigint not null default 0,
  add column rows_left_out bigint not null default 0,
  alter column time_column drop not null,
  alter column event_column drop not null,
  alter column time_unit drop not null,
  add constraint outside_cohort_told_how check (
    mapping is not null or (time_column is not null and event_column is not null and time_unit is not null)
  );

alter table public.outside_cohort_row
  add column stratum text,
  -- by column; a value that is not known is left out
  add column covariates jsonb;

create table public.outside_cohort_weeks (
  clinic_id uuid not null,
  cohort_id uuid not null,
  row_number bigint not null,
  -- one letter a week: + positive, - negative, * both, o no sample
  weeks text not null check (weeks ~ '^[-+*o]+$'),
  group_label text not null,
  primary key (clinic_id, cohort_id, row_number),
  foreign key (clinic_id, cohort_id) references public.outside_cohort (clinic_id, id)
);
call public.make_log_table('outside_cohort_weeks');

create table public.outside_cohort_score (
  clinic_id uuid not null,
  cohort_id uuid not null,
  row_number bigint not null,
  -- counted in the order of the file: what a person was called there is not kept
  person_number bigint not null,
  visit double precision not null,
  -- null: not known, which is no zero
  score double precision,
  baseline double precision,
  group_label text not null,
  primary key (clinic_id, cohort_id, row_number),
  foreign key (clinic_id, cohort_id) references public.outside_cohort (clinic_id, id)
);
call public.make_log_table('outside_cohort_score');

create table public.outside_cohort_count (
  clinic_id uuid not null,
  cohort_id uuid not null,
  row_number bigint not null,
  study_label text not null,
  arm_label text not null,
  events bigint not null check (events >= 0),
  people bigint not null check (people > 0 and people >= events),
  primary key (clinic_id, cohort_id, row_number),
  foreign key (clinic_id, cohort_id) references public.outside_cohort (clinic_id, id)
);
call public.make_log_table('outside_cohort_count');
