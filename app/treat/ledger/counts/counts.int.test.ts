import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveDose } from '../../../../tests/database/dosed-person.ts'
import {
  lotNow,
  lotNumberOf,
  receivedLot,
  signsNow,
  tryWaste,
} from '../../../../tests/database/drug-stock.ts'
import {
  anId,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import type { Member } from '../../../platform/actor.ts'
import type { ClinicProfile } from '../../../platform/clinic-profile.ts'
import { type Command, runCommand } from '../../../platform/command.server.ts'
import { asWrite, writer } from '../../../platform/database.server.ts'
import type { FormAnswer } from '../../../platform/form.ts'
import { done, refused } from '../../../platform/outcome.ts'
import { pdfDocument } from '../../../platform/pdf-document.server.ts'
import { MINUTE_MS } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import { countStock } from '../../treat-access.ts'
import { appendMovements } from '../append-movements.server.ts'
import { loadInspector } from '../inspector/inspector-page.server.ts'
import { loadInventory } from '../inventory/inventory-page.server.ts'
import { inventoryContent } from '../inventory/inventory-pdf.ts'
import { digestOf, draftInventory, signInventory } from '../inventory/sign-inventory.server.ts'
import { ledgerEnd, newestMovements } from '../ledger-queries.server.ts'
import { loadLoss } from '../loss/loss-page.server.ts'
import type { LossDraftId } from '../loss/loss-queries.server.ts'
import { saveLossDraft } from '../loss/save-loss.server.ts'
import { SAFE } from '../movement.ts'
import { DEFAULT_LEDGER_SETTINGS } from '../settings/ledger-settings.ts'
import { setLedgerSettings } from '../settings/set-ledger-settings.server.ts'
import { signedSettings } from '../settings/settings-queries.server.ts'
import { signRequest } from '../witness-request/answer-request.server.ts'
import { askWitness } from '../witness-request/ask-witness.server.ts'
import { requestById } from '../witness-request/witness-queries.server.ts'
import { closeDiscrepancy, noteDiscrepancy } from './close-discrepancy.server.ts'
import type { CountId } from './count.ts'
import { loadCount, postSheet } from './count-page.server.ts'
import { countsUnderWay } from './count-queries.server.ts'
import { beginCount, countInWork, enterSheet, stopCount } from './count-stock.server.ts'
import type { DiscrepancyId } from './discrepancy.ts'
import { discrepancyById, openDiscrepancies } from './discrepancy-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let lotId: LotId

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  lotId = await receive()
})
afterAll(() => t.close())

/** Ten vials of 10 mL of a new lot in the safe. */
const receive = () => receivedLot(t, harbor, { containerMl: 10, containers: 10 })
const stepUp = (who: Member) => signsNow(t, who)
const begin = (of: LotId, by: Member = harbor.as.nurse) =>
  runCommand(t.services, by, beginCount, { key: anId<'stock-count'>(t.services), place: SAFE, lotId: of })
const head = () => look(t.services, harbor.as.nurse, ({ db }) => ledgerEnd(db, harbor.id))
const work = async (id: CountId) => {
  const through = await head()
  return (await look(t.services, harbor.as.nurse, ({ db }) => countInWork(db, harbor.id, id, through)))!
}
const sheet = async (countId: CountId, who: Member, vials: number, of: LotId, change: object = {}) =>
  runCommand(t.services, who, enterSheet, {
    key: anId<'count-sheet'>(t.services),
    countId,
    seenSeq: await head(),
    lines: [{ lotId: of, sealed: vials, openedHundredths: 0, hundredths: vials * 1000 }],
    besides: '',
    stepUp: stepUp(who),
    timeZone: 'America/New_York',
    ...change,
  })
const waste = (of: LotId, hundredths: number) =>
  must(tryWaste(t, harbor, of, hundredths, { witness: stepUp(harbor.as.secondNurse) }))
