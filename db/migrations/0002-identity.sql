-- Clinics, the accounts that sign in, their place in a clinic, sessions, secret links, and the people treated.
create table public.clinic (
  id uuid primary key,
  slug text not null,
  profile jsonb not null,
  created_at timestamptz not null
);
call public.make_tenant_table('clinic');

-- Which clinic answers at this address: public, so that a visitor's first request can find it.
create table public.clinic_directory (
  slug text primary key,
  clinic_id_text text not null,
  is_default boolean not null
);
grant select, insert, update on public.clinic_directory to evenkeel_app;

-- Shared: one person signs in with one account, whatever clinics they belong to.
create table public.account (
  id uuid primary key,
  email text not null unique,
  name text not null,
  password_hash text not null,
  created_at timestamptz not null
);
grant select, insert, update on public.account to evenkeel_app;

create table public.person (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  display_name text not null,
  birth_date date,
  sex text,
  contact jsonb not null,
  synthetic boolean not null,
  created_at timestamptz not null,
  primary key (clinic_id, id)
);
call public.make_tenant_table('person');

create table public.membership (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  account_id uuid not null references public.account (id),
  roles text[] not null,
  person_id uuid,
  active boolean not null,
  created_at timestamptz not null,
  primary key (clinic_id, id),
  unique (clinic_id, account_id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index membership_account on public.membership (account_id);
create index membership_person on public.membership (clinic_id, person_id);
call public.make_tenant_table('membership');

create table public.login_session (
  clinic_id uuid not null references public.clinic (id),
  token_hash text not null,
  membership_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, membership_id) references public.membership (clinic_id, id)
);
create index login_session_membership on public.login_session (clinic_id, membership_id);
call public.make_tenant_table('login_session');

-- A secret link for one purpose and one person, for those who have no account (yet).
create table public.access_link (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  token_hash text not null,
  purpose text not null,
  person_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index access_link_person on public.access_link (clinic_id, person_id);
call public.make_tenant_table('access_link');
