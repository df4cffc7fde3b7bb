-- The clinic's figures for who gets strict ones, worked out once for a day and kept: what was told stays told, whatever is
-- entered or corrected afterwards (decision 0017). Figures as pages show them, small counts already withheld; no person is in it.
create table public.measure_snapshot (
  clinic_id uuid not null,
  -- the last day that counts, in the clinic's zone
  as_of_day date not null,
  -- which definitions and which code worked them out
  stamp text not null,
  people bigint not null,
  invented text not null check (invented in ('none', 'some', 'all')),
  -- by page
  figures jsonb not null,
  built_at timestamptz not null,
  primary key (clinic_id, as_of_day, stamp)
);
call public.make_tenant_table('measure_snapshot');
