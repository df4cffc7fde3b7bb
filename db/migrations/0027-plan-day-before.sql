-- The day before a dosing visit: what people answered, field by field, and who called. A visit that is moved is asked
-- about anew, so every row names the time of the visit it is about.
create table public.day_before_answer (
  clinic_id uuid not null,
  appointment_id uuid not null,
  visit_at timestamptz not null,
  field text not null check (field ~ '^[a-zA-Z]{2,30}$'),
  revision bigint not null check (revision >= 1),
  value text not null check (length(value) <= 1000),
  by_staff boolean not null,
  told_by uuid references public.account (id),
  told_at timestamptz not null,
  primary key (clinic_id, appointment_id, visit_at, field, revision),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id),
  check (by_staff = (told_by is not null))
);
create index day_before_answer_by on public.day_before_answer (told_by);
call public.make_log_table('day_before_answer');

create table public.day_before_call (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  visit_at timestamptz not null,
  outcome text not null check (outcome in ('reached', 'message-left', 'not-reached')),
  called_by uuid not null references public.account (id),
  called_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id)
);
create index day_before_call_visit on public.day_before_call (clinic_id, appointment_id);
create index day_before_call_by on public.day_before_call (called_by);
call public.make_log_table('day_before_call');

-- Reminders: who wants them by which channel. Without a row nothing is sent.
create table public.reminder_choice (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  channel text not null check (channel in ('email', 'text', 'push')),
  choice text not null check (choice in ('on', 'off')),
  by_staff boolean not null,
  chosen_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index reminder_choice_person on public.reminder_choice (clinic_id, person_id, chosen_at);
call public.make_log_table('reminder_choice');

-- One row for each reminder that was handed over. Its key keeps it from being handed over twice; the message itself is
-- planned in the same transaction.
create table public.reminder (
  clinic_id uuid not null,
  appointment_id uuid not null,
  visit_at timestamptz not null,
  kind text not null check (kind in ('week', 'two-days', 'day-before')),
  channel text not null check (channel in ('email', 'text', 'push')),
  person_id uuid not null,
  handed_over_at timestamptz not null,
  -- The key of the message in the outbox.
  message_key text not null,
  primary key (clinic_id, appointment_id, visit_at, kind, channel),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index reminder_person on public.reminder (clinic_id, person_id);
call public.make_log_table('reminder');

-- What somebody asked about their own visit; the answer is a row of its own.
create table public.visit_request (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('move', 'cancel')),
  words text not null check (length(words) <= 1000),
  asked_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index visit_request_visit on public.visit_request (clinic_id, appointment_id);
create index visit_request_person on public.visit_request (clinic_id, person_id);
call public.make_log_table('visit_request');

create table public.visit_request_answer (
  clinic_id uuid not null,
  request_id uuid not null,
  answered_by uuid not null references public.account (id),
  answered_at timestamptz not null,
  outcome text not null check (outcome in ('done', 'not-possible')),
  primary key (clinic_id, request_id),
  foreign key (clinic_id, request_id) references public.visit_request (clinic_id, id)
);
create index visit_request_answer_by on public.visit_request_answer (answered_by);
call public.make_log_table('visit_request_answer');

-- Who would take a time that becomes free. One with a visit of their own would move it; one without would book it.
create table public.waiting_wish (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  type_code text not null,
  appointment_id uuid,
  earliest date not null,
  latest date not null check (latest >= earliest),
  weekdays jsonb not null,
  from_time text not null check (from_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  until_time text not null check (until_time ~ '^([01]\d|2[0-3]):[0-5]\d$' and until_time > from_time),
  entered_by uuid references public.account (id),
  entered_at timestamptz not null,
  closed_at timestamptz,
  closed_why text check (closed_why in ('booked', 'taken-back')),
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id),
  check ((closed_at is null) = (closed_why is null))
);
create index waiting_wish_open on public.waiting_wish (clinic_id, type_code) where closed_at is null;
create index waiting_wish_person on public.waiting_wish (clinic_id, person_id);
create index waiting_wish_visit on public.waiting_wish (clinic_id, appointment_id);
create index waiting_wish_by on public.waiting_wish (entered_by);
call public.make_tenant_table('waiting_wish');
