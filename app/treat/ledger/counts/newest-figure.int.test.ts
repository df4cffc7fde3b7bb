import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receivedLot } from '../../../../tests/database/drug-stock.ts'
import { pageArgs } from '../../../../tests/database/page-args.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import type { Member } from '../../../platform/actor.ts'
import { runCommand } from '../../../platform/command.server.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { digestOf, draftInventory, signInventory } from '../inventory/sign-inventory.server.ts'
import { addCabinet } from '../keep-stock.server.ts'
import { balancesOfLots, ledgerEnd } from '../ledger-queries.server.ts'
import { loadLoss } from '../loss/loss-page.server.ts'
import type { LossDraftId, LossSubject } from '../loss/loss-queries.server.ts'
import { lossOf, saveLossDraft } from '../loss/save-loss.server.ts'
import { heldAt, SAFE } from '../movement.ts'
import { recordFromPaper } from '../paper/record-from-paper.server.ts'
import { storedCheckpoints } from '../verify/verify-queries.server.ts'
import { basisOfDiscrepancy, closeDiscrepancy } from './close-discrepancy.server.ts'
import { beginCount, enterSheet, stopCount } from './count-stock.server.ts'
import type { DiscrepancyId, Finding } from './discrepancy.ts'
import { loadDiscrepancies, loadDiscrepancy } from './discrepancy-page.server.ts'
import { discrepancyById } from './discrepancy-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic
let untouched: LotId
const FOUND = '2026-11-23T15:00:00.000Z'

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set(FOUND)
  harbor = await makeClinic(t.services, 'harbor')
  untouched = await receive()
})
afterAll(() => t.close())

const stepUp = (who: Member) => ({ accountId: who.accountId, at: t.clock.now() })
const inClinic = <Value>(work: Parameters<typeof look<Value>>[2]) => look(t.services, harbor.as.nurse, work)

/** Ten vials of 10 mL of a new lot in the safe. */
const receive = () => receivedLot(t, harbor, { containerMl: 10, containers: 10 })

/** Two people count lots; each says so many vials of each. @returns the count and what it opened */
async function count(lotId: LotId | undefined, ...said: readonly (readonly [LotId, number])[][]) {
  const key = anId<'stock-count'>(t.services)
  await must(
    runCommand(t.services, harbor.as.nurse, beginCount, { key, place: SAFE, ...(lotId ? { lotId } : {}) }),
  )
  const opened: DiscrepancyId[] = []
  for (const [i, who] of [harbor.as.nurse, harbor.as.secondNurse].entries()) {
    const { discrepancies } = await must(
      runCommand(t.services, who, enterSheet, {
        key: anId<'count-sheet'>(t.services),
        countId: key,
        seenSeq: await inClinic(({ db }) => ledgerEnd(db, harbor.id)),
        lines: said[i]!.map(([of, vials]) => ({
          lotId: of,
          sealed: vials,
          openedHundredths: 0,
          hundredths: vials * 1000,
        })),
        besides: '',
        stepUp: stepUp(who),
        timeZone: 'America/New_York',
      }),
    )
    opened.push(...discrepancies)
  }
  return { countId: key, opened }
}

const lossBy = (subject: LossSubject) => inClinic(({ db }) => lossOf(db, harbor.id, subject))

describe('an inventory', () => {
  it('holds the end of the ledger by its signature, before any count does', async () => {
    const clinic = {
      id: harbor.id,
      name: 'Harbor',
      addressLines: [],
      city: '',
      region: '',
      timeZone: 'America/New_York',
    }
    const draft = await inClinic(({ db, at }) => draftInventory(db, clinic, at))
    expect(await inClinic(({ db }) => storedCheckpoints(db, harbor.id))).toEqual([])
    await must(
      runCommand(t.services, harbor.as.manager, signInventory, {
        key: anId<'stock-inventory'>(t.services),
        kind: 'initial',
        dayPart: 'opening',
        shown: digestOf(draft),
        clinic,
        stepUp: stepUp(harbor.as.manager),
        second: stepUp(harbor.as.nurse),
      }),
    )
    expect(await inClinic(({ db }) => storedCheckpoints(db, harbor.id))).toMatchObject([
      { seq: draft.ledgerSeq },
    ])
  })
})

