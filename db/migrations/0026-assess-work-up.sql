-- What a person takes, interactions set aside for a day, and what of the work-up was done. Append-only.

-- One thing told about medicines. A change is a row that names what it replaces. "none" is a statement of its own;
-- no row at all is unknown.
create table public.medicine_entry (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('taken', 'to-start', 'none', 'stopped', 'withdrawn')),
  name text,
  medicine_group text,
  dose text,
  since date,
  last_taken_at timestamptz,
  source text check (source in ('self-report', 'staff', 'outside-record')),
  replaces uuid,
  reason text,
  recorded_at timestamptz not null,
  recorded_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  -- a row is replaced once; whoever comes second replaces the replacement
  unique (clinic_id, replaces),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, replaces) references public.medicine_entry (clinic_id, id),
  check ((replaces is null) = (reason is null)),
  check ((kind in ('taken', 'to-start')) = (name is not null)),
  check ((name is null) = (medicine_group is null)),
  check ((kind in ('taken', 'to-start', 'none')) = (source is not null)),
  check (kind not in ('stopped', 'withdrawn') or replaces is not null)
);
create index medicine_entry_person on public.medicine_entry (clinic_id, person_id, recorded_at);
create index medicine_entry_by on public.medicine_entry (recorded_by);
call public.make_log_table('medicine_entry');

-- A prescriber sets a red interaction aside by name, for one day, on the list as it stood.
create table public.interaction_override (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  person_id uuid not null,
  rule_id text not null,
  rule_version bigint not null,
  for_day date not null,
  -- ids of the medicines that stood when it was signed: a changed list needs another look
  seen jsonb not null,
  reason text not null,
  signed_by uuid not null references public.account (id),
  signed_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index interaction_override_person on public.interaction_override (clinic_id, person_id, for_day);
create index interaction_override_by on public.interaction_override (signed_by);
call public.make_log_table('interaction_override');

-- What of the work-up is not a fact, a test or a form of its own: done, refused or not needed, with the words for it.
-- The newest row of an item holds; "withdrawn" takes back all before it.
create table public.work_up_entry (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  person_id uuid not null,
  item_id text not null,
  outcome text not null check (outcome in ('done', 'refused', 'not-needed', 'withdrawn')),
  happened_at timestamptz not null,
  words text,
  -- which state's programme was asked, for the prescription check
  us_state text check (us_state ~ '^[A-Z]{2}$'),
  recorded_at timestamptz not null,
  recorded_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  check (outcome = 'done' or words is not null)
);
create index work_up_entry_person on public.work_up_entry (clinic_id, person_id, recorded_at);
create index work_up_entry_by on public.work_up_entry (recorded_by);
call public.make_log_table('work_up_entry');