const inSafe = async (of: LotId) => (await lotNow(t, harbor, of)).hundredths
const close = (id: DiscrepancyId, seenBasis: CountId, change: object = {}, by: Member = harbor.as.manager) =>
  runCommand(t.services, by, closeDiscrepancy, {
    key: anId<'ledger-movement'>(t.services),
    discrepancyId: id,
    seenBasis,
    finding: 'unexplained',
    words: 'nobody knows',
    stepUp: stepUp(by),
    witness: stepUp(harbor.as.nurse),
    ...change,
  })
/** Both count the same, one vial fewer than the ledger has. */
const oneMissing = async () => {
  const of = await receive()
  const { countId } = await must(begin(of))
  await must(sheet(countId, harbor.as.nurse, 9, of))
  const { discrepancies } = await must(sheet(countId, harbor.as.secondNurse, 9, of))
  return { of, countId, id: discrepancies[0]! }
}

describe('a count', () => {
  it('is finished by two people who agree with the ledger, each by their own password', async () => {
    const { countId } = await must(begin(lotId))
    expect(
      await sheet(countId, harbor.as.nurse, 10, lotId, { stepUp: stepUp(harbor.as.manager) }),
    ).toMatchObject({
      reason: 'not-confirmed',
    })
    await must(sheet(countId, harbor.as.nurse, 10, lotId))
    expect(await sheet(countId, harbor.as.nurse, 10, lotId)).toMatchObject({ reason: 'counted-already' })
    expect((await work(countId)).count.end).toBeUndefined()
    expect(await must(sheet(countId, harbor.as.secondNurse, 10, lotId))).toEqual({
      settled: 1,
      discrepancies: [],
    })
    expect((await work(countId)).count.end?.how).toBe('finished')
    expect(await sheet(countId, harbor.as.manager, 10, lotId)).toMatchObject({ reason: 'count-ended' })
  })

  it('is one at a time for a lot, may be stopped with a reason, and is nobody else’s', async () => {
    const { countId } = await must(begin(lotId))
    expect(await begin(lotId, harbor.as.manager)).toMatchObject({
      reason: 'count-under-way',
      detail: { countId },
    })
    expect(await runCommand(t.services, other.as.nurse, stopCount, { countId, reason: 'x' })).toMatchObject({
      reason: 'no-such-count',
    })
    expect(await begin(lotId, harbor.as.therapist)).toMatchObject({ reason: 'not-allowed' })
    await must(runCommand(t.services, harbor.as.nurse, stopCount, { countId, reason: 'fire alarm' }))
    await must(begin(lotId)).then((next) =>
      must(
        runCommand(t.services, harbor.as.nurse, stopCount, { countId: next.countId, reason: 'only a try' }),
      ),
    )
  })

  it('is counted again when something is moved meanwhile, and says what', async () => {
    const of = await receive()
    const { countId } = await must(begin(of))
    const seenSeq = await head()
    await must(sheet(countId, harbor.as.nurse, 10, of))
    await waste(of, 1000)
    await must(sheet(countId, harbor.as.secondNurse, 9, of))
    const moved = (await work(countId)).state[0]!
    expect(moved).toMatchObject({
      round: 2,
      past: [{ why: { kind: 'moved', movements: [{ kind: 'waste' }] } }],
    })
    // A list from before the movement is still the list: a vial lot without opened vials. One from before the count is not.
    expect(await sheet(countId, harbor.as.nurse, 9, of, { seenSeq: seenSeq - 5 })).toMatchObject({
      reason: 'other-list',
    })
    await must(sheet(countId, harbor.as.nurse, 9, of))
    expect(await must(sheet(countId, harbor.as.secondNurse, 9, of))).toEqual({
      settled: 1,
      discrepancies: [],
    })
  })

  it('is finished by one person where the clinic has set so', async () => {
    const set = (twoPersonCount: boolean) =>
      look(t.services, harbor.as.manager, ({ db }) => signedSettings(db, harbor.id, 1)).then(([before]) =>
        must(
          runCommand(t.services, harbor.as.manager, setLedgerSettings, {
            key: anId<'ledger-setting'>(t.services),
            seen: before?.id,
            settings: { ...DEFAULT_LEDGER_SETTINGS, twoPersonCount },
            stepUp: stepUp(harbor.as.manager),
          }),
        ),
      )
    await set(false)
    const of = await receive()
    const { countId } = await must(begin(of))
    t.clock.advance(1000)
    await set(true)
    // What was begun by one is finished by one.
    expect(await must(sheet(countId, harbor.as.prescriber, 10, of))).toEqual({
      settled: 1,
      discrepancies: [],
    })
  })

  it('of two sheets sent at once by one person takes one; of two people both', async () => {
    const of = await receive()
    const { countId } = await must(begin(of))
    const twice = await Promise.all([
      sheet(countId, harbor.as.nurse, 10, of),
      sheet(countId, harbor.as.nurse, 10, of),
    ])
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1)
    await must(sheet(countId, harbor.as.secondNurse, 10, of))
    expect((await work(countId)).sheets.map(({ number }) => number)).toEqual([1, 2])
  })

  it('stays as it was signed', async () => {
    for (const statement of [
      `update count_line set hundredths = 1 where clinic_id = '${harbor.id}'`,
      `delete from count_sheet where clinic_id = '${harbor.id}'`,
      `delete from count_end where clinic_id = '${harbor.id}'`,
    ]) {
      await expect(t.owner.query(statement)).rejects.toThrow('never changed')
    }
  })
})

