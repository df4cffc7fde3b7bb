-- Orders by every route, numbered in their plan, and what the plan knows of the doses given by them.

-- An order that is not an infusion has no pump; one that is not counted from a weight has no weight. What an order by
-- the older form has not (route, number, given) is null; it is an infusion of one step then.
alter table public.dose_order
  alter column dose_mg_per_kg drop not null,
  alter column weight_basis drop not null,
  alter column basis_weight_kg drop not null,
  alter column actual_weight_kg drop not null,
  alter column weight_measured_at drop not null,
  alter column concentration_mg_per_ml drop not null,
  alter column volume_ml drop not null,
  alter column total_volume_ml drop not null,
  alter column duration_min drop not null,
  alter column rate_ml_per_h drop not null,
  add column route text check (route in ('intravenous', 'intramuscular', 'subcutaneous', 'nasal-esketamine', 'nasal-racemic', 'sublingual', 'oral')),
  add column number bigint check (number > 0),
  -- Steps of a pump, places of an injection, devices or tablets.
  add column given jsonb,
  -- Ceilings that were passed, by what they asked for.
  add column needs jsonb,
  -- What was said about the last dose, for one above it.
  add column raise jsonb,
  add constraint dose_order_form check ((route is null) = (number is null) and (route is null) = (given is null) and (route is null) = (needs is null)),
  add constraint dose_order_weight check (
    num_nonnulls(dose_mg_per_kg, weight_basis, basis_weight_kg, actual_weight_kg, weight_measured_at) in (0, 5)),
  add constraint dose_order_drawn check (
    (concentration_mg_per_ml is null) = (volume_ml is null)),
  add constraint dose_order_pump check (
    num_nonnulls(total_volume_ml, duration_min, rate_ml_per_h) in (0, 3)),
  add constraint dose_order_infusion check (
    coalesce(route, 'intravenous') <> 'intravenous'
    or num_nonnulls(dose_mg_per_kg, volume_ml, total_volume_ml) = 3),
  add constraint dose_order_not_infusion check (coalesce(route, 'intravenous') = 'intravenous' or total_volume_ml is null);
create unique index dose_order_number on public.dose_order (clinic_id, plan_id, number) where number is not null;

-- One row of a plan is locked before its next order gets a number.
create table public.dose_order_head (
  clinic_id uuid not null references public.clinic (id),
  plan_id uuid not null,
  orders bigint not null check (orders > 0),
  primary key (clinic_id, plan_id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id)
);
call public.make_tenant_table('dose_order_head');

-- A dose given by an order, as the bedside told it.
create table public.given_dose (
  clinic_id uuid not null references public.clinic (id),
  session_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  order_id uuid not null,
  dosed_at timestamptz not null,
  noted_at timestamptz not null,
  primary key (clinic_id, session_id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, order_id) references public.dose_order (clinic_id, id)
);
create index given_dose_person on public.given_dose (clinic_id, person_id, dosed_at);
create index given_dose_plan on public.given_dose (clinic_id, plan_id);
create index given_dose_order on public.given_dose (clinic_id, order_id);
call public.make_log_table('given_dose');

-- How it was borne, as recorded when the person left: what a dose is never raised after, each yes, no or unknown.
create table public.given_dose_course (
  clinic_id uuid not null references public.clinic (id),
  session_id uuid not null,
  facts jsonb not null,
  noted_at timestamptz not null,
  primary key (clinic_id, session_id),
  foreign key (clinic_id, session_id) references public.given_dose (clinic_id, session_id)
);
call public.make_log_table('given_dose_course');
