-- Which process looks after the alarms of a clinic, and until when unless it says so again. One does; another takes over
-- when it falls silent. What was written under a watch that is over is refused by whoever writes.
create table public.alarm_watch (
  clinic_id uuid not null references public.clinic (id),
  holder uuid not null,
  until timestamptz not null,
  primary key (clinic_id)
);
call public.make_tenant_table('alarm_watch');
create index session_sample_received on public.session_sample (clinic_id, session_id, received_at);
