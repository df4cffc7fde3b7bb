import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { onDay, treatPeople } from '../../../tests/database/treated-people.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { peopleOf } from './public-figures.ts'
import {
  type PreparedRelease,
  publishRelease,
  releaseDesk,
  withdrawRelease,
} from './publish-release.server.ts'
import { newestRelease } from './release-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

const treat = (people: number, firstDose: string, answer: { day: number; used: 'yes' | 'no' }) =>
  treatPeople(t, harbor, people, firstDose, answer)

const manager = () => harbor.as.manager
const desk = async () => (await releaseDesk(t.services, manager())).next
const ready = (next: PreparedRelease) => {
  if (next.kind !== 'ready') throw new Error(`not ready: ${next.why}`)
  return next
}
const sign = (
  pageHash: string,
  key: Id<'results-release'> = anId(t.services),
  typedName = 'manager of harbor',
) => runCommand(t.services, manager(), publishRelease, { key, pageHash, typedName })
const shown = () => look(t.services, harbor.system, ({ db }) => newestRelease(db, harbor.id))

describe('a clinic publishes', () => {
  it('nothing while there is nobody, and nothing by itself', async () => {
    t.clock.set(onDay('2026-01-02'))
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'nobody-yet' })
    await treat(12, '2026-01-05', { day: 20, used: 'yes' })
    await treat(13, '2026-02-10', { day: 88, used: 'no' })
    t.clock.set(onDay('2026-07-28'))
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'no-new-quarter', until: '2026-07-29' })
    t.clock.set(onDay('2026-07-29'))
    expect((await desk()).kind).toBe('ready')
    expect(await shown()).toBeUndefined()
  })

  it('what the manager saw and signed, once', async () => {
    const next = ready(await desk())
    expect(next.page.figures.course).toMatchObject({
      people: 25,
      days: [30, 60, 90],
      used: [12, 0, 0],
      followed: 13,
      week: { 'no-use': 13, use: 0, missing: 12 },
    })
    expect(next.page.firstSessions).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    expect(next.page.invented).toBe(' · invented people')
    expect(await sign(next.pageHash, undefined, ' M ')).toMatchObject({ ok: false, reason: 'name-missing' })
    expect(await sign(next.pageHash, undefined, 'Somebody Else')).toMatchObject({
      ok: false,
      reason: 'other-name',
    })
    expect(await sign('a page nobody saw')).toMatchObject({ ok: false, reason: 'changed-since' })
    const key = anId<'results-release'>(t.services)
    const first = await must(sign(next.pageHash, key, '  Manager of  HARBOR '))
    expect(await must(sign(next.pageHash, key))).toEqual(first)
    expect(await sign(next.pageHash)).toMatchObject({ ok: false, reason: 'nothing-to-publish' })
    expect((await shown())?.page).toEqual(next.page)
    expect((await shown())?.signedName).toBe('manager of harbor')
  })

  it('only by a manager', async () => {
    const input = { key: anId<'results-release'>(t.services), pageHash: '', typedName: 'Nadia Ferris' }
    for (const role of ['nurse', 'prescriber', 'therapist', 'coordinator'] as const)
      expect(await runCommand(t.services, harbor.as[role], publishRelease, input)).toMatchObject({
        reason: 'not-allowed',
      })
  })

  it('nothing of fewer than ten new people: the next page less this one would tell them', async () => {
    await treat(9, '2026-04-20', { day: 20, used: 'yes' })
    t.clock.set(onDay('2026-11-01'))
    expect(await desk()).toMatchObject({ kind: 'wait', why: 'too-few-new' })
  })

  it('later quarters beside what it published, never the same people anew', async () => {
    await treat(10, '2026-05-20', { day: 88, used: 'no' })
    await treat(3, '2026-06-20', { day: 20, used: 'yes' })
    t.clock.set(onDay('2026-11-01'))
    const next = ready(await desk())
    // 12 who used and 10 who did not joined the 25.
    expect(peopleOf(next.batch.counts)).toBe(22)
    expect(next.page.figures.course).toMatchObject({ people: 47, used: [24, 0, 0], followed: 23 })
    expect(next.page.firstSessions).toEqual({ from: '2026-01-01', to: '2026-06-30' })
    await must(sign(next.pageHash))
    expect((await shown())?.number).toBe(2)
  })

  it('and withdraws with a reason', async () => {
    const release = (await shown())!
    const withdraw = (reason: string) =>
      runCommand(t.services, manager(), withdrawRelease, { releaseId: release.id, reason })
    expect(await withdraw(' ')).toMatchObject({ ok: false, reason: 'reason-missing' })
    await must(withdraw('Two sessions were entered for the wrong day.'))
    await must(withdraw('Another reason.'))
    expect((await shown())?.withdrawn?.reason).toBe('Two sessions were entered for the wrong day.')
  })

  it('and nobody changes it afterwards, not even the owner of the database', async () => {
    await expect(t.owner.query(`update results_release set signed_name = 'somebody'`)).rejects.toThrow(
      /never changed/,
    )
    await expect(t.owner.query('delete from results_release_withdrawal')).rejects.toThrow(/never changed/)
  })
})
