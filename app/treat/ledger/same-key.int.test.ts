import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receivedLot, signsNow, tryWaste } from '../../../tests/database/drug-stock.ts'
import { errorsOf, pageArgs } from '../../../tests/database/page-args.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { hashPassword } from '../../identity/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import { HOUR_MS } from '../../platform/time.ts'
import type { LotId } from '../session/session-event.ts'
import { closeDiscrepancy, noteDiscrepancy } from './counts/close-discrepancy.server.ts'
import { postSheet, postStop } from './counts/count-page.server.ts'
import { countById } from './counts/count-queries.server.ts'
import { beginCount, enterSheet, stopCount } from './counts/count-stock.server.ts'
import type { DiscrepancyId } from './counts/discrepancy.ts'
import { postNote } from './counts/discrepancy-page.server.ts'
import { notesOfDiscrepancy } from './counts/discrepancy-queries.server.ts'
import { digestOf, draftInventory, signInventory } from './inventory/sign-inventory.server.ts'
import { ledgerEnd } from './ledger-queries.server.ts'
import { postLoss } from './loss/loss-page.server.ts'
import { lossDraft } from './loss/loss-queries.server.ts'
import { saveLossDraft } from './loss/save-loss.server.ts'
import { SAFE } from './movement.ts'

/** A key stands for one content: the same again does nothing twice, and nothing else is taken for it or lost. */

const PASSWORD = 'level-water-2026'
const OTHERWISE = { ok: false, reason: 'recorded-otherwise' }

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
})
afterAll(() => t.close())

const inClinic = <Value>(work: Parameters<typeof look<Value>>[2]) => look(t.services, harbor.as.manager, work)
const receive = () => receivedLot(t, harbor, { containerMl: 10, containers: 10 })

async function begun(lotId: LotId) {
  const key = anId<'stock-count'>(t.services)
  return (await must(runCommand(t.services, harbor.as.nurse, beginCount, { key, place: SAFE, lotId })))
    .countId
}

async function sheetOf(countId: Awaited<ReturnType<typeof begun>>, lotId: LotId, vials: number) {
  return {
    key: anId<'count-sheet'>(t.services),
    countId,
    seenSeq: await inClinic(({ db }) => ledgerEnd(db, harbor.id)),
    lines: [{ lotId, sealed: vials, openedHundredths: 0, hundredths: vials * 1000 }],
    besides: '',
    timeZone: 'America/New_York',
  } as const
}

/** One vial of ten is not to be found. */
async function found() {
  const lotId = await receive()
  t.clock.advance(HOUR_MS)
  const countId = await begun(lotId)
  const opened: DiscrepancyId[] = []
  for (const who of [harbor.as.nurse, harbor.as.secondNurse]) {
    const sheet = { ...(await sheetOf(countId, lotId, 9)), stepUp: signsNow(t, who) }
    opened.push(...(await must(runCommand(t.services, who, enterSheet, sheet))).discrepancies)
  }
  return { countId, discrepancyId: opened[0]! }
}

