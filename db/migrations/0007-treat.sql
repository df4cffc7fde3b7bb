-- Dosing sessions: the log of each, its note, and the stock a dose is drawn from.
create table public.dosing_session (
  clinic_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  session_number bigint not null,
  opened_at timestamptz not null,
  opened_by uuid not null,
  primary key (clinic_id, id),
  unique (clinic_id, appointment_id),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index dosing_session_plan on public.dosing_session (clinic_id, plan_id);
create index dosing_session_person on public.dosing_session (clinic_id, person_id);
call public.make_tenant_table('dosing_session');

-- Figures and codes in data; names and free text in words, which never leave over the live feed.
create table public.session_event (
  clinic_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  kind text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  by_account_id uuid not null,
  data jsonb not null,
  words jsonb not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id)
);
create index session_event_session on public.session_event (clinic_id, session_id, at);
create index session_event_doses on public.session_event (clinic_id, kind, at) where kind = 'dose-started';
call public.make_log_table('session_event');

create table public.drug_lot (
  clinic_id uuid not null,
  id uuid not null,
  drug text not null,
  lot_number text not null,
  concentration_mg_per_ml numeric not null check (concentration_mg_per_ml > 0),
  container_ml numeric not null check (container_ml > 0),
  expires_on date not null,
  received_at timestamptz not null,
  primary key (clinic_id, id)
);
call public.make_tenant_table('drug_lot');
-- A lot is locked by those who draw from it, so it keeps the right to update; what it says never changes.
create trigger lot_never_changes before update or delete on public.drug_lot
  for each row execute function public.refuse_change('drug_lot');

-- The balance of a lot is the sum of its changes. A waste from a syringe was drawn before and changes nothing.
create table public.stock_movement (
  clinic_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  kind text not null check (kind in ('received', 'drawn', 'wasted', 'syringe-wasted')),
  volume_ml numeric not null check (volume_ml > 0),
  change_ml numeric not null check (
    (kind = 'received' and change_ml = volume_ml)
    or (kind in ('drawn', 'wasted') and change_ml = -volume_ml)
    or (kind = 'syringe-wasted' and change_ml = 0)
  ),
  at timestamptz not null,
  by_account_id uuid not null,
  session_id uuid,
  reason text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id)
);
create index stock_movement_lot on public.stock_movement (clinic_id, lot_id, at);
create index stock_movement_session on public.stock_movement (clinic_id, session_id);
call public.make_log_table('stock_movement');

-- The note of a session and, once that is signed, its addenda. `draft` keeps which sentence came from which events.
create table public.session_note (
  clinic_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  part text not null check (part in ('note', 'addendum')),
  body text not null,
  draft jsonb not null,
  revision bigint not null,
  saved_at timestamptz not null,
  saved_by uuid not null,
  signed_at timestamptz,
  signed_by uuid,
  check ((signed_at is null) = (signed_by is null)),
  primary key (clinic_id, id),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id)
);
create unique index session_note_one on public.session_note (clinic_id, session_id) where part = 'note';
create index session_note_session on public.session_note (clinic_id, session_id);
call public.make_tenant_table('session_note');

-- Signed is locked: nobody changes or removes a signed note, and no note is ever removed.
create function public.keep_signed_note() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op <> 'UPDATE' or old.signed_at is not null then
    raise exception 'a signed session note is never changed, and no note is deleted' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signed_note_is_locked before update or delete on public.session_note
  for each row execute function public.keep_signed_note();
create trigger notes_are_never_emptied before truncate on public.session_note
  for each statement execute function public.refuse_change('session_note');
revoke delete on public.session_note from evenkeel_app;
