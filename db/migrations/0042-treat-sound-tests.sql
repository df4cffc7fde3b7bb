-- Whether the sound of alarms was heard on a screen: asked at the start of the day, answered by a person.
create table public.board_sound_test (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  -- The browser that played it, by the mark it was given; its name as people here call it.
  screen_id uuid not null,
  screen_name text not null check (length(screen_name) between 1 and 60),
  heard boolean not null,
  tested_at timestamptz not null,
  tested_by uuid not null references public.account (id),
  primary key (clinic_id, id)
);
create index board_sound_test_screen on public.board_sound_test (clinic_id, screen_id, tested_at);
create index board_sound_test_by on public.board_sound_test (tested_by);
call public.make_log_table('board_sound_test');
