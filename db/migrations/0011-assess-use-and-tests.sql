-- The use calendar and the biological tests. Append-only: a change is the next revision or a row that names what it corrects.

-- One day of one person, as it was told. No row for a day: nobody has told it yet, which is unknown and never "no use".
create table public.use_day (
  clinic_id uuid not null,
  person_id uuid not null,
  day date not null,
  revision integer not null check (revision >= 1),
  state text not null check (state in ('none', 'used', 'unknown')),
  -- what was used, when something was; [] otherwise
  entries jsonb not null,
  -- the clinic's standard drink when it was told: what "3 drinks" meant then
  grams_per_drink numeric not null check (grams_per_drink > 0),
  said_by text not null check (said_by in ('person', 'with-staff')),
  told_by text not null,
  told_at timestamptz not null,
  time_zone text not null,
  primary key (clinic_id, person_id, day, revision),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  check ((state = 'used') = (jsonb_array_length(entries) > 0))
);
call public.make_log_table('use_day');

-- A special day that helps memory. The newest revision of a day holds; null takes it away.
create table public.use_anchor (
  clinic_id uuid not null,
  person_id uuid not null,
  day date not null,
  revision integer not null check (revision >= 1),
  words text,
  told_by text not null,
  told_at timestamptz not null,
  primary key (clinic_id, person_id, day, revision),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
call public.make_log_table('use_anchor');

-- One test of blood, breath or urine, or one that was planned and did not happen.
create table public.lab_test (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('urine', 'missed', 'breath', 'peth', 'urine-etg', 'cdt', 'withdrawn')),
  -- when the specimen was given; for a test that did not happen, when it was planned
  collected_at timestamptz not null,
  result jsonb not null,
  corrects uuid,
  reason text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (clinic_id, id),
  -- a row is corrected once; whoever comes second corrects the correction
  unique (clinic_id, corrects),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, corrects) references public.lab_test (clinic_id, id),
  check ((corrects is null) = (reason is null)),
  check (kind <> 'withdrawn' or corrects is not null)
);
create index lab_test_person on public.lab_test (clinic_id, person_id, collected_at);
call public.make_log_table('lab_test');

-- Ketamine that was given here: a positive test in the days after is expected.
create table public.ketamine_exposure (
  clinic_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  dosed_at timestamptz not null,
  noted_at timestamptz not null,
  primary key (clinic_id, session_id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index ketamine_exposure_person on public.ketamine_exposure (clinic_id, person_id, dosed_at);
-- Doses given before this table was there.
insert into public.ketamine_exposure (clinic_id, session_id, person_id, dosed_at, noted_at)
select distinct on (e.clinic_id, e.session_id) e.clinic_id, e.session_id, s.person_id, e.at, e.received_at
from public.session_event e
join public.dosing_session s on s.clinic_id = e.clinic_id and s.id = e.session_id
where e.kind = 'dose-started'
order by e.clinic_id, e.session_id, e.at;
call public.make_log_table('ketamine_exposure');
