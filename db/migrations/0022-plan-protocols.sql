-- A clinic's own versions of protocols, beside the library that comes with the product: what they say, what happened
-- to them, what a simulation found, and where a treatment left its protocol.

-- One version. Its content is in the revisions below; what became of it is in the events.
create table public.protocol_version (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  protocol_id text not null,
  number bigint not null check (number > 0),
  based_on text not null,
  drafted_by uuid references public.account (id),
  drafted_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, protocol_id, number)
);
create index protocol_version_drafter on public.protocol_version (drafted_by);
call public.make_log_table('protocol_version');

-- What the version said each time it was saved. The last one counts; who saves names the one they saw.
create table public.protocol_revision (
  clinic_id uuid not null references public.clinic (id),
  version_id uuid not null,
  revision bigint not null check (revision > 0),
  content jsonb not null,
  saved_by uuid references public.account (id),
  saved_at timestamptz not null,
  primary key (clinic_id, version_id, revision),
  foreign key (clinic_id, version_id) references public.protocol_version (clinic_id, id)
);
create index protocol_revision_saver on public.protocol_revision (saved_by);
call public.make_log_table('protocol_revision');

-- The order of what happens to a protocol in a clinic: one row is locked before anything is decided about it.
create table public.protocol_head (
  clinic_id uuid not null references public.clinic (id),
  protocol_id text not null,
  changes bigint not null,
  primary key (clinic_id, protocol_id)
);
call public.make_tenant_table('protocol_head');

-- Submitted, returned, approved, published, retired. A version of the library has no row above and can be retired.
create table public.protocol_event (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  protocol_id text not null,
  version text not null,
  kind text not null check (kind in ('submitted', 'returned', 'approved', 'published', 'retired')),
  revision bigint,
  reason text,
  happened_by uuid references public.account (id),
  happened_at timestamptz not null,
  primary key (clinic_id, id)
);
create index protocol_event_version on public.protocol_event (clinic_id, protocol_id, version, happened_at);
create index protocol_event_by on public.protocol_event (happened_by);
call public.make_log_table('protocol_event');

-- What happened to invented people when one revision was tried on them.
create table public.protocol_simulation (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  version_id uuid not null,
  revision bigint not null,
  seed bigint not null,
  report jsonb not null,
  run_by uuid references public.account (id),
  run_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, version_id, revision)
    references public.protocol_revision (clinic_id, version_id, revision)
);
create index protocol_simulation_revision
  on public.protocol_simulation (clinic_id, version_id, revision, run_at);
create index protocol_simulation_by on public.protocol_simulation (run_by);
call public.make_log_table('protocol_simulation');

-- Where a running treatment left its protocol, and why.
create table public.protocol_deviation (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  protocol_id text not null,
  protocol_version text not null,
  kind text not null check (kind in ('dose', 'spacing', 'therapy', 'readings', 'other')),
  protocol_says text not null,
  done_instead text not null,
  reason text not null,
  object text,
  object_id uuid,
  noted_by uuid references public.account (id),
  noted_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index protocol_deviation_plan on public.protocol_deviation (clinic_id, plan_id, noted_at);
create index protocol_deviation_person on public.protocol_deviation (clinic_id, person_id);
create index protocol_deviation_protocol
  on public.protocol_deviation (clinic_id, protocol_id, protocol_version);
create index protocol_deviation_by on public.protocol_deviation (noted_by);
call public.make_log_table('protocol_deviation');
