-- The clinic's face, the part after the form: further links to a request, times offered to somebody who was accepted, texts to answer
-- with, and the proof that a form was opened before it was sent.

-- Another secret that opens the state of a request: made when its reference and something only its sender knows were typed, or for a
-- message. The secret itself is not kept.
create table public.request_link (
  clinic_id uuid not null,
  token_hash text not null,
  request_id uuid not null,
  made_at timestamptz not null,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, request_id) references public.consultation_request (clinic_id, id)
);
create index request_link_request on public.request_link (clinic_id, request_id);
call public.make_log_table('request_link');

create index consultation_request_reference on public.consultation_request (clinic_id, reference);

-- After a request was accepted, times are offered and one is chosen.
alter table public.request_event drop constraint request_event_kind_check;
alter table public.request_event add constraint request_event_kind_check
  check (kind in ('submitted', 'assigned', 'replied', 'accepted', 'declined', 'times-offered', 'time-chosen'));

-- Texts of the clinic to answer with. A text is never edited: its newest revision counts.
create table public.reply_template (
  clinic_id uuid not null,
  code text not null check (length(code) between 1 and 60),
  revision bigint not null check (revision > 0),
  name text not null check (length(name) between 1 and 80),
  words text not null check (length(words) between 1 and 4000),
  retired boolean not null,
  at timestamptz not null,
  account_id uuid not null references public.account (id),
  primary key (clinic_id, code, revision)
);
create index reply_template_account on public.reply_template (account_id);
call public.make_log_table('reply_template');

-- What the server signs the opening of a form with.
create table public.request_form_key (
  clinic_id uuid primary key references public.clinic (id),
  signing_key text not null,
  made_at timestamptz not null
);
call public.make_log_table('request_form_key');

-- When the first page was opened, by what the server signed; without it the form was posted by something that had not opened it.
alter table public.request_draft add column opened_at timestamptz;
update public.request_draft set opened_at = started_at;
