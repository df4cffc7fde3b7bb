-- Assessment: the intake's answers, what is known, what was scored, what worries, and what a prescriber decided.
-- Everything here is append-only; state is computed.
create table public.assessment (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  person_id uuid not null,
  request_id uuid,
  opened_at timestamptz not null,
  opened_by text not null,
  primary key (clinic_id, id),
  unique (clinic_id, request_id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index assessment_person on public.assessment (clinic_id, person_id, opened_at);
call public.make_log_table('assessment');

-- One answer to one question; a changed answer is the next revision and hides nothing.
create table public.intake_answer (
  clinic_id uuid not null,
  assessment_id uuid not null,
  question text not null,
  revision integer not null check (revision >= 1),
  -- null: skipped for now
  value jsonb,
  answered_at timestamptz not null,
  answered_by text not null,
  time_zone text not null,
  edition text not null,
  primary key (clinic_id, assessment_id, question, revision),
  foreign key (clinic_id, assessment_id) references public.assessment (clinic_id, id)
);
call public.make_log_table('intake_answer');

create table public.intake_completion (
  clinic_id uuid not null,
  assessment_id uuid not null,
  completed_at timestamptz not null,
  completed_by text not null,
  time_zone text not null,
  primary key (clinic_id, assessment_id),
  foreign key (clinic_id, assessment_id) references public.assessment (clinic_id, id)
);
call public.make_log_table('intake_completion');

create table public.clinical_fact (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  value jsonb not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  source text not null check (source in ('self-report', 'measured-here', 'outside-record')),
  recorded_by text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index clinical_fact_person on public.clinical_fact (clinic_id, person_id, kind, observed_at);
call public.make_log_table('clinical_fact');

create table public.instrument_response (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  source text not null,
  object_id text not null,
  instrument_id text not null,
  version text not null,
  edition text not null,
  form_hash text not null,
  recall_period text not null,
  scoring_version integer not null,
  answers jsonb not null,
  scores jsonb not null,
  completed_at timestamptz not null,
  recorded_by text not null,
  primary key (clinic_id, id),
  unique (clinic_id, source, object_id, instrument_id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index instrument_response_person on public.instrument_response (clinic_id, person_id, completed_at);
call public.make_log_table('instrument_response');

create table public.safety_concern (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  source text not null,
  object_id text not null,
  trigger text not null,
  severity text not null check (severity in ('critical', 'warning')),
  -- what raised it, so that saving the same answer twice raises one concern
  dedupe_key text not null,
  owner_membership_id uuid,
  raised_at timestamptz not null,
  due_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, dedupe_key),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, owner_membership_id) references public.membership (clinic_id, id)
);
create index safety_concern_person on public.safety_concern (clinic_id, person_id);
create index safety_concern_owner on public.safety_concern (clinic_id, owner_membership_id);
create index safety_concern_newest on public.safety_concern (clinic_id, raised_at);
call public.make_log_table('safety_concern');

create table public.safety_concern_event (
  clinic_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  kind text not null check (kind in ('responded', 'closed')),
  at timestamptz not null,
  by_account text not null,
  detail jsonb not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, concern_id) references public.safety_concern (clinic_id, id)
);
create index safety_concern_event_concern on public.safety_concern_event (clinic_id, concern_id, at);
-- A concern closes once, whoever presses first.
create unique index safety_concern_closed_once on public.safety_concern_event (clinic_id, concern_id) where kind = 'closed';
call public.make_log_table('safety_concern_event');

-- Who is told of a new concern; the newest row holds.
create table public.safety_duty (
  clinic_id uuid not null,
  id uuid not null,
  membership_id uuid not null,
  since timestamptz not null,
  set_by text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, membership_id) references public.membership (clinic_id, id)
);
create index safety_duty_newest on public.safety_duty (clinic_id, since);
create index safety_duty_member on public.safety_duty (clinic_id, membership_id);
call public.make_log_table('safety_duty');

-- A prescriber's signed decision with everything it rested on.
create table public.eligibility_decision (
  clinic_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  person_id uuid not null,
  decision text not null check (decision in ('eligible', 'not-eligible')),
  reasons text not null,
  overrides jsonb not null,
  evaluation jsonb not null,
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, assessment_id) references public.assessment (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index eligibility_decision_assessment on public.eligibility_decision (clinic_id, assessment_id, decided_at);
create index eligibility_decision_person on public.eligibility_decision (clinic_id, person_id);
call public.make_log_table('eligibility_decision');
