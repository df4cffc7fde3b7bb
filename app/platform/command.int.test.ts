import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  asSystem,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { verifyAudit } from '../audit/index.server.ts'
import { people, personById, registerPerson } from '../identity/index.server.ts'
import { action, role } from './access.ts'
import { type Command, runCommand } from './command.server.ts'
import { feedHead, feedSince } from './feed.server.ts'
import type { PersonId } from './ids.ts'
import { done, refused } from './outcome.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const register = (
  outcome: 'done' | 'refused' | 'broken',
): Command<{ id: PersonId }, PersonId, 'not-today'> => ({
  action: action('test.register', role('coordinator')),
  async run(needs, { id }) {
    await registerPerson(needs, { id, displayName: 'Robin Sample', contact: {}, synthetic: true })
    if (outcome === 'refused') return refused('not-today')
    if (outcome === 'broken') throw new Error('broken on purpose')
    return done(id)
  },
})

const auditOf = async (actionId: string) =>
  (
    await t.owner.query(
      'select power, detail, person_id from audit_entry where clinic_id = $1 and action = $2',
      [harbor.id, actionId],
    )
  ).rows

describe('a command', () => {
  it('saves, audits and tells in one transaction', async () => {
    const id = anId<'person'>(t.services)
    const before = await look(t.services, harbor.system, ({ db }) => feedHead(db, harbor.id))
    await must(runCommand(t.services, harbor.as.coordinator, register('done'), { id }))
    const feed = await look(t.services, harbor.system, ({ db }) => feedSince(db, harbor.id, before, 10))
    expect(feed.map((e) => [e.seq, e.kind, e.data])).toEqual([
      [before + 1, 'person.registered', { personId: id }],
    ])
    const audit = await t.owner.query(`select actor_id, roles from audit_entry where person_id = $1`, [id])
    expect(audit.rows).toEqual([{ actor_id: harbor.as.coordinator.accountId, roles: ['coordinator'] }])
  })

  it('undoes everything when it refuses, and keeps one line of the refusal', async () => {
    const id = anId<'person'>(t.services)
    expect(await runCommand(t.services, harbor.as.coordinator, register('refused'), { id })).toEqual({
      ok: false,
      reason: 'not-today',
    })
    expect(await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, id))).toBeUndefined()
    expect(await auditOf('test.register')).toContainEqual({
      power: 'refused',
      detail: { reason: 'not-today' },
      person_id: null,
    })
  })

  it('undoes everything when it breaks', async () => {
    const id = anId<'person'>(t.services)
    await expect(runCommand(t.services, harbor.as.coordinator, register('broken'), { id })).rejects.toThrow(
      'broken on purpose',
    )
    expect((await t.owner.query('select 1 from person where id = $1', [id])).rowCount).toBe(0)
    expect((await t.owner.query('select 1 from audit_entry where person_id = $1', [id])).rowCount).toBe(0)
  })

  it('is not run for somebody without the right', async () => {
    const id = anId<'person'>(t.services)
    expect(await runCommand(t.services, harbor.as.nurse, register('done'), { id })).toEqual({
      ok: false,
      reason: 'not-allowed',
    })
    expect((await t.owner.query('select 1 from person where id = $1', [id])).rowCount).toBe(0)
  })
})

describe('the wall between clinics', () => {
  it('hides rows of another clinic from queries that forget to ask for their own', async () => {
    const mine = await makePerson(t.services, harbor)
    await makePerson(t.services, other)
    // people() asks with clinic_id; here the other clinic's id is passed while the tenant is harbor.
    expect(await look(t.services, harbor.as.nurse, ({ db }) => people(db, other.id))).toEqual([])
    expect(
      await look(t.services, other.as.nurse, ({ db }) => personById(db, harbor.id, mine.personId)),
    ).toBeUndefined()
  })

  it('refuses to write a row of another clinic', async () => {
    await expect(
      asSystem(t.services, harbor, (needs) =>
        registerPerson(
          { ...needs, actor: other.system },
          { id: anId(t.services), displayName: 'X', contact: {}, synthetic: true },
        ),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  it('shows nothing when no tenant was set', async () => {
    const rows = await t.services.db
      .selectFrom('person' as never)
      .selectAll()
      .execute()
    expect(rows).toEqual([])
  })
})

describe('append-only logs', () => {
  it.each(['audit_entry', 'feed_event'])(
    '%s refuses change, deletion and truncation even by the owner',
    async (table) => {
      await expect(t.owner.query(`delete from ${table}`)).rejects.toThrow(/never changed or deleted/)
      await expect(t.owner.query(`update ${table} set seq = seq`)).rejects.toThrow(/never changed or deleted/)
      await expect(t.owner.query(`truncate ${table}`)).rejects.toThrow(/never changed or deleted/)
    },
  )
})

describe('the audit chain in the database', () => {
  it('stays whole under concurrent writers and shows tampering', async () => {
    await Promise.all(
      Array.from({ length: 12 }, () =>
        runCommand(t.services, harbor.as.coordinator, register('done'), { id: anId<'person'>(t.services) }),
      ),
    )
    const whole = await look(t.services, harbor.system, ({ db }) => verifyAudit(db, harbor.id))
    expect(whole.broken).toBeUndefined()
    expect(whole.entries).toBeGreaterThan(12)

    await t.owner.query('alter table audit_entry disable trigger user')
    await t.owner.query(
      `update audit_entry set action = 'nothing.happened' where clinic_id = $1 and seq = 5`,
      [harbor.id],
    )
    const changed = await look(t.services, harbor.system, ({ db }) => verifyAudit(db, harbor.id))
    expect(changed.broken).toEqual({ seq: 5, damage: 'changed' })
    const untouched = await look(t.services, other.system, ({ db }) => verifyAudit(db, other.id))
    expect(untouched.broken).toBeUndefined()
  })
})
