-- From the decision to the diary: plans, orders, consent, chairs and appointments.

-- A plan binds one assessment to one version of a protocol, on one signed decision.
create table public.treatment_plan (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  person_id uuid not null,
  assessment_id uuid not null,
  decision_id uuid not null,
  protocol_id text not null,
  protocol_version text not null,
  created_by uuid references public.account (id),
  created_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, assessment_id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, assessment_id) references public.assessment (clinic_id, id),
  foreign key (clinic_id, decision_id) references public.eligibility_decision (clinic_id, id)
);
create index treatment_plan_person on public.treatment_plan (clinic_id, person_id);
create index treatment_plan_decision on public.treatment_plan (clinic_id, decision_id);
create index treatment_plan_creator on public.treatment_plan (created_by);
call public.make_log_table('treatment_plan');

-- An order for one infusion of the plan, with every figure that led to it. Never edited; withdrawn by a row below.
create table public.dose_order (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  plan_id uuid not null,
  dose_mg_per_kg numeric not null check (dose_mg_per_kg > 0),
  weight_basis text not null check (weight_basis in ('actual', 'ideal', 'adjusted')),
  basis_weight_kg numeric not null check (basis_weight_kg > 0),
  actual_weight_kg numeric not null check (actual_weight_kg > 0),
  weight_measured_at timestamptz not null,
  height_cm numeric,
  dose_mg numeric not null check (dose_mg > 0),
  concentration_mg_per_ml numeric not null check (concentration_mg_per_ml > 0),
  volume_ml numeric not null check (volume_ml > 0),
  total_volume_ml numeric not null check (total_volume_ml >= volume_ml),
  duration_min numeric not null check (duration_min > 0),
  rate_ml_per_h numeric not null check (rate_ml_per_h > 0),
  arithmetic jsonb not null,
  reason text,
  weight_change_acknowledged boolean not null,
  signed_by uuid not null references public.account (id),
  second_signed_by uuid references public.account (id),
  signed_at timestamptz not null,
  valid_until timestamptz not null check (valid_until > signed_at),
  primary key (clinic_id, id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id)
);
create index dose_order_plan on public.dose_order (clinic_id, plan_id, signed_at);
create index dose_order_signer on public.dose_order (signed_by);
create index dose_order_second_signer on public.dose_order (second_signed_by);
call public.make_log_table('dose_order');

create table public.dose_order_withdrawal (
  clinic_id uuid not null references public.clinic (id),
  order_id uuid not null,
  reason text not null,
  withdrawn_by uuid not null references public.account (id),
  withdrawn_at timestamptz not null,
  primary key (clinic_id, order_id),
  foreign key (clinic_id, order_id) references public.dose_order (clinic_id, id)
);
create index dose_order_withdrawal_by on public.dose_order_withdrawal (withdrawn_by);
call public.make_log_table('dose_order_withdrawal');

-- What somebody signed: which version, and the hash of the very text that was shown.
create table public.consent_signature (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  person_id uuid not null,
  document_id text not null,
  document_version text not null,
  text_hash text not null,
  typed_name text not null,
  teach_back jsonb not null,
  signed_by uuid not null references public.account (id),
  signed_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index consent_signature_person on public.consent_signature (clinic_id, person_id, signed_at);
create index consent_signature_by on public.consent_signature (signed_by);
call public.make_log_table('consent_signature');

-- A withdrawal ends the one signature it names.
create table public.consent_withdrawal (
  clinic_id uuid not null references public.clinic (id),
  signature_id uuid not null,
  withdrawn_by uuid not null references public.account (id),
  withdrawn_at timestamptz not null,
  primary key (clinic_id, signature_id),
  foreign key (clinic_id, signature_id) references public.consent_signature (clinic_id, id)
);
create index consent_withdrawal_by on public.consent_withdrawal (withdrawn_by);
call public.make_log_table('consent_withdrawal');

create table public.infusion_chair (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  room_name text not null,
  name text not null,
  turnaround_min bigint not null check (turnaround_min between 0 and 240),
  created_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, room_name, name)
);
call public.make_tenant_table('infusion_chair');

create table public.booking_series (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  plan_id uuid not null,
  booked_by uuid references public.account (id),
  booked_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id)
);
create index booking_series_plan on public.booking_series (clinic_id, plan_id);
create index booking_series_by on public.booking_series (booked_by);
call public.make_log_table('booking_series');

-- One visit: person, chair and nurse together. The three exclusions make a double booking impossible, whoever writes.
create table public.diary_appointment (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  series_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  session_number bigint not null check (session_number > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  chair_id uuid not null,
  -- The end and the chair's turnaround after it: the chair is free again from here.
  chair_until timestamptz not null check (chair_until >= ends_at),
  nurse_membership_id uuid not null,
  booked_at timestamptz not null,
  moved_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  primary key (clinic_id, id),
  foreign key (clinic_id, series_id) references public.booking_series (clinic_id, id),
  foreign key (clinic_id, plan_id) references public.treatment_plan (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id),
  foreign key (clinic_id, chair_id) references public.infusion_chair (clinic_id, id),
  foreign key (clinic_id, nurse_membership_id) references public.membership (clinic_id, id),
  check ((cancelled_at is null) = (cancel_reason is null)),
  constraint appointment_patient_taken exclude using gist
    (clinic_id with =, person_id with =, tstzrange(starts_at, ends_at) with &&) where (cancelled_at is null),
  constraint appointment_chair_taken exclude using gist
    (clinic_id with =, chair_id with =, tstzrange(starts_at, chair_until) with &&) where (cancelled_at is null),
  constraint appointment_nurse_taken exclude using gist
    (clinic_id with =, nurse_membership_id with =, tstzrange(starts_at, ends_at) with &&) where (cancelled_at is null)
);
create unique index appointment_session on public.diary_appointment (clinic_id, plan_id, session_number) where cancelled_at is null;
create index appointment_plan on public.diary_appointment (clinic_id, plan_id);
create index appointment_series on public.diary_appointment (clinic_id, series_id);
create index appointment_person on public.diary_appointment (clinic_id, person_id, starts_at);
create index appointment_chair on public.diary_appointment (clinic_id, chair_id);
create index appointment_nurse on public.diary_appointment (clinic_id, nurse_membership_id);
create index appointment_when on public.diary_appointment (clinic_id, starts_at);
call public.make_tenant_table('diary_appointment');