describe('what is missing', () => {
  it('is what the newest count says, also one stopped over another lot, and since the first one found it', async () => {
    const [of, other] = [await receive(), await receive()]
    const first = await count(of, [[of, 9]], [[of, 9]])
    const id = first.opened[0]!
    t.clock.advance(3 * DAY_MS)
    // All of the safe: two vials of the one are missing, and about the other the two do not agree.
    const again = await count(
      undefined,
      [
        [of, 8],
        [other, 10],
        [untouched, 10],
      ],
      [
        [of, 8],
        [other, 9],
        [untouched, 10],
      ],
    )
    expect(again.opened).toEqual([])
    await must(
      runCommand(t.services, harbor.as.nurse, stopCount, { countId: again.countId, reason: 'fire alarm' }),
    )
    const found = (await inClinic(({ db }) => discrepancyById(db, harbor.id, id)))!
    expect(await inClinic(({ db }) => basisOfDiscrepancy(db, harbor.id, found))).toEqual({
      countId: again.countId,
      expected: 10_000,
      counted: 8000,
      agrees: false,
      late: [],
    })
    const missing = { lotId: of, discoveredAt: FOUND, hundredths: 2000 }
    expect(await lossBy({ kind: 'discrepancy', id })).toMatchObject(missing)
    const manager = harbor.as.manager
    const draft = (subject: LossSubject, seen: LossDraftId | undefined, circumstances: string) =>
      runCommand(t.services, manager, saveLossDraft, {
        key: anId<'loss-report-draft'>(t.services),
        subject,
        seen,
        answers: { circumstances },
      })
    const { id: begun } = await must(draft({ kind: 'discrepancy', id }, undefined, 'two vials are gone'))

    const key = anId<'ledger-movement'>(t.services)
    await must(
      runCommand(t.services, harbor.as.manager, closeDiscrepancy, {
        key,
        discrepancyId: id,
        seenBasis: again.countId,
        finding: 'theft-or-loss',
        words: 'two vials are gone',
        stepUp: stepUp(harbor.as.manager),
        witness: stepUp(harbor.as.nurse),
      }),
    )
    t.clock.advance(DAY_MS)
    await count(of, [[of, 7]], [[of, 7]])
    expect(await lossBy({ kind: 'discrepancy', id })).toMatchObject(missing)
    expect(await lossBy({ kind: 'movement', id: key })).toMatchObject(missing)

    // One report of one loss, whichever way to it: the draft goes on where the loss is a movement by now.
    const written = async (kind: LossSubject['kind'], of: string) => {
      const page = { by: manager, params: { kind, id: of } }
      const { fields, seen } = await loadLoss(
        await pageArgs(t, harbor, `/work/stock/loss/${kind}/${of}`, page),
      )
      return [fields.find(({ name }) => name === 'circumstances')?.value, seen]
    }
    expect(await written('movement', key)).toEqual(['two vials are gone', begun])
    expect(await draft({ kind: 'movement', id: key }, undefined, 'anew')).toMatchObject({
      reason: 'saved-meanwhile',
    })
    t.clock.advance(HOUR_MS)
    const { id: further } = await must(draft({ kind: 'movement', id: key }, begun, 'a door stood open'))
    expect(await written('discrepancy', id)).toEqual(['a door stood open', further])
  })
})

describe('a line from paper with a time before the count, entered after it', () => {
  it('makes the figures of the count too old to move anything, until it is counted again', async () => {
    const of = await receive()
    const cabinet = anId<'drug-cabinet'>(t.services)
    await must(runCommand(t.services, harbor.as.manager, addCabinet, { key: cabinet, name: 'Room 2' }))
    t.clock.advance(HOUR_MS)
    const carried = t.clock.now()
    t.clock.advance(HOUR_MS)
    // One of ten was carried away, which is known to a sheet of paper only.
    const first = await count(of, [[of, 9]], [[of, 9]])
    const id = first.opened[0]!
    t.clock.advance(HOUR_MS)
    const nurse = harbor.as.nurse
    const enter = async (at: Instant) => {
      const line = {
        key: anId<'ledger-movement'>(t.services),
        at,
        kind: 'move',
        lotId: of,
        from: { place: SAFE },
        to: { at: 'cabinet', id: cabinet },
        hundredths: 1000,
        reason: 'power cut',
        stepUp: stepUp(nurse),
        signed: 'what was shown',
      } as const
      const asked = await runCommand(t.services, nurse, recordFromPaper, { ...line, sure: [] })
      const sure = asked.ok ? [] : (asked.detail as { questions: string[] }).questions
      if (!asked.ok) await must(runCommand(t.services, nurse, recordFromPaper, { ...line, sure }))
    }
    await enter(carried)
    const close = (finding: Finding, seenBasis: string) =>
      runCommand(t.services, harbor.as.manager, closeDiscrepancy, {
        key: anId<'ledger-movement'>(t.services),
        discrepancyId: id,
        seenBasis,
        finding,
        words: 'one is not there',
        stepUp: stepUp(harbor.as.manager),
        witness: stepUp(nurse),
      })
    const held = async () => {
      const all = await inClinic(({ db }) => balancesOfLots(db, harbor.id, [of]))
      return [heldAt(all, { place: SAFE }), heldAt(all, { place: { at: 'cabinet', id: cabinet } })]
    }
    const before = await held()
    expect(before).toEqual([9000, 1000])
    for (const finding of ['recording-error', 'unexplained', 'spillage', 'theft-or-loss'] as const) {
      expect(await close(finding, first.countId)).toMatchObject({ reason: 'count-again-first' })
    }
    expect(await held()).toEqual(before)
    expect(await lossBy({ kind: 'discrepancy', id })).toMatchObject({ hundredths: undefined })
    const page = await pageArgs(t, harbor, `/work/stock/discrepancies/${id}`, { params: { id } })
    expect((await loadDiscrepancy(page)).basis).toMatchObject({
      late: [{ kind: 'moved', from: 'the safe', to: 'cabinet Room 2', amount: '10.00 mL' }],
      change: undefined,
    })

    const shown = async () => {
      const { open } = await loadDiscrepancies(await pageArgs(t, harbor, '/work/stock/discrepancies'))
      return open.find((each) => each.id === id)
    }
    expect(await shown()).toMatchObject({ expected: '10 vials (100.00 mL)', difference: 'count again' })
    const again = await count(of, [[of, 9]], [[of, 9]])
    const figures = { expected: '9 vials (90.00 mL)', counted: '9 vials (90.00 mL)', difference: '0.00 mL' }
    expect(await shown()).toMatchObject(figures)
    // What was carried after the look is nothing the count could have known.
    t.clock.advance(HOUR_MS)
    await enter(t.clock.now())
    await must(close('recording-error', again.countId))
    expect(await held()).toEqual([8000, 2000])
  })
})
