-- Data about people of other places, brought in from a file. Never mixed with the clinic's own.
create table public.outside_cohort (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  name text not null,
  file_name text not null,
  -- The same file read the same way is one cohort, however often the command is given.
  content_hash text not null,
  time_column text not null,
  event_column text not null,
  group_column text,
  time_unit text not null check (time_unit in ('days', 'weeks', 'months')),
  people bigint not null check (people > 0),
  imported_at timestamptz not null,
  imported_by text not null,
  withdrawn_at timestamptz,
  primary key (clinic_id, id)
);
create unique index outside_cohort_once on public.outside_cohort (clinic_id, content_hash) where withdrawn_at is null;
call public.make_tenant_table('outside_cohort');

create table public.outside_cohort_row (
  clinic_id uuid not null,
  cohort_id uuid not null,
  row_number bigint not null,
  time_days double precision not null check (time_days >= 0),
  event boolean not null,
  group_label text not null,
  primary key (clinic_id, cohort_id, row_number),
  foreign key (clinic_id, cohort_id) references public.outside_cohort (clinic_id, id)
);
call public.make_log_table('outside_cohort_row');
