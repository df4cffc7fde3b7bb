-- A clinician has looked at a result that asked for it. Append-only: a second look is a second row.
create table public.result_review (
  clinic_id uuid not null,
  id uuid not null,
  response_id uuid not null,
  reviewed_at timestamptz not null,
  reviewed_by text not null,
  note text not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, response_id) references public.instrument_response (clinic_id, id)
);
create index result_review_response on public.result_review (clinic_id, response_id, reviewed_at);
call public.make_log_table('result_review');

-- The few responses in which a trigger fired: what the list of results to be looked at walks.
create index instrument_response_triggered on public.instrument_response (clinic_id, completed_at)
  where jsonb_array_length(scores -> 'triggers') > 0;
