-- The diary in full: kinds of appointments, rooms, equipment, staff calendars, closed days, and one table that says
-- what every visit holds. Migrations run as the owner; where row-level security is forced on the owner too, it is
-- lifted for the copying and put back.
alter table public.infusion_chair no force row level security;
alter table public.diary_appointment no force row level security;

create table public.clinic_room (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('dosing', 'therapy', 'consulting')),
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, name)
);
insert into public.clinic_room (clinic_id, id, name, kind, created_at)
select clinic_id, gen_random_uuid(), room_name, 'dosing', min(created_at)
from public.infusion_chair group by clinic_id, room_name;
call public.make_tenant_table('clinic_room');
alter table public.clinic_room no force row level security;

alter table public.infusion_chair add column room_id uuid;
alter table public.infusion_chair add column retired_at timestamptz;
update public.infusion_chair c set room_id = r.id
from public.clinic_room r where r.clinic_id = c.clinic_id and r.name = c.room_name;
alter table public.infusion_chair alter column room_id set not null;
alter table public.infusion_chair drop column room_name;
alter table public.infusion_chair add unique (clinic_id, room_id, name);
alter table public.infusion_chair add foreign key (clinic_id, room_id) references public.clinic_room (clinic_id, id);

create table public.equipment_item (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,40}$'),
  name text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, kind, name)
);
call public.make_tenant_table('equipment_item');

-- A kind of appointment as this clinic has set it. What is not here is as the program proposes it.
create table public.appointment_type (
  clinic_id uuid not null references public.clinic (id),
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,60}$'),
  name text not null,
  neutral_name text not null,
  mode text not null check (mode in ('off', 'request', 'instant')),
  -- Null: as long as the visit's parts in the protocol.
  length_min bigint check (length_min between 5 and 720),
  before_min bigint not null check (before_min between 0 and 240),
  after_min bigint not null check (after_min between 0 and 240),
  needs jsonb not null,
  revision bigint not null check (revision > 0),
  changed_by uuid references public.account (id),
  changed_at timestamptz not null,
  retired_at timestamptz,
  primary key (clinic_id, code)
);
create index appointment_type_changer on public.appointment_type (changed_by);
call public.make_tenant_table('appointment_type');

-- Working hours of a member from a day on, until a later entry for a later day; an entry for the same day replaces it.
create table public.working_week (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  membership_id uuid not null,
  valid_from date not null,
  hours jsonb not null,
  entered_by uuid references public.account (id),
  entered_at timestamptz not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, membership_id) references public.membership (clinic_id, id)
);
create index working_week_member on public.working_week (clinic_id, membership_id);
create index working_week_by on public.working_week (entered_by);
call public.make_log_table('working_week');

create table public.staff_leave (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  membership_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Neutral: why exactly somebody is away is not the diary's.
  kind text not null check (kind in ('away', 'training', 'other-duty')),
  entered_by uuid references public.account (id),
  entered_at timestamptz not null,
  removed_by uuid references public.account (id),
  removed_at timestamptz,
  primary key (clinic_id, id),
  foreign key (clinic_id, membership_id) references public.membership (clinic_id, id)
);
create index staff_leave_member on public.staff_leave (clinic_id, membership_id);
create index staff_leave_by on public.staff_leave (entered_by);
create index staff_leave_remover on public.staff_leave (removed_by);
call public.make_tenant_table('staff_leave');

-- A day that differs from the weekly opening hours: closed, or open at other hours.
create table public.clinic_closure (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  day date not null,
  title text not null,
  opens text check (opens ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  closes text check (closes ~ '^([01]\d|2[0-3]):[0-5]\d$' and closes > opens),
  entered_by uuid references public.account (id),
  entered_at timestamptz not null,
  removed_by uuid references public.account (id),
  removed_at timestamptz,
  primary key (clinic_id, id),
  check ((opens is null) = (closes is null))
);
create unique index clinic_closure_day on public.clinic_closure (clinic_id, day) where removed_at is null;
create index clinic_closure_by on public.clinic_closure (entered_by);
create index clinic_closure_remover on public.clinic_closure (removed_by);
call public.make_tenant_table('clinic_closure');

-- What a visit holds, its time of preparing and cleaning included. The one exclusion makes a double booking of anybody
-- or anything impossible, whoever writes. `present` is shared: a prescriber on site covers several visits at once.
create table public.diary_hold (
  clinic_id uuid not null references public.clinic (id),
  appointment_id uuid not null,
  resource_kind text not null check (resource_kind in ('person', 'staff', 'room', 'chair', 'equipment')),
  resource_id uuid not null,
  sharing text not null check (sharing in ('alone', 'present')),
  -- What a member of staff is there for.
  part text check (part in ('nurse', 'therapist', 'prescriber')),
  held_from timestamptz not null,
  held_until timestamptz not null check (held_until > held_from),
  live boolean not null,
  primary key (clinic_id, appointment_id, resource_id, sharing),
  foreign key (clinic_id, appointment_id) references public.diary_appointment (clinic_id, id),
  check ((part is not null) = (resource_kind = 'staff')),
  check (sharing = 'alone' or resource_kind = 'staff'),
  constraint diary_hold_taken exclude using gist
    (clinic_id with =, resource_id with =, tstzrange(held_from, held_until) with &&)
    where (live and sharing = 'alone')
);
create index diary_hold_until on public.diary_hold (clinic_id, held_until) where live;
create index diary_hold_resource on public.diary_hold (clinic_id, resource_id, held_until);

insert into public.diary_hold (clinic_id, appointment_id, resource_kind, resource_id, sharing, part, held_from, held_until, live)
select a.clinic_id, a.id, h.kind, h.id, 'alone', h.part, a.starts_at, h.held_until, a.cancelled_at is null
from public.diary_appointment a
cross join lateral (values
  ('person', a.person_id, null, a.ends_at),
  ('chair', a.chair_id, null, a.chair_until),
  ('staff', a.nurse_membership_id, 'nurse', a.ends_at)
) as h (kind, id, part, held_until);
call public.make_tenant_table('diary_hold');

-- An appointment may have no plan (assessment, a call), and a visit of a plan may be none of its sessions (therapy).
alter table public.diary_appointment
  drop constraint appointment_patient_taken,
  drop constraint appointment_chair_taken,
  drop constraint appointment_nurse_taken,
  drop column chair_id,
  drop column chair_until,
  drop column nurse_membership_id,
  add column type_code text not null default 'dosing',
  alter column plan_id drop not null,
  alter column session_number drop not null,
  add check (session_number is null or plan_id is not null);
alter table public.diary_appointment alter column type_code drop default;
alter table public.booking_series alter column plan_id drop not null;

alter table public.infusion_chair force row level security;
alter table public.diary_appointment force row level security;
alter table public.clinic_room force row level security;
