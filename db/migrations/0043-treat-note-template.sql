-- How a clinic's session notes are laid out: versions, the newest in force. And a colleague's signature under a signed note.
create table public.note_template (
  clinic_id uuid not null,
  version bigint not null,
  parts jsonb not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (clinic_id, version)
);
call public.make_log_table('note_template');

create table public.note_cosignature (
  clinic_id uuid not null,
  id uuid not null,
  note_id uuid not null,
  signed_at timestamptz not null,
  signed_by uuid not null,
  remark text not null,
  primary key (clinic_id, id),
  unique (clinic_id, note_id, signed_by),
  foreign key (clinic_id, note_id) references public.session_note (clinic_id, id)
);
call public.make_log_table('note_cosignature');
