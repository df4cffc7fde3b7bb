-- Devices and tablets in the stock are counted in units of so many mg; vials stay counted in mL.
alter table public.drug_lot
  add column form text not null default 'vial' check (form in ('vial', 'nasal-device', 'tablet')),
  add column unit_mg numeric check (unit_mg > 0),
  alter column concentration_mg_per_ml drop not null,
  alter column container_ml drop not null,
  add constraint lot_counted_one_way check (
    (form = 'vial' and concentration_mg_per_ml is not null and container_ml is not null and unit_mg is null)
    or (form <> 'vial' and concentration_mg_per_ml is null and container_ml is null and unit_mg is not null)
  );

alter table public.stock_movement
  add column units numeric check (units > 0),
  add column change_units numeric check (
    change_units is null
    or (kind = 'received' and change_units = units)
    or (kind in ('drawn', 'wasted') and change_units = -units)
  ),
  alter column volume_ml drop not null,
  alter column change_ml drop not null,
  add constraint movement_counted_one_way check (
    (volume_ml is not null and change_ml is not null and units is null and change_units is null)
    or (volume_ml is null and change_ml is null and units is not null and change_units is not null)
  );

-- That the monitoring form of a session with esketamine was sent to the REMS, which wants it within seven days.
create table public.rems_submission (
  clinic_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  sent_on date not null,
  how text not null check (how in ('portal', 'fax')),
  confirmation text not null,
  form_version text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id)
);
create index rems_submission_session on public.rems_submission (clinic_id, session_id);
call public.make_log_table('rems_submission');
