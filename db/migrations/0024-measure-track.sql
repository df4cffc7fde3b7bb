-- What somebody is treated for, as measure may see it: the track of the intake on which their first plan rests, by its
-- newest planning; null when that intake had none.
create view public.measure_track with (security_invoker = true) as
select distinct on (p.clinic_id, p.person_id) p.clinic_id, p.person_id, i.track
from public.treatment_plan p
left join (
  select distinct on (clinic_id, assessment_id) clinic_id, assessment_id, track
  from public.intake_plan
  order by clinic_id, assessment_id, planned_at desc, id desc
) i on i.clinic_id = p.clinic_id and i.assessment_id = p.assessment_id
order by p.clinic_id, p.person_id, p.created_at, p.id;

grant select on public.measure_track to evenkeel_app;
