-- The ground every table stands on: the application's role, the tenant, and the two kinds of tenant tables.
do $$ begin
  if not exists (select from pg_roles where rolname = 'evenkeel_app') then
    create role evenkeel_app nologin;
  end if;
end $$;

create extension if not exists btree_gist;

grant usage on schema public to evenkeel_app;

-- The clinic of this transaction; null when none was set, so that nothing is visible.
create function public.current_clinic() returns uuid
  language sql stable
  as $$ select nullif(current_setting('app.clinic_id', true), '')::uuid $$;

-- Called once for each tenant table: forced row-level security, rights of the application.
create procedure public.make_tenant_table(table_name text)
  language plpgsql as $$
begin
  execute format('alter table public.%I enable row level security', table_name);
  execute format('alter table public.%I force row level security', table_name);
  execute format('create policy own_clinic on public.%I using (%s = public.current_clinic()) with check (%s = public.current_clinic())',
    table_name,
    case when table_name = 'clinic' then 'id' else 'clinic_id' end,
    case when table_name = 'clinic' then 'id' else 'clinic_id' end);
  execute format('grant select, insert, update, delete on public.%I to evenkeel_app', table_name);
end $$;

create function public.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'rows of % are never changed or deleted', TG_ARGV[0] using errcode = 'restrict_violation';
end $$;

-- Called once for each append-only log: like a tenant table, but nobody changes, deletes or truncates its rows,
-- not even the owner by mistake.
create procedure public.make_log_table(table_name text)
  language plpgsql as $$
begin
  call public.make_tenant_table(table_name);
  execute format('revoke update, delete on public.%I from evenkeel_app', table_name);
  execute format('create trigger append_only before update or delete on public.%I for each row execute function public.refuse_change(%L)', table_name, table_name);
  execute format('create trigger append_only_whole before truncate on public.%I for each statement execute function public.refuse_change(%L)', table_name, table_name);
end $$;

create table public.feed_head (
  clinic_id uuid primary key,
  seq bigint not null
);
call public.make_tenant_table('feed_head');

create table public.feed_event (
  clinic_id uuid not null,
  seq bigint not null,
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  data jsonb not null,
  primary key (clinic_id, seq)
);
call public.make_log_table('feed_event');

create table public.mail_message (
  clinic_id uuid not null,
  id uuid not null,
  dedupe_key text not null,
  to_address text not null,
  subject text not null,
  body text not null,
  planned_at timestamptz not null,
  sent_at timestamptz,
  last_error text,
  primary key (clinic_id, id),
  unique (clinic_id, dedupe_key)
);
create index mail_message_newest on public.mail_message (clinic_id, planned_at);
call public.make_tenant_table('mail_message');

-- How often an address or a name has tried something lately. Shared by all clinics; keys are hashes.
create table public.rate_window (
  key_hash text primary key,
  started_at timestamptz not null,
  tries bigint not null
);
grant select, insert, update, delete on public.rate_window to evenkeel_app;
