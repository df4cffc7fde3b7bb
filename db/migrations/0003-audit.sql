-- Who saw and changed what: one hash chain per clinic, appended in the transaction it speaks of.
create table public.audit_head (
  clinic_id uuid primary key references public.clinic (id),
  seq bigint not null,
  hash text not null
);
call public.make_tenant_table('audit_head');

create table public.audit_entry (
  clinic_id uuid not null references public.clinic (id),
  seq bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  roles text[] not null,
  action text not null,
  power text not null,
  person_id uuid,
  object text,
  object_id text,
  detail jsonb,
  previous_hash text not null,
  hash text not null,
  primary key (clinic_id, seq)
);
create index audit_entry_person on public.audit_entry (clinic_id, person_id, seq);
call public.make_log_table('audit_entry');
