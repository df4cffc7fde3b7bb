-- How people are since: their check-ins, the invitations to them, what they chose about being asked, and who called.
create table public.check_in (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  -- The day in the clinic's zone. A second entry of the same day is a correction: the highest version counts.
  for_date date not null,
  version bigint not null check (version >= 1),
  submitted_at timestamptz not null,
  by_link boolean not null,
  craving_0_to_10 smallint check (craving_0_to_10 between 0 and 10),
  used text not null check (used in ('yes', 'no', 'unknown')),
  substances jsonb not null check (jsonb_typeof(substances) = 'array'),
  mood_0_to_10 smallint check (mood_0_to_10 between 0 and 10),
  words text,
  -- Which wording and scoring of the craving question was shown, so that editions never mix on one line.
  craving_stamp jsonb not null,
  primary key (clinic_id, id),
  unique (clinic_id, person_id, for_date, version),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index check_in_day on public.check_in (clinic_id, for_date);
call public.make_log_table('check_in');

create table public.check_in_invitation (
  clinic_id uuid not null,
  person_id uuid not null,
  for_date date not null,
  invited_at timestamptz not null,
  -- Without an e-mail address nothing is sent: staff hand out the link.
  by_mail boolean not null,
  primary key (clinic_id, person_id, for_date),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
call public.make_log_table('check_in_invitation');

create table public.check_in_choice (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  chosen_at timestamptz not null,
  choice text not null check (choice in ('stop', 'go-on')),
  by_staff boolean not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index check_in_choice_person on public.check_in_choice (clinic_id, person_id, chosen_at);
call public.make_log_table('check_in_choice');

create table public.check_in_contact (
  clinic_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  contacted_at timestamptz not null,
  account_id uuid not null references public.account (id),
  outcome text not null check (outcome in ('reached', 'message-left', 'not-reached')),
  primary key (clinic_id, id),
  foreign key (clinic_id, person_id) references public.person (clinic_id, id)
);
create index check_in_contact_person on public.check_in_contact (clinic_id, person_id, contacted_at);
create index check_in_contact_account on public.check_in_contact (account_id);
call public.make_log_table('check_in_contact');
