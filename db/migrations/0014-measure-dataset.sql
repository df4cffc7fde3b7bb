-- What outcomes are computed from, as measure may see it: views with the rights and the tenant of whoever asks, named
-- only in measure's queries. Then the courses of people as computed from them, which can be made anew at any time.

-- One row for each session in which a dose was begun, with the account that made its plan.
create view public.measure_dose with (security_invoker = true) as
select s.clinic_id, s.person_id, s.id as session_id, p.created_by as planned_by, e.at
from (
  select clinic_id, session_id, min(at) as at
  from public.session_event where kind = 'dose-started'
  group by clinic_id, session_id
) e
join public.dosing_session s on s.clinic_id = e.clinic_id and s.id = e.session_id
left join public.treatment_plan p on p.clinic_id = s.clinic_id and p.id = s.plan_id;

-- The check-in of each day that counts: the newest version.
create view public.measure_check_in with (security_invoker = true) as
select distinct on (clinic_id, person_id, for_date)
  clinic_id, person_id, for_date, used, craving_0_to_10
from public.check_in
order by clinic_id, person_id, for_date, version desc;

-- The use calendar's word on each day: the newest revision.
create view public.measure_calendar_day with (security_invoker = true) as
select distinct on (clinic_id, person_id, day)
  clinic_id, person_id, day, state
from public.use_day
order by clinic_id, person_id, day, revision desc;

-- Whom an event of the feed is about, by the person it names or by the session it names.
create view public.measure_touched with (security_invoker = true) as
select f.clinic_id, f.seq, f.person_id
from (
  select clinic_id, seq, (data ->> 'personId')::uuid as person_id
  from public.feed_event
  where data ->> 'personId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  union all
  select e.clinic_id, e.seq, s.person_id
  from public.feed_event e
  join public.dosing_session s on s.clinic_id = e.clinic_id and s.id::text = e.data ->> 'sessionId'
) f;

-- What groups are made by; never stored with outcomes, since it may be corrected.
create view public.measure_person with (security_invoker = true) as
select clinic_id, id as person_id, sex, birth_date, synthetic
from public.person;

grant select on public.measure_dose, public.measure_check_in, public.measure_calendar_day, public.measure_touched,
  public.measure_person to evenkeel_app;

-- One row for each person with a dose. Computed from the views above and from nothing else, so it is no log and nothing
-- refers to it: throw it away and it comes back. Days count from the first dose (day 0).
create table public.outcome_course (
  clinic_id uuid not null,
  person_id uuid not null,
  first_dose_day date not null,
  -- the account that made the plan of the first dose
  planned_by uuid,
  doses bigint not null,
  last_dose_day bigint not null,
  first_use_day bigint,
  last_answer_day bigint,
  settled_day bigint,
  lapse_day bigint,
  relapse_day bigint,
  last_known_day bigint,
  last_contact_day bigint not null,
  week_90 text,
  no_use_days_90 bigint not null,
  use_days_90 bigint not null,
  week_180 text,
  no_use_days_180 bigint not null,
  use_days_180 bigint not null,
  week_365 text,
  no_use_days_365 bigint not null,
  use_days_365 bigint not null,
  craving_sum_7 bigint not null,
  craving_answers_7 bigint not null,
  craving_sum_28 bigint not null,
  craving_answers_28 bigint not null,
  craving_sum_90 bigint not null,
  craving_answers_90 bigint not null,
  craving_sum_180 bigint not null,
  craving_answers_180 bigint not null,
  craving_sum_365 bigint not null,
  craving_answers_365 bigint not null,
  primary key (clinic_id, person_id)
);
call public.make_tenant_table('outcome_course');

-- Up to which event of the feed, by which definitions and in which zone the courses of a clinic are true. Written in the
-- same transaction as they are; whoever refreshes holds its row.
create table public.outcome_refresh (
  clinic_id uuid not null primary key,
  -- null: the courses were never made
  feed_seq bigint,
  definitions_hash text,
  time_zone text,
  refreshed_at timestamptz
);
call public.make_tenant_table('outcome_refresh');
