-- Doses from before the plan kept them, so that a visit in which one was given is known to be dosed. How it was borne is
-- not known. 0035 took every closed session for one that ended without a dose; its rows are never deleted, and a dose
-- that is on record counts before them.
insert into public.given_dose (clinic_id, session_id, plan_id, person_id, order_id, dosed_at, noted_at)
  select distinct on (s.clinic_id, s.id) s.clinic_id, s.id, s.plan_id, s.person_id, o.id, e.at, e.received_at
  from public.session_event e
  join public.dosing_session s on s.clinic_id = e.clinic_id and s.id = e.session_id
  join public.dose_order o on o.clinic_id = e.clinic_id and o.id::text = e.data->>'orderId'
  where e.kind = 'dose-started'
  order by s.clinic_id, s.id, e.at
  on conflict (clinic_id, session_id) do nothing;
