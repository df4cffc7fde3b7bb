-- Forms: which instruments are asked of whom, in whose wording, and every answer as it was given. Append-only.

-- The instruments a condition track asks at a phase; the newest row of a track and phase holds.
create table public.instrument_set (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  track text not null,
  phase text not null,
  instruments jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (clinic_id, id)
);
create index instrument_set_newest on public.instrument_set (clinic_id, track, phase, changed_at);
call public.make_log_table('instrument_set');

-- Wording that the clinic imported for an instrument of ours. Scoring stays ours.
create table public.instrument_edition (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  instrument_id text not null,
  -- what is stored with every response: tells one wording from every other
  edition text not null,
  form_hash text not null,
  language text not null,
  wording jsonb not null,
  source jsonb not null,
  report jsonb not null,
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (clinic_id, id),
  unique (clinic_id, instrument_id, edition)
);
call public.make_log_table('instrument_edition');

-- Which wording new responses use; the newest row of an instrument holds, null is our plain-language edition.
create table public.instrument_edition_choice (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  instrument_id text not null,
  edition_id uuid,
  chosen_at timestamptz not null,
  chosen_by text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, edition_id) references public.instrument_edition (clinic_id, id)
);
create index instrument_edition_choice_newest on public.instrument_edition_choice (clinic_id, instrument_id, chosen_at);
create index instrument_edition_choice_edition on public.instrument_edition_choice (clinic_id, edition_id);
call public.make_log_table('instrument_edition_choice');

-- What one intake asks: fixed when it is opened, so that a later change of a set or a wording moves nobody's questions.
-- Staff may choose another track until the first answer; the newest row holds.
create table public.intake_plan (
  clinic_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  track text not null,
  -- [{"instrumentId": …, "editionId": … or null}]
  instruments jsonb not null,
  planned_at timestamptz not null,
  planned_by text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, assessment_id) references public.assessment (clinic_id, id)
);
create index intake_plan_assessment on public.intake_plan (clinic_id, assessment_id, planned_at);
call public.make_log_table('intake_plan');

-- When the person began, where, and whether somebody helped them to answer.
create table public.intake_start (
  clinic_id uuid not null,
  assessment_id uuid not null,
  started_at timestamptz not null,
  time_zone text not null,
  respondent text not null check (respondent in ('self', 'proxy')),
  proxy text,
  primary key (clinic_id, assessment_id),
  foreign key (clinic_id, assessment_id) references public.assessment (clinic_id, id),
  check ((respondent = 'proxy') = (proxy is not null))
);
call public.make_log_table('intake_start');

-- One form laid before one person or one rater.
create table public.form_sitting (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  instrument_id text not null,
  edition_id uuid,
  edition text not null,
  form_hash text not null,
  phase text not null,
  respondent text not null check (respondent in ('self', 'proxy', 'clinician')),
  -- who answers for the person, in words
  proxy text,
  opened_at timestamptz not null,
  opened_by text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, edition_id) references public.instrument_edition (clinic_id, id),
  check ((respondent = 'proxy') = (proxy is not null))
);
create index form_sitting_person on public.form_sitting (clinic_id, person_id, opened_at);
create index form_sitting_edition on public.form_sitting (clinic_id, edition_id);
call public.make_log_table('form_sitting');

-- One answer; a changed answer is the next revision and hides nothing.
create table public.form_answer (
  clinic_id uuid not null,
  sitting_id uuid not null,
  item text not null,
  revision integer not null check (revision >= 1),
  -- null: skipped for now
  value jsonb,
  answered_at timestamptz not null,
  answered_by text not null,
  time_zone text not null,
  primary key (clinic_id, sitting_id, item, revision),
  foreign key (clinic_id, sitting_id) references public.form_sitting (clinic_id, id)
);
call public.make_log_table('form_answer');

-- A sitting ends once: finished, or set aside with a reason. What was answered stays either way.
create table public.form_sitting_end (
  clinic_id uuid not null,
  sitting_id uuid not null,
  kind text not null check (kind in ('finished', 'set-aside')),
  reason text,
  ended_at timestamptz not null,
  ended_by text not null,
  time_zone text not null,
  primary key (clinic_id, sitting_id),
  foreign key (clinic_id, sitting_id) references public.form_sitting (clinic_id, id),
  check ((kind = 'set-aside') = (reason is not null))
);
call public.make_log_table('form_sitting_end');

-- When a response was begun, in which zone, and by whom the answers came. Unknown for those stored before.
alter table public.instrument_response
  add column started_at timestamptz,
  add column time_zone text,
  add column respondent text check (respondent in ('self', 'proxy', 'clinician')),
  add column proxy text,
  -- what scoring was told beside the answers (sex, substance, size of a drink), so that a score can be found again
  add column context jsonb;

-- One row for each thing that is answered or changed by one at a time: whoever updates it works alone until their
-- transaction ends. What is held (answers, ends, sets) is append-only and has no row to lock; locks of the server
-- itself hold on one node only.
create table public.answering (
  clinic_id uuid not null references public.clinic (id),
  object text not null,
  turn bigint not null,
  primary key (clinic_id, object)
);
call public.make_tenant_table('answering');
