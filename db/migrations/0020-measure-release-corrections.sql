-- A release that was withdrawn may be counted anew: a further release of the same quarters that names the one it corrects. Both stay.
alter table public.results_release add column corrects uuid;
alter table public.results_release
  add foreign key (clinic_id, corrects) references public.results_release (clinic_id, id);
-- A release is corrected once; the correction may be withdrawn and corrected in its turn.
create unique index results_release_corrects on public.results_release (clinic_id, corrects);
-- 0015 allowed quarters to be released once and forever. What takes its place stands below.
drop index public.results_release_people;

-- The releases that stand, one row each from publishing to withdrawal, written by the triggers below and by nobody else. Releases and
-- withdrawals are never changed, so that no index on them can know which of them still stand.
create table public.results_release_live (
  clinic_id uuid not null,
  release_id uuid not null,
  first_dose_from date not null,
  first_dose_to date not null,
  primary key (clinic_id, release_id),
  foreign key (clinic_id, release_id) references public.results_release (clinic_id, id),
  -- No quarter is added by two releases that stand.
  constraint results_release_live_once exclude using gist
    (clinic_id with =, daterange(first_dose_from, first_dose_to, '[]') with &&)
);
insert into public.results_release_live (clinic_id, release_id, first_dose_from, first_dose_to)
select r.clinic_id, r.id, r.first_dose_from, r.first_dose_to
from public.results_release r
left join public.results_release_withdrawal w on w.clinic_id = r.clinic_id and w.release_id = r.id
where w.release_id is null;
call public.make_tenant_table('results_release_live');
revoke insert, update, delete on public.results_release_live from evenkeel_app;

create function public.results_release_goes_live() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into public.results_release_live (clinic_id, release_id, first_dose_from, first_dose_to)
  values (new.clinic_id, new.id, new.first_dose_from, new.first_dose_to);
  return null;
end $$;
create trigger goes_live after insert on public.results_release
  for each row execute function public.results_release_goes_live();

create function public.results_release_comes_off() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from public.results_release_live where clinic_id = new.clinic_id and release_id = new.release_id;
  return null;
end $$;
create trigger comes_off after insert on public.results_release_withdrawal
  for each row execute function public.results_release_comes_off();

-- Whom a release added. A first session may be corrected into another quarter afterwards: quarters alone would count that person
-- twice or never.
create table public.results_release_person (
  clinic_id uuid not null,
  release_id uuid not null,
  person_id uuid not null,
  primary key (clinic_id, release_id, person_id),
  foreign key (clinic_id, release_id) references public.results_release (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index results_release_person_person on public.results_release_person (clinic_id, person_id);
-- Releases from before this table: those whose first session is in their quarters as far as is known today. From the doses
-- themselves: courses are thrown away and made anew.
insert into public.results_release_person (clinic_id, release_id, person_id)
select r.clinic_id, r.id, f.person_id
from public.results_release r
join (
  select d.clinic_id, d.person_id, (min(d.at) at time zone (c.profile ->> 'timeZone'))::date as day
  from public.measure_dose d
  join public.clinic c on c.id = d.clinic_id
  group by d.clinic_id, d.person_id, c.profile
) f on f.clinic_id = r.clinic_id and f.day between r.first_dose_from and r.first_dose_to;
call public.make_log_table('results_release_person');
