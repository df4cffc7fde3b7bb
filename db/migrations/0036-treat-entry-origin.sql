-- Where an entry of a session's log was written, when that was a tablet with a queue of its own: its name, the entry's
-- number there, and how far its clock was off. Null for what was written on a page of the server.
alter table public.session_event add column via jsonb;
