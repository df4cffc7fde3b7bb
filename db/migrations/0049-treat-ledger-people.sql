-- The list of movements is narrowed to those somebody recorded or witnessed; without these all of a ledger is walked for somebody who
-- did little in it.
create index ledger_movement_by on public.ledger_movement (clinic_id, by_account_id, seq);
create index ledger_movement_witness on public.ledger_movement (clinic_id, witness_account_id, seq) where witness_account_id is not null;
