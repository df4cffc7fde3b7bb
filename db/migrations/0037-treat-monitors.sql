-- Monitors at the bedside: which devices there are, with which key they speak, at which chair they stand, and what they sent.

create table public.monitor_device (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  -- What the device calls itself in its batches.
  wire_name text not null check (wire_name ~ '^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$'),
  name text not null check (length(name) between 1 and 80),
  made_at timestamptz not null,
  made_by uuid not null references public.account (id),
  retired_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, wire_name)
);
create index monitor_device_maker on public.monitor_device (made_by);
call public.make_tenant_table('monitor_device');

-- The secret part of a key is kept as its hash alone; the key is shown once, when it is made.
create table public.monitor_key (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  device_id uuid not null,
  key_hash text not null check (key_hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  made_by uuid not null references public.account (id),
  revoked_at timestamptz,
  revoked_by uuid references public.account (id),
  primary key (clinic_id, id),
  unique (clinic_id, key_hash),
  check ((revoked_at is null) = (revoked_by is null)),
  foreign key (clinic_id, device_id) references public.monitor_device (clinic_id, id)
);
create index monitor_key_device on public.monitor_key (clinic_id, device_id);
create index monitor_key_maker on public.monitor_key (made_by);
create index monitor_key_revoker on public.monitor_key (revoked_by);
call public.make_tenant_table('monitor_key');

-- Where a device has stood since when; null: nowhere. A value belongs to the chair at which it was measured.
create table public.monitor_placement (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  device_id uuid not null,
  chair_id uuid,
  since timestamptz not null,
  placed_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  foreign key (clinic_id, device_id) references public.monitor_device (clinic_id, id),
  foreign key (clinic_id, chair_id) references public.infusion_chair (clinic_id, id)
);
create index monitor_placement_device on public.monitor_placement (clinic_id, device_id, since);
create index monitor_placement_chair on public.monitor_placement (clinic_id, chair_id);
create index monitor_placement_by on public.monitor_placement (placed_by);
call public.make_log_table('monitor_placement');

-- Which batches were taken, so that one sent again is known and one that was changed is refused. Old ones are forgotten by a job.
create table public.monitor_batch (
  clinic_id uuid not null references public.clinic (id),
  device_id uuid not null,
  run text not null,
  sequence bigint not null check (sequence >= 0),
  content_hash text not null,
  received_at timestamptz not null,
  accepted bigint not null,
  primary key (clinic_id, device_id, run, sequence),
  foreign key (clinic_id, device_id) references public.monitor_device (clinic_id, id)
);
create index monitor_batch_received on public.monitor_batch (clinic_id, device_id, received_at);
call public.make_tenant_table('monitor_batch');

-- What a batch says about one session: each value with its times, unit and quality. Part of the record: kept with the session.
create table public.session_sample (
  clinic_id uuid not null references public.clinic (id),
  session_id uuid not null,
  device_id uuid not null,
  run text not null,
  sequence bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  received_at timestamptz not null,
  samples jsonb not null,
  technical jsonb not null,
  primary key (clinic_id, session_id, device_id, run, sequence),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id),
  foreign key (clinic_id, device_id) references public.monitor_device (clinic_id, id)
);
create index session_sample_when on public.session_sample (clinic_id, session_id, last_at);
create index session_sample_device on public.session_sample (clinic_id, device_id);
call public.make_log_table('session_sample');

-- What came while no session ran at the chair, or no chair was known. Kept for a day, then forgotten by a job.
create table public.unassigned_sample (
  clinic_id uuid not null references public.clinic (id),
  device_id uuid not null,
  run text not null,
  sequence bigint not null,
  why text not null check (why in ('no-chair', 'no-session', 'clock-ahead')),
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  received_at timestamptz not null,
  values_held bigint not null,
  samples jsonb not null,
  technical jsonb not null,
  primary key (clinic_id, device_id, run, sequence, why),
  foreign key (clinic_id, device_id) references public.monitor_device (clinic_id, id)
);
create index unassigned_sample_received on public.unassigned_sample (clinic_id, device_id, received_at);
call public.make_tenant_table('unassigned_sample');
