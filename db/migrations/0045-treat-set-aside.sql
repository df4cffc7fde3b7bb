-- Entries of a tablet that were not taken and that somebody set aside once the session was closed, when its log takes no
-- more: what they said, why they were not taken, and who set them aside, when and why. No part of the log or the note.
create table public.set_aside_entry (
  clinic_id uuid not null,
  -- The id the entry would have had in the log.
  id uuid not null,
  session_id uuid not null,
  said text not null check (length(said) between 1 and 2000),
  not_taken_because text not null check (length(not_taken_because) <= 2000),
  because text not null check (length(because) between 1 and 300),
  written_at timestamptz not null,
  set_aside_at timestamptz not null,
  set_aside_by uuid not null references public.account (id),
  -- The tablet, its number there, and how far its clock was off.
  via jsonb not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id)
);
create index set_aside_entry_session on public.set_aside_entry (clinic_id, session_id);
create index set_aside_entry_by on public.set_aside_entry (set_aside_by);
call public.make_log_table('set_aside_entry');