describe('a discrepancy', () => {
  it('is opened with a clock of one business day, and closed by the manager with a movement of its own', async () => {
    const { of, countId, id } = await oneMissing()
    const found = await look(t.services, harbor.as.nurse, ({ db }) => discrepancyById(db, harbor.id, id))
    expect(found).toMatchObject({ expected: 10000, counted: 9000, dueOn: '2026-11-24' })
    await must(
      runCommand(t.services, harbor.as.nurse, noteDiscrepancy, {
        key: anId<'discrepancy-note'>(t.services),
        discrepancyId: id,
        words: 'looked behind the shelf',
      }),
    )
    expect(await close(id, countId, {}, harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    expect(await close(id, countId, { witness: undefined })).toMatchObject({ reason: 'witness-missing' })
    expect(await close(id, countId, { witness: stepUp(harbor.as.manager) })).toMatchObject({
      reason: 'witness-is-yourself',
    })
    expect(await close(id, countId, { finding: 'counting-error' })).toMatchObject({
      reason: 'count-again-first',
    })
    expect(await inSafe(of)).toBe(10000)
    const { movementId } = await must(close(id, countId))
    expect(await inSafe(of)).toBe(9000)
    const [newest] = await look(t.services, harbor.as.nurse, ({ db }) => newestMovements(db, harbor.id, 1))
    expect(newest).toMatchObject({ id: movementId, kind: 'adjust', witness: harbor.as.nurse.accountId })
    expect(await close(id, countId)).toMatchObject({ reason: 'closed-already' })
    expect(await look(t.services, harbor.as.nurse, ({ db }) => openDiscrepancies(db, harbor.id))).toEqual([])
  })

  it('is witnessed on another device: the manager signs when asking, and nothing is moved before', async () => {
    const { of, countId, id } = await oneMissing()
    const { manager, nurse } = harbor.as
    const asked = (own?: Member, change: object = {}) =>
      runCommand(t.services, manager, askWitness, {
        act: 'close-discrepancy',
        input: { key, discrepancyId: id, seenBasis: countId, finding: 'unexplained', words: 'Nobody knows' },
        ...(own ? { own: stepUp(own) } : {}),
        ...change,
      })
    const key = anId<'ledger-movement'>(t.services)
    expect([await asked(), await asked(nurse)]).toMatchObject([
      { reason: 'not-confirmed' },
      { reason: 'not-confirmed' },
    ])
    const { requestId, shown } = await must(asked(manager))
    const request = await look(t.services, nurse, ({ db }) => requestById(db, harbor.id, requestId))
    expect(request?.words.split('\n')).toMatchObject([
      'Close a discrepancy by moving 1 sealed vial, 10.00 mL (100 mg).',
      expect.stringContaining(`Lot ${lotNumberOf(of)}`),
      'From the safe into a settled count.',
      'The count says 9 vials (90.00 mL), the ledger 10 vials (100.00 mL).',
      'Finding: no explanation found.',
      'Reason: Nobody knows.',
      expect.stringContaining('Asked by'),
    ])
    expect(await inSafe(of)).toBe(10_000)
    // Longer than a password holds, and still within the request.
    t.clock.advance(5 * MINUTE_MS)
    const signature = { requestId, key: anId<'witness-answer'>(t.services), shown, stepUp: stepUp(nurse) }
    expect(await must(runCommand(t.services, nurse, signRequest, signature))).toEqual({ recorded: true })
    expect(await inSafe(of)).toBe(9000)
    const closed = await look(t.services, nurse, ({ db }) => discrepancyById(db, harbor.id, id))
    expect(closed?.closing).toMatchObject({
      by: manager.accountId,
      witness: nurse.accountId,
      words: 'Nobody knows',
      movementId: key,
    })
  })

  it('needs no witness elsewhere where nothing is moved', async () => {
    const { of, id } = await oneMissing()
    const { countId } = await must(begin(of))
    await must(sheet(countId, harbor.as.nurse, 10, of))
    await must(sheet(countId, harbor.as.secondNurse, 10, of))
    const input = {
      key: anId<'ledger-movement'>(t.services),
      discrepancyId: id,
      seenBasis: countId,
      finding: 'counting-error' as const,
      words: 'one stood behind',
    }
    const asked = { act: 'close-discrepancy' as const, input, own: stepUp(harbor.as.manager) }
    expect(await runCommand(t.services, harbor.as.manager, askWitness, asked)).toMatchObject({
      reason: 'nothing-is-moved',
    })
    await must(close(id, countId, { finding: 'counting-error', witness: undefined }))
  })

  it('of theft takes what is missing out as lost', async () => {
    const { of, countId, id } = await oneMissing()
    const key = anId<'ledger-movement'>(t.services)
    await must(close(id, countId, { key, finding: 'theft-or-loss' }))
    await must(close(id, countId, { key, finding: 'theft-or-loss' }))
    for (const change of [{ words: 'it was found' }, { finding: 'unexplained' }]) {
      expect(await close(id, countId, { key, finding: 'theft-or-loss', ...change })).toMatchObject({
        reason: 'recorded-otherwise',
      })
    }
    const [newest] = await look(t.services, harbor.as.nurse, ({ db }) => newestMovements(db, harbor.id, 1))
    expect(newest).toMatchObject({ kind: 'lose', hundredths: 1000, detail: { discrepancyId: id } })
    expect(await inSafe(of)).toBe(9000)
  })

  it('is an error of counting once a later count agrees with the ledger, and the page has seen that count', async () => {
    const { of, countId, id } = await oneMissing()
    t.clock.advance(1000)
    const again = await must(begin(of))
    await must(sheet(again.countId, harbor.as.nurse, 10, of))
    await must(sheet(again.countId, harbor.as.manager, 10, of))
    expect(await close(id, countId, { finding: 'counting-error' })).toMatchObject({ reason: 'counted-since' })
    expect(await must(close(id, again.countId, { finding: 'counting-error', witness: undefined }))).toEqual({
      movementId: undefined,
    })
    expect(await inSafe(of)).toBe(10000)
  })

  it('is one for an item: a second count that finds the same opens no other, so that nothing is moved twice', async () => {
    const { of, id } = await oneMissing()
    t.clock.advance(1000)
    const again = await must(begin(of))
    await must(sheet(again.countId, harbor.as.nurse, 8, of))
    expect(await must(sheet(again.countId, harbor.as.secondNurse, 8, of))).toEqual({
      settled: 1,
      discrepancies: [],
    })
    const page = await loadCount(pageOf(harbor.as.nurse, '/', { id: again.countId }))
    expect(page.discrepancies).toMatchObject([{ id, closed: false }])
    await must(close(id, again.countId))
    expect(await inSafe(of)).toBe(8000)
    expect(await look(t.services, harbor.as.nurse, ({ db }) => openDiscrepancies(db, harbor.id))).toEqual([])
  })

  it('is closed once, whoever of two is first', async () => {
    const { of, countId, id } = await oneMissing()
    const both = await Promise.all([close(id, countId), close(id, countId)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await inSafe(of)).toBe(9000)
  })
})

/** The arguments with which a page is loaded. */
const pageOf = (who: Member, path: string, params: Record<string, string> = {}) => {
  const url = new URL(path, 'http://clinic.test')
  return {
    services: t.services,
    actor: who,
    clinic: {
      id: harbor.id,
      slug: 'harbor',
      name: 'harbor clinic',
      city: 'Fairfax',
      region: 'Virginia',
      addressLines: ['1 Quay'],
      timeZone: 'America/New_York',
    } as unknown as ClinicProfile,
    params,
    request: new Request(url),
    url,
    address: '',
  }
}

describe('the page of a count', () => {
  it('shows nobody what the ledger expects or what the other has entered, until both have signed', async () => {
    const of = await receive()
    const { countId } = await must(begin(of))
    const shown = async (who: Member) =>
      loadCount(pageOf(who, `/work/stock/counts/${countId}`, { id: countId }))
    const before = await shown(harbor.as.secondNurse)
    expect(before.owed[0]?.items).toMatchObject([{ whole: `sealed-${of}`, label: 'Sealed vials' }])
    await must(sheet(countId, harbor.as.nurse, 7, of))
    const meanwhile = await shown(harbor.as.secondNurse)
    for (const page of [before, meanwhile]) {
      expect(page.settled).toEqual([])
      expect(JSON.stringify(page)).not.toMatch(/\b(7|10) vials|7000|10000|"hundredths"|"expected"/)
    }
    expect(meanwhile.signed).toHaveLength(1)
    await must(sheet(countId, harbor.as.secondNurse, 7, of))
    expect((await shown(harbor.as.secondNurse)).settled[0]?.items[0]).toMatchObject({
      expected: '10 vials (100.00 mL)',
      agrees: false,
    })
  })

  it('answers field by field and loses nothing typed, and counts nothing typed not as none', async () => {
    const of = await receive()
    const { countId } = await must(begin(of))
    const form = new FormData()
    const typed = {
      intent: 'sheet',
      key: anId(t.services),
      seen: String(await head()),
      besides: 'a loose cap',
    }
    for (const [name, value] of Object.entries({ ...typed, [`loose-${of}`]: '1.234' })) form.set(name, value)
    const path = `/work/stock/counts/${countId}`
    const answer = (await postSheet({
      ...pageOf(harbor.as.nurse, path, { id: countId }),
      form,
    })) as FormAnswer
    expect(Object.keys(answer.errors).sort()).toEqual([`loose-${of}`, 'password', `sealed-${of}`].sort())
    expect(answer.values.besides).toBe('a loose cap')
    expect((await work(countId)).sheets).toEqual([])
  })
})

const inventoryOf = async (change: object = {}) => {
  const { clinic } = pageOf(harbor.as.manager, '/')
  const shown = await look(t.services, harbor.as.manager, async ({ db, at }) =>
    digestOf(await draftInventory(db, clinic, at)),
  )
  return {
    key: anId<'stock-inventory'>(t.services),
    kind: 'initial' as const,
    dayPart: 'close' as const,
    shown,
    clinic,
    stepUp: stepUp(harbor.as.manager),
    second: stepUp(harbor.as.nurse),
    ...change,
  }
}
const sign = (input: Awaited<ReturnType<typeof inventoryOf>>) =>
  runCommand(t.services, harbor.as.manager, signInventory, input)

describe('an inventory', () => {
  it('is signed by two, as it was shown, first the initial one; it says that nobody counted', async () => {
    const stale = await inventoryOf()
    const uncounted = lotNumberOf(await receive())
    expect(await sign(stale)).toMatchObject({ reason: 'not-as-shown' })
    expect(await sign(await inventoryOf({ kind: 'biennial' }))).toMatchObject({ reason: 'is-the-first' })
    expect(await sign(await inventoryOf({ second: stepUp(harbor.as.manager) }))).toMatchObject({
      reason: 'witness-is-yourself',
    })
    const input = await inventoryOf()
    const { id } = await must(sign(input))
    expect(await must(sign(input))).toEqual({ id })
    expect(await sign(await inventoryOf())).toMatchObject({ reason: 'not-the-first' })
    const page = await loadInventory(pageOf(harbor.as.nurse, '/', { id }))
    expect(page).toMatchObject({ whole: true, document: { kind: 'initial', takenOn: '2026-11-23' } })
    expect(page.document.places).toEqual(['the safe'])
    const row = page.document.rows.find(({ lotNumber }) => lotNumber === uncounted)
    expect(row).toMatchObject({ place: 'the safe', sealed: 10, counted: null })
    expect(page.document.rows.every(({ sealed }) => sealed > 0)).toBe(true)
    await expect(
      t.owner.query(`update stock_inventory set document = '{}' where id = '${id}'`),
    ).rejects.toThrow('never changed')
  })

  it('rests, lot by lot, on a count of the same day that included it and nothing moved since; lists what is open', async () => {
    const moved = await receive()
    for (const each of await look(t.services, harbor.as.nurse, ({ db }) => countsUnderWay(db, harbor.id))) {
      await must(
        runCommand(t.services, harbor.as.nurse, stopCount, { countId: each.id, reason: 'all of it instead' }),
      )
    }
    const key = anId<'stock-count'>(t.services)
    await must(runCommand(t.services, harbor.as.nurse, beginCount, { key, place: SAFE }))
    for (const who of [harbor.as.nurse, harbor.as.secondNurse]) {
      const { ledger } = await work(key)
      const lines = ledger.atBegin.map(({ lotId: of, hundredths }, i) => {
        const sealed = hundredths / 1000 - (i === 0 ? 1 : 0)
        return { lotId: of, sealed, openedHundredths: 0, hundredths: sealed * 1000 }
      })
      await must(sheet(key, who, 0, lotId, { lines }))
    }
    await waste(moved, 1000)
    const movedLot = lotNumberOf(moved)
    const lateLot = lotNumberOf(await receive())
    const { id } = await must(sign(await inventoryOf({ kind: 'on-demand' })))
    const { document } = await loadInventory(pageOf(harbor.as.nurse, '/', { id }))
    const row = (of: string) => document.rows.find(({ lotNumber }) => lotNumber === of)
    expect(row(movedLot)?.counted).toMatchObject({ movedSince: true })
    expect(row(lateLot)?.counted).toBeNull()
    const still = document.rows.filter(({ lotNumber }) => lotNumber !== movedLot && lotNumber !== lateLot)
    for (const { counted } of still) {
      expect(counted).toMatchObject({ by: ['nurse of harbor', 'secondNurse of harbor'], movedSince: false })
    }
    expect(still.filter(({ counted }) => counted?.differed)).toHaveLength(1)
    expect(document.discrepancies.length).toBeGreaterThan(0)
    const content = inventoryContent({ document, digest: 'a'.repeat(64), printed: 'now' })
    const printed = content.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []))
    const rowOf = (of: string) => printed.find((cells) => cells.includes(of))?.at(-1)
    expect(rowOf(movedLot)).toMatch(
      /^counted \d\d:\d\d by nurse of harbor.*moved since: the ledger’s figure$/,
    )
    expect(rowOf(lateLot)).toBe('not counted: the ledger’s figure')
    const pdf = await pdfDocument(content)
    expect(pdf.length).toBeGreaterThan(1000)
  })
})

/** A command that notes when it sums the ledger and when it takes hold of its end. */
function noted<Input, Value, Reason extends string>(
  command: Command<Input, Value, Reason>,
  said: ('sums' | 'holds the end')[],
): Command<Input, Value, Reason> {
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (node.kind === 'RawNode' && node.sqlFragments.join('').includes('group by side.lot_id')) {
        // What one lot holds is asked for by its id and costs its own rows alone.
        if (!node.sqlFragments.join('').includes('any(')) said.push('sums')
      }
      const [from] = node.kind === 'SelectQueryNode' ? (node.from?.froms ?? []) : []
      const held = node.kind === 'SelectQueryNode' && (node.endModifiers ?? []).length > 0
      if (held && from?.kind === 'TableNode' && JSON.stringify(from).includes('ledger_head')) {
        said.push('holds the end')
      }
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    action: command.action,
    run: (needs, input) =>
      command.run({ ...needs, db: asWrite(writer<never>(needs.db).withPlugin(plugin)) }, input),
  }
}