describe('a key', () => {
  it('of a movement, sent at once for two lots', async () => {
    const lots = [await receive(), await receive()]
    const key = anId<'ledger-movement'>(t.services)
    const both = await Promise.all(lots.map((lotId) => tryWaste(t, harbor, lotId, 1000, { key })))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject(OTHERWISE)
  })

  it('of a note on a discrepancy', async () => {
    const { discrepancyId } = await found()
    const key = anId<'discrepancy-note'>(t.services)
    const note = (words: string, by = harbor.as.nurse) =>
      runCommand(t.services, by, noteDiscrepancy, { key, discrepancyId, words })
    await must(note('asked Ann'))
    await must(note('asked Ann'))
    expect(await note('asked Ann; the camera shows the door')).toMatchObject(OTHERWISE)
    expect(await note('asked Ann', harbor.as.secondNurse)).toMatchObject(OTHERWISE)
    const kept = await inClinic(({ db }) => notesOfDiscrepancy(db, harbor.id, discrepancyId))
    expect(kept.map(({ words }) => words)).toEqual(['asked Ann'])

    const again = await pageArgs(t, harbor, '/', {
      params: { id: discrepancyId },
      fields: { key, words: 'and Ben' },
    })
    const answer = (await postNote(again)) as FormAnswer
    expect(answer.errors.words).toContain('not added yet')
    expect(answer.values.words).toBe('and Ben')
  })

  it('of a sheet: what stood there besides is part of it', async () => {
    const lotId = await receive()
    const countId = await begun(lotId)
    const sheet = { ...(await sheetOf(countId, lotId, 10)), stepUp: signsNow(t, harbor.as.nurse) }
    const enter = (besides: string) =>
      runCommand(t.services, harbor.as.nurse, enterSheet, { ...sheet, besides })
    await must(enter(''))
    await must(enter(''))
    expect(await enter('a loose vial of another lot')).toMatchObject(OTHERWISE)
  })

  it('of a sheet that the page sends again: it is read by the list it was first read by', async () => {
    const lotId = await receive()
    const countId = await begun(lotId)
    const { key, seenSeq, ...sheet } = await sheetOf(countId, lotId, 10)
    const first = { ...sheet, key, seenSeq, stepUp: signsNow(t, harbor.as.nurse), besides: 'a cap' }
    await must(runCommand(t.services, harbor.as.nurse, enterSheet, first))
    const send = async (besides: string) => {
      const fields = { key, seen: String(seenSeq), [`sealed-${lotId}`]: '10', besides, password: PASSWORD }
      const args = await pageArgs(t, harbor, '/', { params: { id: countId }, fields })
      return postSheet(args)
    }
    expect(await send('a cap')).toBeInstanceOf(Response)
    expect(errorsOf(await send('a vial')).form).toContain('“a vial”')
  })

  it('of a count that is stopped', async () => {
    const countId = await begun(await receive())
    const stop = (reason: string, by = harbor.as.nurse) =>
      runCommand(t.services, by, stopCount, { countId, reason })
    await must(stop('fire alarm'))
    await must(stop('fire alarm'))
    expect(await stop('a vial fell')).toMatchObject(OTHERWISE)
    expect(await stop('fire alarm', harbor.as.secondNurse)).toMatchObject(OTHERWISE)
    expect((await inClinic(({ db }) => countById(db, harbor.id, countId)))?.end?.reason).toBe('fire alarm')
    const again = await pageArgs(t, harbor, '/', {
      params: { id: countId },
      fields: { reason: 'a vial fell' },
    })
    expect(errorsOf(await postStop(again)).reason).toContain('“a vial fell”')
  })

  it('of a closing: whoever witnessed it is part of it', async () => {
    const { countId, discrepancyId } = await found()
    const { nurse, secondNurse, manager } = harbor.as
    const key = anId<'ledger-movement'>(t.services)
    const close = (witness = nurse, words = 'it broke') =>
      runCommand(t.services, manager, closeDiscrepancy, {
        key,
        discrepancyId,
        seenBasis: countId,
        finding: 'recording-error',
        words,
        stepUp: signsNow(t, manager),
        witness: signsNow(t, witness),
      })
    await must(close())
    await must(close())
    expect(await close(secondNurse)).toMatchObject(OTHERWISE)
    expect(await close(nurse, 'it was lost')).toMatchObject(OTHERWISE)
  })

  it('of an inventory: what was shown, when in the day, and who signed with them', async () => {
    const { nurse, secondNurse, manager } = harbor.as
    const { clinic } = await pageArgs(t, harbor, '/')
    const shown = digestOf(await inClinic(({ db, at }) => draftInventory(db, clinic, at)))
    const first = {
      key: anId<'stock-inventory'>(t.services),
      kind: 'initial' as 'initial' | 'on-demand',
      dayPart: 'close' as 'close' | 'opening',
      shown,
      clinic,
      stepUp: signsNow(t, manager),
      second: signsNow(t, nurse),
    }
    const sign = (change: Partial<typeof first> = {}) =>
      runCommand(t.services, manager, signInventory, { ...first, ...change })
    await must(sign())
    // What has changed in the stock since says nothing of what was signed.
    await receive()
    await must(sign())
    for (const change of [
      { kind: 'on-demand' },
      { dayPart: 'opening' },
      { shown: 'another draft' },
      { second: signsNow(t, secondNurse) },
    ] as const) {
      expect(await sign(change), Object.keys(change)[0]).toMatchObject(OTHERWISE)
    }
  })

  it('of the draft of a loss report, also of one that is not the newest any more', async () => {
    const { discrepancyId } = await found()
    const subject = { kind: 'discrepancy', id: discrepancyId } as const
    const key = anId<'loss-report-draft'>(t.services)
    const save = (circumstances: string, more: object = {}) =>
      runCommand(t.services, harbor.as.manager, saveLossDraft, {
        key,
        subject,
        seen: undefined,
        answers: { circumstances },
        ...more,
      })
    await must(save('it broke'))
    await must(save('it broke'))
    expect(await save('it was taken')).toMatchObject(OTHERWISE)
    const params = { kind: 'discrepancy', id: discrepancyId }
    const typed = { key, seen: '', circumstances: 'it was taken' }
    const again = await pageArgs(t, harbor, '/', { by: harbor.as.manager, params, fields: typed })
    const answer = (await postLoss(again)) as FormAnswer
    expect(answer.errors.form).toContain('not saved yet')
    // Sent from there it follows what was saved with the form, under a fresh key.
    expect(answer.values).toMatchObject({ circumstances: 'it was taken', seen: key })
    expect(answer.values.key).toBeUndefined()
    await must(save('it was taken', { key: anId(t.services), seen: key }))
    await must(save('it broke'))
    expect((await inClinic(({ db }) => lossDraft(db, harbor.id, subject)))?.answers).toEqual({
      circumstances: 'it was taken',
    })
  })
})
