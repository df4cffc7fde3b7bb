-- Waste set right and a discrepancy closed can be witnessed on another device too.
alter table public.witness_request drop constraint witness_request_act_check;
alter table public.witness_request add constraint witness_request_act_check
  check (act in ('take-out', 'receive', 'waste-back', 'close-discrepancy'));

-- A question of the ledger was looked at: by whom, when, and what they say. It holds for the facts as they were: with further ones
-- the question stands anew. Nothing is changed or taken away by it.
create table public.alert_look (
  clinic_id uuid not null,
  id uuid not null,
  -- Which question: its rule and what it is about.
  alert_key text not null check (length(alert_key) between 1 and 500),
  -- JSON of what it rested on then: how pressing it was, and the ids of what it is about.
  facts text not null,
  words text not null check (length(words) between 1 and 500),
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  primary key (clinic_id, id)
);
create index alert_look_of on public.alert_look (clinic_id, at);
create index alert_look_by on public.alert_look (by_account_id);
call public.make_log_table('alert_look');
