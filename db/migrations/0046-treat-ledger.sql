-- The controlled-substance ledger: every movement of a drug takes from one place and puts into another, so that no row can
-- fail to balance. Rows are chained by hash, one chain a clinic, in the order of `seq`.

-- What a delivery says of itself; lots from before say nothing here.
alter table public.drug_lot
  add column gtin text check (gtin ~ '^\d{14}$'),
  add column supplier text check (length(supplier) between 1 and 200),
  add column invoice text check (length(invoice) between 1 and 100);

-- Cabinets in rooms, beside the one safe.
create table public.drug_cabinet (
  clinic_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  created_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  unique (clinic_id, name)
);
create index drug_cabinet_by on public.drug_cabinet (created_by);
call public.make_log_table('drug_cabinet');

-- A vial from the moment it is opened. Sealed ones are counted by their lot.
create table public.drug_container (
  clinic_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  number bigint not null check (number > 0),
  serial text check (length(serial) between 1 and 20),
  opened_at timestamptz not null,
  opened_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  unique (clinic_id, lot_id, number),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id)
);
create index drug_container_by on public.drug_container (opened_by);
call public.make_log_table('drug_container');

-- Where the chain of a clinic ends.
create table public.ledger_head (
  clinic_id uuid primary key,
  seq bigint not null,
  hash text not null
);
call public.make_tenant_table('ledger_head');
revoke delete on public.ledger_head from evenkeel_app;

create table public.ledger_movement (
  clinic_id uuid not null,
  seq bigint not null check (seq > 0),
  id uuid not null,
  -- Movements of one act, such as a draw from two vials.
  act_id uuid not null,
  kind text not null,
  -- When it happened, and when it was written: they differ for what was entered after a power cut.
  at timestamptz not null,
  recorded_at timestamptz not null,
  lot_id uuid not null,
  from_place text not null,
  -- The cabinet, or the session of a syringe or a person.
  from_id uuid,
  from_container uuid,
  to_place text not null,
  to_id uuid,
  to_container uuid,
  -- Hundredths of a mL, or of a unit. With the lot's strength they make the micrograms.
  hundredths bigint not null check (hundredths > 0),
  micrograms bigint not null check (micrograms > 0),
  by_account_id uuid not null,
  witness_account_id uuid,
  session_id uuid,
  reason text not null check (length(reason) <= 500 and position(chr(31) in reason) = 0),
  -- JSON of what the kind asks beside, kept as the text that was hashed.
  detail text not null check (position(chr(31) in detail) = 0),
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (clinic_id, seq),
  unique (clinic_id, id),
  check (witness_account_id is distinct from by_account_id),
  check ((from_place in ('cabinet', 'syringe', 'patient')) = (from_id is not null)),
  check ((to_place in ('cabinet', 'syringe', 'patient')) = (to_id is not null)),
  check (from_container is null or from_place in ('safe', 'cabinet')),
  check (to_container is null or to_place in ('safe', 'cabinet')),
  constraint ledger_movement_kind check (
    case kind
      when 'receive' then from_place = 'supplier' and to_place = 'safe'
      when 'open' then from_place in ('safe', 'cabinet') and to_place = from_place and to_id is not distinct from from_id
        and from_container is null and to_container is not null
      when 'move' then from_place in ('safe', 'cabinet') and to_place in ('safe', 'cabinet')
        and (from_place, from_id) is distinct from (to_place, to_id) and to_container is not distinct from from_container
      when 'draw' then from_place in ('safe', 'cabinet') and to_place = 'syringe'
      when 'give' then from_place = 'syringe' and to_place = 'patient' and to_id = from_id
      when 'take-back' then from_place = 'patient' and to_place = 'syringe' and to_id = from_id
      when 'waste' then from_place in ('safe', 'cabinet', 'syringe') and to_place = 'waste'
      when 'waste-back' then from_place = 'waste' and to_place = 'syringe' and session_id is not null
        and witness_account_id is not null and reason <> ''
      when 'return' then from_place = 'syringe' and to_place in ('safe', 'cabinet')
      when 'send-back' then from_place in ('safe', 'cabinet') and to_place = 'returned'
      when 'destroy' then from_place in ('safe', 'cabinet') and to_place = 'destroyed'
      when 'lose' then from_place in ('safe', 'cabinet', 'syringe') and to_place = 'lost'
      when 'adjust' then (from_place in ('safe', 'cabinet') and to_place = 'adjusted')
        or (from_place = 'adjusted' and to_place in ('safe', 'cabinet'))
      else false
    end
  ),
  check (from_place <> 'syringe' or session_id = from_id),
  check (to_place <> 'syringe' or session_id = to_id),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id),
  foreign key (clinic_id, session_id) references public.dosing_session (clinic_id, id),
  foreign key (clinic_id, from_container) references public.drug_container (clinic_id, id),
  foreign key (clinic_id, to_container) references public.drug_container (clinic_id, id)
);
create index ledger_movement_lot on public.ledger_movement (clinic_id, lot_id, seq);
create index ledger_movement_session on public.ledger_movement (clinic_id, session_id) where session_id is not null;
create index ledger_movement_act on public.ledger_movement (clinic_id, act_id);
create index ledger_movement_at on public.ledger_movement (clinic_id, at);
create index ledger_movement_from_container on public.ledger_movement (clinic_id, from_container) where from_container is not null;
create index ledger_movement_to_container on public.ledger_movement (clinic_id, to_container) where to_container is not null;
call public.make_log_table('ledger_movement');

