-- A clinic adopts a version of the library before it is ordered: what a simulation found for it stands with the name
-- of the version, since a version of the library has no row of its own. Its revision is 0.
alter table public.protocol_simulation
  alter column version_id drop not null,
  add column protocol_id text,
  add column version text,
  add constraint protocol_simulation_of_one_version check (
    (version_id is not null and protocol_id is null and version is null)
    or (version_id is null and protocol_id is not null and version is not null and revision = 0)
  );
create index protocol_simulation_library
  on public.protocol_simulation (clinic_id, protocol_id, version, run_at);
