-- How often a visit was changed since it was booked: a calendar that subscribes takes the higher number as the newer truth.
alter table public.diary_appointment add column changes bigint not null default 0 check (changes >= 0);

-- A secret address from which a calendar reads somebody's visits. Only the hash of the secret is kept; it is shown once.
create table public.calendar_feed (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  -- Whose visits: a member of staff, a person treated here, a chair or a room.
  subject_kind text not null check (subject_kind in ('staff', 'person', 'chair', 'room')),
  subject_id uuid not null,
  secret_hash text not null,
  made_by uuid not null references public.account (id),
  made_at timestamptz not null,
  revoked_by uuid references public.account (id),
  revoked_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, secret_hash),
  check ((revoked_by is null) = (revoked_at is null))
);
create index calendar_feed_subject on public.calendar_feed (clinic_id, subject_id);
create index calendar_feed_maker on public.calendar_feed (made_by);
create index calendar_feed_revoker on public.calendar_feed (revoked_by);
call public.make_tenant_table('calendar_feed');
