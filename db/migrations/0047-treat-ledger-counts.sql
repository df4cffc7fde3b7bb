-- Counts of the stock, what they find, and what is signed about it. All of it only grows.

-- A count of one place, of all lots that stood there when it began or of one.
create table public.stock_count (
  clinic_id uuid not null,
  id uuid not null,
  place text not null check (place in ('safe', 'cabinet')),
  cabinet_id uuid,
  lot_id uuid,
  -- How many count: 2, or 1 where the clinic has set so.
  people bigint not null check (people in (1, 2)),
  begun_at timestamptz not null,
  begun_by uuid not null references public.account (id),
  -- The end of the ledger then: 0 where it was empty.
  begun_seq bigint not null check (begun_seq >= 0),
  primary key (clinic_id, id),
  check ((place = 'cabinet') = (cabinet_id is not null)),
  foreign key (clinic_id, cabinet_id) references public.drug_cabinet (clinic_id, id),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id)
);
create index stock_count_begun on public.stock_count (clinic_id, begun_at);
create index stock_count_by on public.stock_count (begun_by);
create index stock_count_cabinet on public.stock_count (clinic_id, cabinet_id);
create index stock_count_lot on public.stock_count (clinic_id, lot_id);
call public.make_log_table('stock_count');

-- What one person saw and signed, by themselves. `number` counts the sheets of a count.
create table public.count_sheet (
  clinic_id uuid not null,
  id uuid not null,
  count_id uuid not null,
  number bigint not null check (number > 0),
  by_account_id uuid not null references public.account (id),
  at timestamptz not null,
  -- The end of the ledger when the page to count by was drawn, and when it was signed.
  seen_seq bigint not null check (seen_seq >= 0),
  entered_seq bigint not null check (entered_seq >= seen_seq),
  -- What stood there and is on no list.
  besides text not null check (length(besides) <= 500),
  primary key (clinic_id, id),
  unique (clinic_id, count_id, number),
  foreign key (clinic_id, count_id) references public.stock_count (clinic_id, id)
);
create index count_sheet_by on public.count_sheet (by_account_id);
call public.make_log_table('count_sheet');

-- One line of a sheet: the sealed stock of a lot, or one opened vial.
create table public.count_line (
  clinic_id uuid not null,
  id uuid not null,
  sheet_id uuid not null,
  lot_id uuid not null,
  container_id uuid,
  -- Sealed containers or units as they were counted; of an opened vial none.
  sealed bigint check (sealed >= 0),
  -- mL of opened vials, in hundredths: of the one named, or of those without a number.
  opened_hundredths bigint not null check (opened_hundredths >= 0),
  hundredths bigint not null check (hundredths >= 0),
  primary key (clinic_id, id),
  unique nulls not distinct (clinic_id, sheet_id, lot_id, container_id),
  check ((container_id is null) = (sealed is not null)),
  foreign key (clinic_id, sheet_id) references public.count_sheet (clinic_id, id),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id),
  foreign key (clinic_id, container_id) references public.drug_container (clinic_id, id)
);
create index count_line_sheet on public.count_line (clinic_id, sheet_id);
create index count_line_lot on public.count_line (clinic_id, lot_id);
create index count_line_container on public.count_line (clinic_id, container_id);
call public.make_log_table('count_line');

create table public.count_end (
  clinic_id uuid not null,
  count_id uuid not null,
  how text not null check (how in ('finished', 'stopped')),
  reason text not null check (length(reason) <= 500),
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  primary key (clinic_id, count_id),
  foreign key (clinic_id, count_id) references public.stock_count (clinic_id, id)
);
create index count_end_by on public.count_end (by_account_id);
call public.make_log_table('count_end');

