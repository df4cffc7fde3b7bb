-- 0015 says of `batch` that it holds no small counts. It does: people of whom a figure cannot be shown yet are counted
-- together with those of later releases, as they were counted at first.
comment on column public.results_release.batch is
  'the newly added people as they were counted, with small counts: never shown, only what may be shown of several batches together';
