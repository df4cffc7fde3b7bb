-- A witness is asked on their own device. What is asked never changes; one answer, of whatever kind, ends it. Nothing of the act
-- stands in the ledger before it is signed.
create table public.witness_request (
  clinic_id uuid not null,
  id uuid not null,
  act text not null check (act in ('take-out', 'receive')),
  -- The key under which the act will be recorded: an act that was recorded meanwhile is never recorded twice.
  act_key uuid not null,
  -- The same act asked for again, after a refusal or when nobody came.
  round bigint not null check (round > 0),
  -- JSON of what the act is asked with, as the digest covers it.
  input text not null,
  -- Word for word what the witness reads and signs.
  words text not null check (length(words) between 1 and 4000 and position(chr(31) in words) = 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  asked_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  unique (clinic_id, act_key, round)
);
create index witness_request_open on public.witness_request (clinic_id, expires_at);
create index witness_request_by on public.witness_request (asked_by);
call public.make_log_table('witness_request');

create table public.witness_answer (
  clinic_id uuid not null,
  request_id uuid not null,
  id uuid not null,
  -- `refused`: somebody signed, and the act could not be recorded any more; `reason` is then a code, else their words.
  kind text not null check (kind in ('signed', 'declined', 'withdrawn', 'refused')),
  reason text check (length(reason) between 1 and 500),
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  -- Of two who sign at once the second finds this key taken.
  primary key (clinic_id, request_id),
  unique (clinic_id, id),
  check ((kind in ('declined', 'refused')) = (reason is not null)),
  foreign key (clinic_id, request_id) references public.witness_request (clinic_id, id)
);
create index witness_answer_by on public.witness_answer (by_account_id);
call public.make_log_table('witness_answer');
