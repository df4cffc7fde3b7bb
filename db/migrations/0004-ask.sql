-- Requests for a consultation: the draft somebody is still writing, the request once sent, and what happened to it.

-- A half-filled form, page by page as typed. Goes away when it is sent, thrown away, or left for too long.
create table public.request_draft (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  token_hash text not null,
  answers jsonb not null,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, token_hash)
);
create index request_draft_oldest on public.request_draft (clinic_id, saved_at);
call public.make_tenant_table('request_draft');

-- What somebody sent us, whole and unchanged. The keys find other requests of the same contact.
create table public.consultation_request (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  reference text not null,
  token_hash text not null,
  answers jsonb not null,
  email_key text,
  phone_key text,
  synthetic boolean not null,
  received_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, token_hash)
);
create index consultation_request_email on public.consultation_request (clinic_id, email_key);
create index consultation_request_phone on public.consultation_request (clinic_id, phone_key);
create index consultation_request_received on public.consultation_request (clinic_id, received_at);
call public.make_tenant_table('consultation_request');

-- What happened to a request, in order. Its state is computed from these rows and stored nowhere.
create table public.request_event (
  clinic_id uuid not null,
  request_id uuid not null,
  seq bigint not null,
  id uuid not null,
  kind text not null check (kind in ('submitted', 'assigned', 'replied', 'accepted', 'declined')),
  at timestamptz not null,
  account_id uuid references public.account (id),
  person_id uuid,
  data jsonb not null,
  primary key (clinic_id, request_id, seq),
  unique (clinic_id, id),
  foreign key (clinic_id, request_id) references public.consultation_request (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index request_event_account on public.request_event (account_id);
create index request_event_person on public.request_event (clinic_id, person_id);
-- A request is decided once, whoever else is looking at it.
create unique index request_event_one_decision on public.request_event (clinic_id, request_id)
  where kind in ('accepted', 'declined');
call public.make_log_table('request_event');