describe('the end of the ledger', () => {
  it('is held by counts, closings and inventories only after the ledger was summed', async () => {
    const of = await receive()
    const { manager, nurse, secondNurse } = harbor.as
    const said: ('sums' | 'holds the end')[] = []
    const turns: string[] = []
    // However often it is summed before the end is held.
    const turn = (name: string) => {
      const once = said.splice(0).filter((each, i, all) => each !== 'sums' || all[i - 1] !== 'sums')
      turns.push(`${name}: ${once.join(', ')}`)
    }
    const runs = [nurse, secondNurse].map((who) => ({ who, vials: 9 }))
    const count = async () => {
      const key = anId<'stock-count'>(t.services)
      await must(runCommand(t.services, nurse, noted(beginCount, said), { key, place: SAFE, lotId: of }))
      turn('begin')
      for (const { who, vials } of runs) {
        const lines = [{ lotId: of, sealed: vials, openedHundredths: 0, hundredths: vials * 1000 }]
        await must(
          runCommand(t.services, who, noted(enterSheet, said), {
            key: anId<'count-sheet'>(t.services),
            countId: key,
            seenSeq: await head(),
            lines,
            besides: '',
            stepUp: stepUp(who),
            timeZone: 'America/New_York',
          }),
        )
        turn('sheet')
      }
      return key
    }
    await count()
    const [found] = (await look(t.services, nurse, ({ db }) => openDiscrepancies(db, harbor.id))).filter(
      ({ lotId: open }) => open === of,
    )
    t.clock.advance(1000)
    const again = await count()
    await must(
      runCommand(t.services, manager, noted(closeDiscrepancy, said), {
        key: anId<'ledger-movement'>(t.services),
        discrepancyId: found!.id,
        seenBasis: again,
        finding: 'theft-or-loss',
        words: 'nobody knows',
        stepUp: stepUp(manager),
        witness: stepUp(nurse),
      }),
    )
    turn('close')
    const inventory = await inventoryOf({ kind: 'on-demand' })
    await must(runCommand(t.services, manager, noted(signInventory, said), inventory))
    turn('inventory')
    expect(turns).toEqual([
      ...['begin', 'sheet', 'sheet', 'begin', 'sheet', 'sheet'].map((name) => `${name}: sums, holds the end`),
      // Once more by who writes the movement.
      'close: sums, holds the end, holds the end',
      'inventory: sums, holds the end',
    ])
  })
})

