-- Results of instruments before and after treatment, and what was noted in sessions: what measure may see of them, and
-- the rows made of it, which can be made anew at any time.

-- Grouped after the join, so that the doses of a few people are found by their sessions.
create or replace view public.measure_dose with (security_invoker = true) as
select s.clinic_id, s.person_id, s.id as session_id, p.created_by as planned_by, min(e.at) as at
from public.dosing_session s
join public.session_event e on e.clinic_id = s.clinic_id and e.session_id = s.id and e.kind = 'dose-started'
left join public.treatment_plan p on p.clinic_id = s.clinic_id and p.id = s.plan_id
group by s.clinic_id, s.person_id, s.id, p.created_by;

-- The session's id as an id, so that it is found by its index.
create or replace view public.measure_touched with (security_invoker = true) as
select f.clinic_id, f.seq, f.person_id
from (
  select clinic_id, seq, (data ->> 'personId')::uuid as person_id
  from public.feed_event
  where data ->> 'personId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  union all
  select e.clinic_id, e.seq, s.person_id
  from public.feed_event e
  join public.dosing_session s on s.clinic_id = e.clinic_id
    and s.id = case when e.data ->> 'sessionId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (e.data ->> 'sessionId')::uuid end
) f;

create view public.measure_result with (security_invoker = true) as
select clinic_id, person_id, id, instrument_id, completed_at, scores,
  -- only results that agree in all of these stand on one line
  concat_ws(' ', version, edition, recall_period, scoring_version::text) as line
from public.instrument_response
where source <> 'form-set-aside';

-- Entries of session logs from which doses and what was noted are counted: figures and codes, no words.
create view public.measure_session_event with (security_invoker = true) as
select e.clinic_id, s.person_id, e.session_id, e.id, e.kind, e.at, e.data
from public.session_event e
join public.dosing_session s on s.clinic_id = e.clinic_id and s.id = e.session_id
where e.kind in ('dose-started', 'dose-finished', 'dose-stopped', 'observation', 'correction', 'discharged', 'session-closed');

grant select on public.measure_result, public.measure_session_event to evenkeel_app;

-- One row for each person with a dose and each instrument to which they have a result.
create table public.outcome_result_pair (
  clinic_id uuid not null,
  person_id uuid not null,
  instrument_id text not null,
  -- last known value before the first dose, first known one in the weeks after the last
  before_value double precision,
  after_value double precision,
  -- whether both stand on one line; null while one is missing
  same_line boolean,
  primary key (clinic_id, person_id, instrument_id)
);
create index outcome_result_pair_instrument on public.outcome_result_pair (clinic_id, instrument_id);
call public.make_tenant_table('outcome_result_pair');

-- One row for each session in which a dose was begun. Days count from the person's first dose.
create table public.outcome_session (
  clinic_id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  day bigint not null,
  dose_number bigint not null,
  mg_given double precision,
  nausea_noted boolean not null,
  distress_noted boolean not null,
  stopped_early boolean not null,
  left_by_override boolean not null,
  primary key (clinic_id, person_id, session_id)
);
call public.make_tenant_table('outcome_session');
