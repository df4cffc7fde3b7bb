-- Where the people of a cohort were published, in the words of who marked it. Without it nothing says that a file is
-- public, and figures of small groups stay with those who treat people here. Who marked it and when stands in the audit.
alter table public.outside_cohort
  add column published_reference text
    check (published_reference is null or length(btrim(published_reference)) between 1 and 500);
