-- An absolute rule stands aside only by two prescribers: the second one's account, and when they gave their password.
alter table public.eligibility_decision
  add column second_decided_by uuid references public.account (id),
  add column second_confirmed_at timestamptz,
  add constraint eligibility_decision_second
    check ((second_decided_by is null) = (second_confirmed_at is null) and second_decided_by::text <> decided_by);
create index eligibility_decision_second_by on public.eligibility_decision (second_decided_by);

-- What a clinic has set for a rule of eligibility. The newest revision of a rule holds; no row is ever changed.
create table public.eligibility_rule_setting (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  rule_id text not null,
  revision bigint not null check (revision > 0),
  numbers jsonb not null,
  strictness text check (strictness in ('relative', 'absolute', 'never')),
  reason text not null,
  set_by uuid not null references public.account (id),
  set_at timestamptz not null,
  second_by uuid not null references public.account (id),
  second_at timestamptz not null,
  check (set_by <> second_by),
  primary key (clinic_id, id),
  unique (clinic_id, rule_id, revision)
);
create index eligibility_rule_setting_set_by on public.eligibility_rule_setting (set_by);
create index eligibility_rule_setting_second_by on public.eligibility_rule_setting (second_by);
call public.make_log_table('eligibility_rule_setting');