-- What a row's hash covers, field by field. The application makes the same text by itself (`chain.server.ts`).
create function public.ledger_text(m public.ledger_movement) returns text
  language sql stable as $$
  select (m).clinic_id || chr(31) || (m).seq || chr(31) || (m).id || chr(31) || (m).act_id || chr(31) || (m).kind
    || chr(31) || pg_catalog.to_char((m).at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || chr(31) || pg_catalog.to_char((m).recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || chr(31) || (m).lot_id
    || chr(31) || (m).from_place || chr(31) || coalesce((m).from_id::text, '') || chr(31) || coalesce((m).from_container::text, '')
    || chr(31) || (m).to_place || chr(31) || coalesce((m).to_id::text, '') || chr(31) || coalesce((m).to_container::text, '')
    || chr(31) || (m).hundredths || chr(31) || (m).micrograms
    || chr(31) || (m).by_account_id || chr(31) || coalesce((m).witness_account_id::text, '') || chr(31) || coalesce((m).session_id::text, '')
    || chr(31) || (m).reason || chr(31) || (m).detail
$$;

-- The head of the chain, signed from time to time with a key that the database does not have.
create table public.ledger_checkpoint (
  clinic_id uuid not null,
  id uuid not null,
  seq bigint not null check (seq > 0),
  hash text not null,
  at timestamptz not null,
  key_id text not null,
  signature text not null,
  primary key (clinic_id, id)
);
create index ledger_checkpoint_seq on public.ledger_checkpoint (clinic_id, seq);
call public.make_log_table('ledger_checkpoint');

-- How the clinic wants its ledger kept; the newest row counts.
create table public.ledger_setting (
  clinic_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  settings jsonb not null,
  primary key (clinic_id, id)
);
create index ledger_setting_at on public.ledger_setting (clinic_id, at);
create index ledger_setting_by on public.ledger_setting (by_account_id);
call public.make_log_table('ledger_setting');

-- A lot its maker calls back, and the end of that; the newest row of a lot counts.
create table public.lot_recall (
  clinic_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  state text not null check (state in ('recalled', 'cleared')),
  reason text not null check (length(reason) between 1 and 500),
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  primary key (clinic_id, id),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id)
);
create index lot_recall_lot on public.lot_recall (clinic_id, lot_id, at);
create index lot_recall_by on public.lot_recall (by_account_id);
call public.make_log_table('lot_recall');

-- What stood in the stock before the ledger opens it: one delivery for each lot of which something is left. What was drawn for a
-- session that is not closed comes in too, less what of its syringe was wasted already, and goes out into its syringe at once, so that
-- giving and wasting go on from there. The movements that led there stay in stock_movement, which takes no more rows.
-- Row-level security is forced on the owner too: it is lifted for the copying and put back. Where a row would be hidden all the same,
-- reading fails instead of finding nothing.
alter table public.drug_lot no force row level security;
alter table public.stock_movement no force row level security;
alter table public.session_event no force row level security;
alter table public.ledger_head no force row level security;
alter table public.ledger_movement no force row level security;
set local row_security = off;
do $$
declare
  step record;
  head record;
  moved public.ledger_movement;
begin
  for step in
    with kept as (
      select m.clinic_id, m.lot_id, round(100 * sum(coalesce(m.change_ml, m.change_units)))::bigint as hundredths,
        max(m.at) as at, (array_agg(m.by_account_id order by m.at))[1] as by_account_id
      from public.stock_movement m
      group by m.clinic_id, m.lot_id
    ), drawn as (
      select m.clinic_id, m.lot_id, m.session_id,
        round(100 * sum(coalesce(m.volume_ml, m.units) * case m.kind when 'drawn' then 1 else -1 end))::bigint as hundredths,
        max(m.at) filter (where m.kind = 'drawn') as at,
        (array_agg(m.by_account_id order by m.at desc) filter (where m.kind = 'drawn'))[1] as by_account_id
      from public.stock_movement m
      where m.session_id is not null and m.kind in ('drawn', 'syringe-wasted')
        and not exists (
          select from public.session_event e
          where e.clinic_id = m.clinic_id and e.session_id = m.session_id and e.kind = 'session-closed'
        )
      group by m.clinic_id, m.lot_id, m.session_id
    ), steps as (
      select clinic_id, lot_id, null::uuid as session_id, 1 as nth, 'receive' as kind, hundredths, at, by_account_id,
        'Left in the stock when the ledger was opened' as reason
      from kept where hundredths > 0
      union all
      select clinic_id, lot_id, session_id, 2, 'receive', hundredths, at, by_account_id,
        'Drawn for a session that was open when the ledger was opened'
      from drawn where hundredths > 0
      union all
      select clinic_id, lot_id, session_id, 3, 'draw', hundredths, at, by_account_id, 'Drawn before the ledger was opened'
      from drawn where hundredths > 0
    )
    select s.*, coalesce(l.concentration_mg_per_ml, l.unit_mg) as strength,
      json_build_object('drug', l.drug, 'lotNumber', l.lot_number, 'form', l.form, 'expiresOn', to_char(l.expires_on, 'YYYY-MM-DD'),
        'strength', coalesce(l.concentration_mg_per_ml, l.unit_mg)::double precision,
        'containerMl', l.container_ml::double precision) as lot
    from steps s
    join public.drug_lot l on l.clinic_id = s.clinic_id and l.id = s.lot_id
    order by s.clinic_id, l.received_at, l.id, s.session_id nulls first, s.nth
  loop
    insert into public.ledger_head (clinic_id, seq, hash) values (step.clinic_id, 0, repeat('0', 64))
      on conflict (clinic_id) do nothing;
    select seq, hash into head from public.ledger_head where clinic_id = step.clinic_id;
    moved.clinic_id := step.clinic_id;
    moved.seq := head.seq + 1;
    moved.id := gen_random_uuid();
    moved.act_id := moved.id;
    moved.kind := step.kind;
    moved.at := date_trunc('milliseconds', step.at);
    moved.recorded_at := date_trunc('milliseconds', now());
    moved.lot_id := step.lot_id;
    moved.from_place := case step.kind when 'draw' then 'safe' else 'supplier' end;
    moved.to_place := case step.kind when 'draw' then 'syringe' else 'safe' end;
    moved.to_id := case step.kind when 'draw' then step.session_id end;
    moved.session_id := moved.to_id;
    moved.hundredths := step.hundredths;
    -- A half is rounded up, as the application does it (`microgramsOf`).
    moved.micrograms := round(step.hundredths * 10 * round(step.strength, 4))::bigint;
    -- An account has to stand here; nobody of the clinic brought in what the opening found.
    moved.by_account_id := step.by_account_id;
    moved.reason := step.reason;
    moved.detail := case when step.kind = 'draw' then json_build_object('beforeTheLedger', true)
      else json_build_object('beforeTheLedger', true, 'by', 'the ledger''s opening', 'lot', step.lot)
    end::text;
    moved.previous_hash := head.hash;
    moved.hash := encode(sha256(convert_to(head.hash || chr(31) || public.ledger_text(moved), 'UTF8')), 'hex');
    insert into public.ledger_movement select moved.*;
    update public.ledger_head set seq = moved.seq, hash = moved.hash where clinic_id = step.clinic_id;
  end loop;
  if exists (
    select from public.stock_movement m
    where not exists (select from public.ledger_movement o where o.clinic_id = m.clinic_id and o.lot_id = m.lot_id)
    group by m.clinic_id, m.lot_id
    having round(100 * sum(coalesce(m.change_ml, m.change_units))) > 0
  ) then
    raise exception 'a lot holds stock and the ledger does not open with it';
  end if;
end $$;
set local row_security = on;
alter table public.drug_lot force row level security;
alter table public.stock_movement force row level security;
alter table public.session_event force row level security;
alter table public.ledger_head force row level security;
alter table public.ledger_movement force row level security;
revoke insert on public.stock_movement from evenkeel_app;