describe('a loss report', () => {
  it('is saved as it goes, and not over what somebody else saved', async () => {
    const { id } = await oneMissing()
    const params = { kind: 'discrepancy', id }
    const save = (seen: string | undefined, change: object) =>
      runCommand(t.services, harbor.as.manager, saveLossDraft, {
        key: anId<'loss-report-draft'>(t.services),
        subject: { kind: 'discrepancy', id },
        seen: seen as LossDraftId | undefined,
        answers: { police: 'told', ...change },
      })
    const first = await must(save(undefined, {}))
    expect(await save(undefined, {})).toMatchObject({ reason: 'saved-meanwhile' })
    t.clock.advance(1000)
    await must(save(first.id, { type: 'staff' }))
    const page = await loadLoss(pageOf(harbor.as.manager, '/', params))
    expect(page.substance).toMatchObject({ amount: '10.00 mL', mg: '100 mg' })
    expect(page.fields.find(({ name }) => name === 'type')?.words).toBe('Theft by somebody who works here')
    expect(page.fields.find(({ name }) => name === 'registration')?.words).toBe('not recorded')
  })
})

describe('for an inspector', () => {
  it('shows movements by day and lot, with witness, and says when nobody has the name', async () => {
    const of = await receive()
    await waste(of, 1000)
    const of23 = `/work/stock/inspector?from=2026-11-23&to=2026-11-23&lot=${of}`
    const page = await loadInspector(pageOf(harbor.as.prescriber, of23))
    expect(page.movements.map(({ kind, amount, mg, witness }) => [kind, amount, mg, witness])).toEqual([
      ['received', '100.00 mL', '1000', undefined],
      ['wasted', '10.00 mL', '100', 'secondNurse of harbor'],
    ])
    const nobody = await loadInspector(pageOf(harbor.as.prescriber, `${of23}&person=nobody+at+all`))
    expect(nobody).toMatchObject({ nobody: true, movements: [] })
    const wrong = await loadInspector(pageOf(harbor.as.prescriber, '/work/stock/inspector?from=soon'))
    expect(wrong.errors.from).toContain('year, month and day')
    expect(wrong.errors.from).toContain('“soon”')
    expect(wrong.typed.from).toBe('')
    expect(wrong).toMatchObject({ isRead: false, movements: [], given: [] })
  })

  it('says who was given what by whom, and leaves a trace in the record of each person it shows', async () => {
    const of = await receive()
    const { personId } = await makePerson(t.services, harbor, 'Robin Sample')
    await giveDose(t, harbor, personId, t.clock.now(), 40)
    const { rows } = await t.owner.query('select id from dosing_session where person_id = $1', [personId])
    const session = rows[0].id as SessionId
    const syringe = { place: { at: 'syringe', id: session } } as const
    const every = { at: t.clock.now(), lotId: of, hundredths: 400, sessionId: session, reason: '' }
    const drawAndGive: Command<undefined, object, 'overdrawn'> = {
      action: countStock,
      async run(needs) {
        const written = await appendMovements(needs, new Map([[of, 10]]), [
          { ...every, id: needs.ids.next(), kind: 'draw', from: { place: SAFE }, to: syringe },
          {
            ...every,
            id: needs.ids.next(),
            kind: 'give',
            from: syringe,
            to: { place: { at: 'patient', id: session } },
          },
        ])
        return written.ok ? done({}) : refused('overdrawn')
      },
    }
    await must(runCommand(t.services, harbor.as.secondNurse, drawAndGive, undefined))
    const path = `/work/stock/inspector?from=2026-11-23&to=2026-11-23&person=${personId.slice(-8)}`
    const page = await loadInspector(pageOf(harbor.as.manager, path))
    expect(page.given).toMatchObject([
      { person: 'Robin Sample', record: personId, amount: '4.00 mL', mg: '40', givenBy: 'nurse of harbor' },
    ])
    expect(page.movements.map(({ kind }) => kind)).toEqual(['drawn for a session', 'given'])
    const seen = await t.owner.query(
      `select count(*)::int as n from audit_entry where action = 'treat.read-for-inspector' and person_id = $1`,
      [personId],
    )
    expect(seen.rows[0].n).toBe(1)
  })
})

it('of a Friday a discrepancy is due on Monday', async () => {
  t.clock.set('2026-11-27T15:00:00.000Z')
  const { id } = await oneMissing()
  const found = await look(t.services, harbor.as.nurse, ({ db }) => discrepancyById(db, harbor.id, id))
  expect(found?.dueOn).toBe('2026-11-30')
})