-- Counted and ledger tell different amounts. Two counters who did not agree leave `counted_hundredths` empty.
create table public.count_discrepancy (
  clinic_id uuid not null,
  id uuid not null,
  count_id uuid not null,
  lot_id uuid not null,
  container_id uuid,
  expected_hundredths bigint not null,
  counted_hundredths bigint check (counted_hundredths >= 0),
  at_seq bigint not null,
  opened_at timestamptz not null,
  due_on date not null,
  primary key (clinic_id, id),
  unique nulls not distinct (clinic_id, count_id, lot_id, container_id),
  check (expected_hundredths is distinct from counted_hundredths),
  foreign key (clinic_id, count_id) references public.stock_count (clinic_id, id),
  foreign key (clinic_id, lot_id) references public.drug_lot (clinic_id, id),
  foreign key (clinic_id, container_id) references public.drug_container (clinic_id, id)
);
create index count_discrepancy_count on public.count_discrepancy (clinic_id, count_id);
create index count_discrepancy_lot on public.count_discrepancy (clinic_id, lot_id);
create index count_discrepancy_container on public.count_discrepancy (clinic_id, container_id);
call public.make_log_table('count_discrepancy');

create table public.discrepancy_note (
  clinic_id uuid not null,
  id uuid not null,
  discrepancy_id uuid not null,
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  words text not null check (length(words) between 1 and 2000),
  primary key (clinic_id, id),
  foreign key (clinic_id, discrepancy_id) references public.count_discrepancy (clinic_id, id)
);
create index discrepancy_note_of on public.discrepancy_note (clinic_id, discrepancy_id);
create index discrepancy_note_by on public.discrepancy_note (by_account_id);
call public.make_log_table('discrepancy_note');

create table public.discrepancy_closing (
  clinic_id uuid not null,
  discrepancy_id uuid not null,
  finding text not null check (finding in ('counting-error', 'recording-error', 'spillage', 'unexplained', 'theft-or-loss')),
  words text not null check (length(words) between 1 and 2000),
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  witness_account_id uuid references public.account (id),
  -- Empty where a later count agreed with the ledger, or nothing stands in the ledger any more.
  movement_id uuid,
  -- The count whose figures it was closed by.
  count_id uuid not null,
  primary key (clinic_id, discrepancy_id),
  check (witness_account_id is distinct from by_account_id),
  foreign key (clinic_id, discrepancy_id) references public.count_discrepancy (clinic_id, id),
  foreign key (clinic_id, movement_id) references public.ledger_movement (clinic_id, id),
  foreign key (clinic_id, count_id) references public.stock_count (clinic_id, id)
);
create index discrepancy_closing_by on public.discrepancy_closing (by_account_id);
create index discrepancy_closing_witness on public.discrepancy_closing (witness_account_id);
create index discrepancy_closing_movement on public.discrepancy_closing (clinic_id, movement_id);
create index discrepancy_closing_count on public.discrepancy_closing (clinic_id, count_id);
call public.make_log_table('discrepancy_closing');

-- An inventory as it was signed by two, kept as the text that its digest covers.
create table public.stock_inventory (
  clinic_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('initial', 'biennial', 'on-demand')),
  taken_on date not null,
  at timestamptz not null,
  document text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  signed_by uuid not null references public.account (id),
  second_signed_by uuid not null references public.account (id),
  primary key (clinic_id, id),
  check (signed_by <> second_signed_by)
);
create index stock_inventory_at on public.stock_inventory (clinic_id, at);
create index stock_inventory_by on public.stock_inventory (signed_by);
create index stock_inventory_second on public.stock_inventory (second_signed_by);
call public.make_log_table('stock_inventory');

-- A draft of a loss report, saved as it goes; the newest row of a discrepancy counts.
create table public.loss_report_draft (
  clinic_id uuid not null,
  id uuid not null,
  discrepancy_id uuid,
  movement_id uuid,
  at timestamptz not null,
  by_account_id uuid not null references public.account (id),
  answers text not null,
  primary key (clinic_id, id),
  check ((discrepancy_id is null) <> (movement_id is null)),
  foreign key (clinic_id, discrepancy_id) references public.count_discrepancy (clinic_id, id),
  foreign key (clinic_id, movement_id) references public.ledger_movement (clinic_id, id)
);
create index loss_report_draft_discrepancy on public.loss_report_draft (clinic_id, discrepancy_id);
create index loss_report_draft_movement on public.loss_report_draft (clinic_id, movement_id);
create index loss_report_draft_by on public.loss_report_draft (by_account_id);
call public.make_log_table('loss_report_draft');
