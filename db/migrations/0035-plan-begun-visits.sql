-- What the diary knows of the bedside: whose session was opened, and which ended without a dose. A visit that was opened
-- is no longer moved, and is cancelled only once its session has ended without a dose.
create table public.begun_visit (
  clinic_id uuid not null,
  appointment_id uuid not null,
  session_id uuid not null,
  noted_at timestamptz not null,
  primary key (clinic_id, appointment_id),
  unique (clinic_id, session_id),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id)
);
call public.make_log_table('begun_visit');

create table public.begun_visit_end (
  clinic_id uuid not null,
  session_id uuid not null,
  noted_at timestamptz not null,
  primary key (clinic_id, session_id),
  foreign key (clinic_id, session_id) references public.begun_visit (clinic_id, session_id)
);
call public.make_log_table('begun_visit_end');

-- Sessions from before the diary kept this.
insert into public.begun_visit (clinic_id, appointment_id, session_id, noted_at)
  select clinic_id, appointment_id, id, opened_at from public.dosing_session;
insert into public.begun_visit_end (clinic_id, session_id, noted_at)
  select clinic_id, session_id, min(received_at) from public.session_event where kind = 'session-closed'
  group by clinic_id, session_id;

-- A message is marked before it is handed to the mail server. One that is still marked after a crash may have gone out:
-- it is said so and not sent again.
alter table public.mail_message add column handing_over_at timestamptz;
