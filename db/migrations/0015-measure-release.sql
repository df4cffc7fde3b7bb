-- What a clinic has published about itself: figures frozen as they were seen, who signed for them, and for which people. Nothing
-- on the public page is computed anew, so that two releases differ only by what was meant to be published.
create table public.results_release (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  number bigint not null check (number > 0),
  -- the newly added people: those whose first dose was on one of these days
  first_dose_from date not null,
  first_dose_to date not null,
  -- the day as of which they were counted, in the clinic's zone
  counted_on date not null,
  -- the newly added people alone, as far as they may be shown; small counts are not in it
  batch jsonb not null,
  -- the page: figures of all people so far, definitions with versions
  page jsonb not null,
  -- of the page, as the signer saw it
  page_hash text not null,
  signed_name text not null,
  signed_by text not null,
  published_at timestamptz not null,
  primary key (clinic_id, id),
  check (first_dose_from <= first_dose_to and first_dose_to < counted_on)
);
create unique index results_release_number on public.results_release (clinic_id, number);
-- Nobody is added twice.
create unique index results_release_people on public.results_release (clinic_id, first_dose_to);
call public.make_log_table('results_release');

-- A release taken off the public page. It stays what it was: whoever kept a copy has it.
create table public.results_release_withdrawal (
  clinic_id uuid not null,
  release_id uuid not null,
  reason text not null,
  withdrawn_by text not null,
  withdrawn_at timestamptz not null,
  primary key (clinic_id, release_id),
  foreign key (clinic_id, release_id) references public.results_release (clinic_id, id)
);
call public.make_log_table('results_release_withdrawal');
