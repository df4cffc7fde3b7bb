-- Consents: which version of a document a clinic has in force, and everything that belongs to a signature.

-- A manager puts a version of a document in force; the newest row of a document counts.
create table public.consent_document_release (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  document_id text not null,
  document_version text not null,
  reason text not null,
  released_by uuid not null references public.account (id),
  in_force_from timestamptz not null,
  primary key (clinic_id, id)
);
create index consent_document_release_newest
  on public.consent_document_release (clinic_id, document_id, in_force_from);
create index consent_document_release_by on public.consent_document_release (released_by);
call public.make_log_table('consent_document_release');

-- What a signature made by the older form has not is null: its hash covered the text alone.
alter table public.consent_signature
  add column signature_hash text,
  add column drawing text check (length(drawing) <= 32000),
  add column acknowledged jsonb,
  -- The elements of a consent to disclose (42 CFR 2.31), each a field.
  add column elements jsonb,
  add column witness jsonb,
  add column interpreter jsonb,
  -- Why staff held the device; null when the person signed by themselves.
  add column assistance text,
  add constraint consent_signature_assisted check (assistance is null or witness is not null),
  add constraint consent_signature_form check ((signature_hash is null) = (acknowledged is null));

-- One row of a person is locked before anything is signed or taken back: two tabs sign one after the other.
create table public.consent_head (
  clinic_id uuid not null references public.clinic (id),
  person_id uuid not null,
  changes bigint not null check (changes > 0),
  primary key (clinic_id, person_id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
call public.make_tenant_table('consent_head');
