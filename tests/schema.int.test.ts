import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, readMigrations } from '../server/migrate.ts'
import { openTestDatabase, type TestDatabase } from './database/test-clinic.ts'

/**
 * Conventions asserted over the real catalogue. The first block is the lint that keeps the schema spreadable
 * over several database nodes; exceptions stand as exact sets, so they can only shrink.
 */
let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const rows = async (text: string) =>
  (await t.owner.query(text)).rows.map((row) => Object.values(row).join(' | '))

const TENANT_TABLES = `
  select c.oid, c.relname as name, a.attnum as k, a.attnotnull, a.atttypid
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    and a.attname = case when c.relname = 'clinic' then 'id' else 'clinic_id' end
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`
const SHARED_TABLES = `
  select c.oid, c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.oid not in (select oid from (${TENANT_TABLES}) tt)`

describe('the schema can be spread over several nodes', () => {
  it.each([
    [
      'a tenant table has a primary key',
      `select name from (${TENANT_TABLES}) tt where not exists (select 1 from pg_index i where i.indrelid = tt.oid and i.indisprimary)`,
    ],
    [
      'clinic_id is a uuid and never null',
      `select name from (${TENANT_TABLES}) tt where not attnotnull or atttypid <> 'uuid'::regtype`,
    ],
    [
      'clinic_id comes first in the primary key',
      `select name from (${TENANT_TABLES}) tt join pg_index i on i.indrelid = tt.oid where i.indisprimary and i.indkey[0] <> tt.k`,
    ],
    [
      'every unique index and exclusion includes clinic_id',
      `select i.indexrelid::regclass::text from (${TENANT_TABLES}) tt join pg_index i on i.indrelid = tt.oid where (i.indisunique or i.indisexclusion) and not tt.k = any (i.indkey)`,
    ],
    [
      'a foreign key between tenant tables joins clinic to clinic',
      `select tt.name, f.conname from (${TENANT_TABLES}) tt
       join pg_constraint f on f.conrelid = tt.oid and f.contype = 'f' and f.conparentid = 0
       join (${TENANT_TABLES}) r on r.oid = f.confrelid
       where not exists (select 1 from generate_subscripts(f.conkey, 1) g where f.conkey[g] = tt.k and f.confkey[g] = r.k)`,
    ],
    [
      'no foreign key changes a tenant key',
      `select tt.name, f.conname from (${TENANT_TABLES}) tt join pg_constraint f on f.conrelid = tt.oid and f.contype = 'f' and tt.k = any (f.conkey) where f.confdeltype in ('n', 'd') or f.confupdtype in ('c', 'n', 'd')`,
    ],
    [
      'no foreign key leads from a shared to a tenant table',
      `select f.conrelid::regclass::text, f.conname from pg_constraint f where f.contype = 'f' and f.conrelid in (select oid from (${SHARED_TABLES}) s) and f.confrelid in (select oid from (${TENANT_TABLES}) tt)`,
    ],
    [
      'a shared table has a primary key',
      `select name from (${SHARED_TABLES}) s where not exists (select 1 from pg_index i where i.indrelid = s.oid and i.indisprimary)`,
    ],
    [
      'no identity or serial is narrower than bigint',
      `select tt.name, a.attname from (${TENANT_TABLES}) tt join pg_attribute a on a.attrelid = tt.oid and a.attnum > 0 where a.atttypid in ('int2'::regtype, 'int4'::regtype) and pg_get_serial_sequence('public.' || quote_ident(tt.name), a.attname) is not null`,
    ],
    [
      'no trigger function asks for its table name',
      `select g.tgrelid::regclass::text, g.tgname from pg_trigger g join pg_proc p on p.oid = g.tgfoid where not g.tgisinternal and g.tgrelid in (select oid from (${TENANT_TABLES}) tt) and p.prosrc ~* 'tg_(table_name|relname|relid)'`,
    ],
    [
      'no trigger function notifies or takes advisory locks',
      `select p.oid::regproc::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype = 'trigger'::regtype and p.prosrc ~* 'pg_notify|notify |pg_(try_)?advisory'`,
    ],
    [
      'no policy contains a sub-select',
      `select p.polrelid::regclass::text, p.polname from pg_policy p where coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') ~* '\\mselect\\M'`,
    ],
    [
      'row-level security is on and forced',
      `select tt.name from (${TENANT_TABLES}) tt join pg_class c using (oid) where not c.relrowsecurity or not c.relforcerowsecurity`,
    ],
    [
      'every tenant table has a policy',
      `select tt.name from (${TENANT_TABLES}) tt where not exists (select 1 from pg_policy p where p.polrelid = tt.oid)`,
    ],
    [
      'no partition is open to the application',
      `select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relispartition and has_table_privilege('evenkeel_app', c.oid, 'select') and not c.relrowsecurity`,
    ],
    [
      'no table inherits',
      `select inhrelid::regclass::text from pg_inherits join pg_class c on c.oid = inhrelid where not c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
    ],
    [
      'there are no rewrite rules',
      `select c.oid::regclass::text from pg_rewrite w join pg_class c on c.oid = w.ev_class where c.relnamespace = 'public'::regnamespace and w.rulename <> '_RETURN'`,
    ],
  ])('%s', async (_rule, query) => {
    expect(await rows(query)).toEqual([])
  })
})

describe('conventions', () => {
  it('indexes every foreign key', async () => {
    const missing = await rows(`
      select f.conrelid::regclass::text || '.' || f.conname from pg_constraint f
      where f.contype = 'f' and f.connamespace = 'public'::regnamespace
        and not exists (
          select 1 from pg_index i where i.indrelid = f.conrelid
            and (select array_agg(k order by k) from unnest(f.conkey) k)
              = (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(f.conkey) - 1]) k))`)
    expect(missing).toEqual([])
  })

  it('keeps no time without its zone', async () => {
    expect(
      await rows(
        `select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and data_type in ('timestamp without time zone', 'time without time zone')`,
      ),
    ).toEqual([])
  })

  it('gives the application no right to change a log', async () => {
    const logs = await rows(
      `select distinct tgrelid::regclass::text from pg_trigger where tgname = 'append_only'`,
    )
    expect(logs).toContain('audit_entry')
    const open =
      await rows(`select distinct tgrelid::regclass::text from pg_trigger where tgname = 'append_only'
      and (has_table_privilege('evenkeel_app', tgrelid, 'update') or has_table_privilege('evenkeel_app', tgrelid, 'delete'))`)
    expect(open).toEqual([])
  })

  it('runs functions of triggers with a fixed search path', async () => {
    expect(
      await rows(
        `select p.oid::regproc::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype = 'trigger'::regtype and (p.proconfig is null or not exists (select 1 from unnest(p.proconfig) c where c like 'search_path=%'))`,
      ),
    ).toEqual([])
  })
})

describe('migrations', () => {
  it('do nothing when applied again, and refuse one that was edited', async () => {
    expect(await migrate(t.owner)).toEqual([])
    const edited = readMigrations().map((m, i) => (i === 0 ? { ...m, hash: 'other' } : m))
    await expect(migrate(t.owner, edited)).rejects.toThrow(/has been edited since/)
  })

  it('leave nothing behind when one fails', async () => {
    const broken = {
      name: '9999-broken.sql',
      text: 'create table half_done (id uuid primary key); select 1/0',
      hash: 'x',
    }
    await expect(migrate(t.owner, [...readMigrations(), broken])).rejects.toThrow(/9999-broken/)
    expect(await rows(`select 1 from pg_class where relname = 'half_done'`)).toEqual([])
  })
})
