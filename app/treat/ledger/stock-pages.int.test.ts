import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import { addedCabinet, receivedLot } from '../../../tests/database/drug-stock.ts'
import { errorsOf, pageArgs, sentWith, stepOf } from '../../../tests/database/page-args.ts'
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
import { type Command, runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import { done } from '../../platform/outcome.ts'
import { type LocalDate, MINUTE_MS, timeInWords } from '../../platform/time.ts'
import { openSession } from '../session/open-session.server.ts'
import type { LotId } from '../session/session-event.ts'
import { wasteStock } from '../treat-access.ts'
import { drawForDose } from './draw-for-dose.server.ts'
import { addCabinet, recallLot } from './keep-stock.server.ts'
import { lotInHand } from './lot-in-hand.server.ts'
import { lockLot, lotById } from './lot-queries.server.ts'
import { loadMove, move } from './move-page.server.ts'
import { moveStock } from './move-stock.server.ts'
import { SAFE, type TakenFrom } from './movement.ts'
import { movementsOfLot } from './movement-list-queries.server.ts'
import { loadBeforeLedger, loadMovements } from './movements-page.server.ts'
import { askForReceive, askReceive, loadReceive, recordReceive } from './receive-page.server.ts'
import { changeTyped, type ToRead } from './signed-act.server.ts'
import { loadStock } from './stock-page.server.ts'
import { askForTakeOut, askTakeOut, loadTakeOut, recordTakeOut } from './take-out-page.server.ts'
import { takeOut } from './waste-stock.server.ts'
import { REQUEST_MS } from './witness-request/witness-request.ts'

const PASSWORD = 'level water here'
let t: TestDatabase
let harbor: TestClinic
let clinics = 0

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  harbor = await makeClinic(t.services, `harbor${clinics}`)
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
})

const page = (path: string, fields: Readonly<Record<string, string>> = {}, by = harbor.as.nurse) =>
  pageArgs(t, harbor, path, { fields, by })
const vials = (lotNumber = 'L1', change: object = {}) => receivedLot(t, harbor, { lotNumber, ...change })
const secondNurse = () => ({
  secondEmail: `secondnurse.harbor${clinics}@example.org`,
  secondPassword: PASSWORD,
})
const moved = async (lotId: LotId) =>
  (await look(t.services, harbor.as.nurse, ({ db }) => movementsOfLot(db, harbor.id, lotId))).slice(1)
async function asked(lotId: LotId, more: Record<string, string> = {}) {
  const { key } = await loadTakeOut(await page('/work/stock/take-out'))
  const fields = { key, from: `${lotId}|safe||`, kind: 'waste', amount: '2', reason: 'broken', ...more }
  return stepOf(await askTakeOut(await page('/work/stock/take-out', fields)))
}
const record = async (read: ToRead, more: Record<string, string> = secondNurse()) =>
  recordTakeOut(await page('/work/stock/take-out', { ...sentWith(read), ...more }))

describe('waste that a second person signs', () => {
  it('is put into words first, and nothing is recorded by that', async () => {
    const lotId = await vials()
    const read = await asked(lotId)
    expect(read.says).toBe(
      `2 sealed vials (40.00 mL, 400 mg) of lot L1 (Ketamine hydrochloride 10 mg/mL) from the safe into waste, 10:00, recorded by nurse of harbor${clinics}.`,
    )
    expect(read).toMatchObject({ second: 'required', why: 'broken' })
    expect(await moved(lotId)).toEqual([])
  })

  it('is recorded with the words and both names once the witness has signed as themselves', async () => {
    const lotId = await vials()
    const read = await asked(lotId)
    t.clock.advance(5 * MINUTE_MS)
    for (const [more, field] of [
      [{}, 'secondEmail'],
      [{ ...secondNurse(), secondPassword: 'not theirs' }, 'secondPassword'],
      [{ ...secondNurse(), secondEmail: `nurse.harbor${clinics}@example.org` }, 'secondEmail'],
      [{ ...secondNurse(), secondEmail: `therapist.harbor${clinics}@example.org` }, 'secondPassword'],
    ] as const) {
      const again = stepOf(await record(read, more))
      expect(again.errors).toHaveProperty(field)
      expect(again.says).toBe(read.says)
      expect(sentWith(again)).toEqual(sentWith(read))
    }
    expect(await moved(lotId)).toEqual([])
    expect(await record(read)).toMatchObject({ status: 303 })
    expect(await moved(lotId)).toMatchObject([
      {
        kind: 'waste',
        hundredths: 4000,
        at: read.asked,
        recordedAt: t.clock.now(),
        by: harbor.as.nurse.accountId,
        witness: harbor.as.secondNurse.accountId,
        reason: 'broken',
        detail: { signed: read.says },
      },
    ])
    // The same form once more, as after a lost answer.
    expect(await record(read)).toMatchObject({ status: 303 })
    expect(await record({ ...read, typed: [...read.typed, ['kind', 'destroy']] })).toMatchObject({
      errors: { form: expect.stringContaining('Another entry was recorded with this form already') },
    })
    const manager = { ...secondNurse(), secondEmail: `manager.harbor${clinics}@example.org` }
    expect(await record(read, manager)).toHaveProperty('errors.form')
    // A signature that was used up, such as a passkey's, is not asked for again.
    expect(await record(read, { secondEmail: secondNurse().secondEmail })).toMatchObject({ status: 303 })
    expect(await moved(lotId)).toHaveLength(1)
  })

  it('is shown anew where the words are not those that were shown, or were shown too long ago', async () => {
    const lotId = await vials()
    const read = await asked(lotId)
    const other = stepOf(await record({ ...read, typed: [...read.typed, ['amount', '3']] }))
    expect(other).toMatchObject({ changed: true })
    expect(other.says).toContain('3 sealed vials')
    t.clock.advance(31 * MINUTE_MS)
    const late = stepOf(await record(read))
    expect(late).toMatchObject({ changed: true, asked: t.clock.now() })
    expect(await moved(lotId)).toEqual([])
    expect(await record(late)).toMatchObject({ status: 303 })
  })

  it('keeps what was typed when it is changed, and takes all that is left by one button', async () => {
    const lotId = await vials()
    const read = await asked(lotId, { amount: '', all: 'yes' })
    expect(read.says).toContain('3 sealed vials (60.00 mL, 600 mg)')
    const back = await changeTyped(
      await page('/work/stock/take-out', { ...sentWith(read), intent: 'change' }),
    )
    expect(back.values).toMatchObject({ kind: 'waste', reason: 'broken', from: `${lotId}|safe||` })
    expect(back.values).not.toHaveProperty('all')
  })

  it('answers at its field what cannot be', async () => {
    const lotId = await vials()
    const ask = async (more: Record<string, string>) => {
      const fields = {
        key: anId(t.services),
        from: `${lotId}|safe||`,
        kind: 'waste',
        amount: '1',
        reason: 'x',
        ...more,
      }
      return errorsOf(await askTakeOut(await page('/work/stock/take-out', fields)))
    }
    for (const amount of ['-1', '0', '1.5', '1e0', '', '4'])
      expect(await ask({ amount }), amount).toHaveProperty('amount')
    expect(await ask({ kind: 'give' })).toHaveProperty('kind')
    expect(await ask({ kind: 'return' })).toHaveProperty('kind')
    expect(await ask({ reason: '' })).toHaveProperty('reason')
    expect(await ask({ from: `${anId(t.services)}|safe||` })).toHaveProperty('from')
  })

  it('is another entry where it names another vial under the same key', async () => {
    const lotId = await vials()
    const key = anId<'ledger-movement'>(t.services)
    const sendBack = (from: TakenFrom) =>
      runCommand(t.services, harbor.as.nurse, takeOut, {
        key,
        kind: 'send-back',
        lotId,
        from,
        hundredths: 2000,
        reason: 'recalled',
      })
    await must(sendBack({ place: SAFE }))
    await must(sendBack({ place: SAFE }))
    const vial = { place: SAFE, container: anId<'drug-container'>(t.services) }
    expect(await sendBack(vial)).toMatchObject({ reason: 'recorded-otherwise' })
  })

  it('needs a witness for a loss too, so that nobody empties a syringe alone; sending back may have one', async () => {
    const lotId = await vials()
    const lost = await asked(lotId, { kind: 'lose' })
    expect(lost.second).toBe('required')
    expect(stepOf(await record(lost, {})).errors).toHaveProperty('secondEmail')
    expect(await moved(lotId)).toEqual([])
    const read = await asked(lotId, { kind: 'send-back' })
    expect(read.second).toBe('optional')
    expect(await record(read, {})).toMatchObject({ status: 303 })
    expect((await moved(lotId))[0]).not.toHaveProperty('witness')
  })
})

describe('a return', () => {
  it('is not said to be done when another amount came under its key', async () => {
    const { appointmentId } = await makeBookedPerson(t, harbor)
    const { sessionId } = await must(
      runCommand(t.services, harbor.as.nurse, openSession, {
        appointmentId,
        key: anId<'session'>(t.services),
      }),
    )
    const unit = { form: 'tablet', unitMg: 50, units: 6, concentrationMgPerMl: undefined }
    const lotId = await vials('T1', { ...unit, containerMl: undefined, containers: undefined })
    const draw: Command<object, Record<never, never>, never> = {
      action: wasteStock,
      async run(needs) {
        const lot = (await lockLot(needs.db, needs.actor.clinicId, lotId))!
        await drawForDose(needs, { lot, sessionId, hundredths: 300, at: needs.at })
        return done({})
      },
    }
    await must(runCommand(t.services, harbor.as.nurse, draw, {}))
    const at = `/work/stock/take-out?session=${sessionId}`
    const { key, chosen } = await loadTakeOut(await page(at))
    const fields = { key, sessionId, from: chosen!.code, kind: 'return', amount: '1', reason: 'not opened' }
    const post = async (change: Record<string, string> = {}) => {
      const read = stepOf(await askTakeOut(await page(at, { ...fields, ...change })))
      return recordTakeOut(await page(at, sentWith(read)))
    }
    const first = stepOf(await askTakeOut(await page(at, fields)))
    const again = async () => recordTakeOut(await page(at, sentWith(first)))
    expect([await again(), await again()]).toMatchObject([{ status: 303 }, { status: 303 }])
    for (const change of [{ amount: '2' }, { reason: 'dropped' }] as readonly Record<string, string>[]) {
      const answer = (await post(change)) as FormAnswer
      expect(answer.errors.form, JSON.stringify(change)).toContain('Another entry was recorded')
      expect(answer.values).toMatchObject(change)
      expect(answer.values).not.toHaveProperty('key')
    }
    expect((await moved(lotId)).filter(({ kind }) => kind === 'return')).toMatchObject([{ hundredths: 100 }])
  })
})

describe('a code that is scanned', () => {
  const code = (lotNumber: string) => `]d21728033110${lotNumber}`
  const rest = { kind: 'waste', amount: '1', reason: 'broken' }
  const ask = async (fields: Record<string, string>) =>
    askTakeOut(await page('/work/stock/take-out', { key: anId(t.services), ...rest, ...fields }))

  it('chooses what stands of its lot, and stops where another was chosen', async () => {
    const expiresOn = '2028-03-31' as LocalDate
    const one = await vials('A1', { expiresOn })
    const two = await vials('B2', { expiresOn })
    expect(stepOf(await ask({ scanned: code('A1') })).says).toContain('lot A1')
    const wrong = errorsOf(await ask({ scanned: code('A1'), from: `${two}|safe||` }))
    expect(wrong.scanned).toContain('lot A1; the ledger says lot B2')
    expect(wrong.scanned).not.toContain('draw')
    expect(errorsOf(await ask({ scanned: code('C3') }))).toHaveProperty('scanned')
    await vials('A1', { expiresOn })
    expect(errorsOf(await ask({ scanned: code('A1') }))).toHaveProperty('from')
    expect(stepOf(await ask({ scanned: code('A1'), from: `${one}|safe||` })).says).toContain('lot A1')
  })

  it('stops at the bedside where it is not the lot that was chosen', async () => {
    const expiresOn = '2028-03-31' as LocalDate
    const one = await vials('A1', { expiresOn })
    const two = await vials('B2', { expiresOn })
    const inHand = async (fields: Record<string, string>) => lotInHand(await page('/work/sessions/x', fields))
    expect(await inHand({ lotId: one })).toMatchObject({ ok: true })
    expect(await inHand({ lotId: one, scanned: code('A1') })).toMatchObject({ ok: true })
    const wrong = await inHand({ lotId: two, scanned: code('A1') })
    expect(wrong).toMatchObject({
      ok: false,
      answer: { errors: { scanned: expect.stringContaining('Do not draw from it') } },
    })
    const found = await inHand({ scanned: code('B2') })
    expect(found.ok && found.form.get('lotId')).toBe(two)
    expect(await inHand({ scanned: code('C3') })).toMatchObject({ ok: false })
    expect(await inHand({ lotId: one, scanned: 'not a code' })).toMatchObject({ ok: false })
    // Of a dose out of two lots each vial is held against its own, and its serial is known.
    const split = { lotId: one, otherLots: `${two}:4` }
    const other = `scanned-${two}`
    const crossed = await inHand({ ...split, scanned: code('A1'), [other]: code('A1') })
    expect(crossed).toMatchObject({
      ok: false,
      answer: { errors: { [other]: expect.stringContaining('Do not draw from it') } },
    })
    const both = { ...split, scanned: `${code('A1')}\u001d2177`, [other]: code('B2') }
    expect(await inHand(both)).toMatchObject({ ok: true, taken: { serials: { [one]: '77' } } })
  })

  it('does not say from which of several places its lot was taken: the place is asked for', async () => {
    const lotId = await vials('A1', { expiresOn: '2028-03-31' as LocalDate })
    const inHand = async () => lotInHand(await page('/work/sessions/x', { scanned: code('A1') }))
    expect(await inHand()).toMatchObject({ ok: true })
    const cabinetId = await addedCabinet(t, harbor, 'Room 1')
    await must(
      runCommand(t.services, harbor.as.nurse, moveStock, {
        key: t.services.ids.next(),
        lotId,
        from: { place: SAFE },
        to: { at: 'cabinet', id: cabinetId },
        hundredths: 2000,
        reason: '',
      }),
    )
    expect(await inHand()).toMatchObject({
      ok: false,
      answer: { errors: { lotId: expect.stringContaining('choose where you took it from') } },
    })
  })
})

describe('a delivery', () => {
  const delivery = {
    form: 'vial',
    lotNumber: 'K9',
    expiresOn: '2028-03-31',
    containers: '5',
    containerMl: '10',
    concentrationMgPerMl: '12.5',
    supplier: 'Invented wholesaler',
    invoice: 'INV-7',
  }
  const ask = async (more: Record<string, string> = {}) => {
    const { key } = await loadReceive(await page('/work/stock/receive'))
    return askReceive(await page('/work/stock/receive', { key, ...delivery, ...more }))
  }

  it('is read in words, recorded once, and keeps supplier and invoice', async () => {
    for (const field of ['containers', 'containerMl']) {
      const { [field]: message } = errorsOf(await ask({ [field]: '1,000' }))
      expect(message, field).toContain('Write 1000 without it')
    }
    const read = stepOf(await ask())
    expect(read.says).toContain(
      '5 vials of 10 mL at 12.5 mg/mL (50.00 mL, 625 mg) of Ketamine hydrochloride, lot K9',
    )
    expect(read.says).toContain('from Invented wholesaler, invoice INV-7, into the safe')
    const post = async () => recordReceive(await page('/work/stock/receive', sentWith(read)))
    expect([await post(), await post()]).toMatchObject([{ status: 303 }, { status: 303 }])
    const lotId = Object.fromEntries(read.typed).key as LotId
    const lot = await look(t.services, harbor.as.nurse, ({ db }) => lotById(db, harbor.id, lotId))
    expect(lot).toMatchObject({ supplier: 'Invented wholesaler', invoice: 'INV-7', hundredths: 5000 })
  })

  it('of a lot number that is on record with other facts is asked about', async () => {
    const lotNumber = 'K77'
    const first = stepOf(await ask({ lotNumber }))
    expect(first.remarks).toEqual([])
    const post = async () => recordReceive(await page('/work/stock/receive', sentWith(first)))
    expect([await post(), await post()]).toMatchObject([{ status: 303 }, { status: 303 }])
    expect(stepOf(await ask({ lotNumber })).remarks).toEqual([])
    const others: readonly Record<string, string>[] = [
      { concentrationMgPerMl: '10' },
      { containerMl: '20' },
      { expiresOn: '2029-12-31' },
    ]
    for (const change of others) {
      expect(stepOf(await ask({ lotNumber: 'k77', ...change })).remarks, JSON.stringify(change)).toEqual([
        expect.stringMatching(
          /^Lot k77 is on record otherwise: Ketamine hydrochloride 12\.5 mg\/mL, vials of 10 mL, usable/,
        ),
      ])
    }
  })

  it('is not said to be received when Back and another delivery came under its key', async () => {
    const read = stepOf(await ask({ containers: '10' }))
    const { key, ...typed } = Object.fromEntries(read.typed)
    const post = async (step: ToRead) => recordReceive(await page('/work/stock/receive', sentWith(step)))
    expect(await post(read)).toMatchObject({ status: 303 })
    for (const change of [
      { containers: '20' },
      { invoice: 'INV-8' },
      { supplier: 'Another wholesaler' },
      { gtin: '00312345678906' },
      { reason: 'the second box' },
    ] as readonly Record<string, string>[]) {
      const answer = await post(stepOf(await ask({ containers: '10', key: key!, ...change })))
      expect(errorsOf(answer).lotNumber, JSON.stringify(change)).toContain('Another entry was recorded')
      expect((answer as FormAnswer).values).toMatchObject({ ...typed, ...change })
      expect((answer as FormAnswer).values).not.toHaveProperty('key')
    }
    const witnessed = { ...sentWith(read), ...secondNurse() }
    expect(await recordReceive(await page('/work/stock/receive', witnessed))).toHaveProperty('errors')
    expect(await post(read)).toMatchObject({ status: 303 })
    const lot = await look(t.services, harbor.as.nurse, ({ db }) => lotById(db, harbor.id, key as LotId))
    expect(lot).toMatchObject({ hundredths: 10_000, invoice: 'INV-7' })
  })

  it('says that a lot is called back before anybody signs, and on no other device either', async () => {
    const lotId = await vials('K9')
    const reason = 'letter of the maker'
    const key = anId<'lot-recall'>(t.services)
    await must(runCommand(t.services, harbor.as.nurse, recallLot, { key, lotId, state: 'recalled', reason }))
    expect(errorsOf(await ask({ lotNumber: 'k 9' }))).toEqual({
      lotNumber: expect.stringContaining('called back'),
    })
    const elsewhere = await page('/work/stock/receive', { key: anId(t.services), ...delivery })
    expect(errorsOf(await askForReceive(elsewhere))).toEqual({
      lotNumber: expect.stringContaining('called back'),
    })
    stepOf(await ask({ lotNumber: 'K10' }))
  })

  it('names the limit of what is too much, not the text of an empty field', async () => {
    expect(
      errorsOf(await ask({ containers: '10001', containerMl: '1000.01', concentrationMgPerMl: '1001' })),
    ).toEqual({
      containers: 'At most 10,000 vials.',
      containerMl: 'At most 1,000 mL.',
      concentrationMgPerMl: 'At most 1,000 mg per mL.',
    })
    expect(errorsOf(await ask({ form: 'tablet', units: '10001', unitMg: '2000' }))).toEqual({
      units: 'At most 10,000 of them.',
      unitMg: 'At most 1,000 mg.',
    })
  })

  it('answers field by field: nothing unnamed, expired, or finer than it can be counted', async () => {
    expect(errorsOf(await ask({ supplier: '', invoice: '' }))).toMatchObject({
      supplier: expect.any(String),
      invoice: expect.any(String),
    })
    expect(errorsOf(await ask({ expiresOn: '2026-11-22' }))).toHaveProperty('expiresOn')
    expect(errorsOf(await ask({ concentrationMgPerMl: '12.55' })).concentrationMgPerMl).toContain(
      'one decimal',
    )
    expect(errorsOf(await ask({ containerMl: '10.001' }))).toHaveProperty('containerMl')
    expect(errorsOf(await ask({ containers: '1e1' }))).toHaveProperty('containers')
    expect(errorsOf(await ask({ gtin: '312345678907' }))).toHaveProperty('gtin')
  })

  it('takes what a code says into its empty fields', async () => {
    const scanned = ']d2010031234567890617280331' + '10K9'
    const read = stepOf(await ask({ scanned, lotNumber: '', expiresOn: '' }))
    expect(read.says).toContain('lot K9, usable through Fri 31 Mar 2028')
    expect(Object.fromEntries(read.typed)).toMatchObject({ gtin: '00312345678906', lotNumber: 'K9' })
    expect(errorsOf(await ask({ scanned, lotNumber: 'K8' }))).toHaveProperty('lotNumber')
  })
})

describe('the pages of the stock', () => {
  it('lead from a session to its syringe, and say what is not there', async () => {
    const sessionId = anId(t.services)
    for (const who of [harbor.as.nurse, harbor.as.prescriber]) {
      const asked = await page(`/work/stock?session=${sessionId}`, {}, who)
      const away = await loadStock(asked).catch((thrown) => thrown)
      expect((away as Response).headers.get('Location')).toBe(`/work/stock/take-out?session=${sessionId}`)
    }
    const missing = loadTakeOut(await page(`/work/stock/take-out?session=${sessionId}`)).catch(
      (thrown) => thrown,
    )
    expect(await missing).toMatchObject({ status: 404 })
  })

  it('call a lot used up of which nothing stands any more, and neither in date nor to be used first', async () => {
    const lotId = await vials('L1', { expiresOn: '2026-12-01' as LocalDate })
    const shown = async () => (await loadStock(await page('/work/stock?all'))).lots
    expect(await shown()).toMatchObject([{ state: 'soon' }])
    await must(
      runCommand(t.services, harbor.as.nurse, takeOut, {
        key: anId<'ledger-movement'>(t.services),
        kind: 'send-back',
        lotId,
        from: { place: SAFE },
        hundredths: 6000,
        reason: 'not needed',
      }),
    )
    expect(await shown()).toMatchObject([{ state: 'used-up', left: '0.00 mL' }])
    await vials('L2', { expiresOn: '2027-12-01' as LocalDate })
    expect(await shown()).toMatchObject([{ lotNumber: 'L2', state: 'in-date' }, { lotNumber: 'L1' }])
  })

  it('move stock by form, once, and list it', async () => {
    const lotId = await vials()
    const cabinetId = anId<'drug-cabinet'>(t.services)
    await must(runCommand(t.services, harbor.as.manager, addCabinet, { key: cabinetId, name: 'Room 2' }))
    const { keys, places } = await loadMove(await page('/work/stock/move'))
    expect(places).toEqual([
      { value: 'safe', label: 'The safe' },
      { value: cabinetId, label: 'Cabinet Room 2' },
    ])
    const fields = { intent: 'move', key: keys.move, from: `${lotId}|safe||`, amount: '3', to: cabinetId }
    for (const wrong of [{ to: 'safe' }, { to: anId(t.services) }]) {
      expect(errorsOf(await move(await page('/work/stock/move', { ...fields, ...wrong })))).toHaveProperty(
        'to',
      )
    }
    const post = async () => move(await page('/work/stock/move', fields))
    const thousand = errorsOf(await move(await page('/work/stock/move', { ...fields, amount: '1,000' })))
    expect(thousand.amount).toContain('Write 1000 without it')
    const [done, again] = [await post(), await post()]
    expect([done, again]).toMatchObject([{ status: 303 }, { status: 303 }])
    expect((await loadStock(await page((done as Response).headers.get('location')!))).moved).toMatch(
      /^Moved 3 sealed vials \(60\.00 mL, 600 mg\) of lot .* from the safe to cabinet Room 2\.$/,
    )
    const changes: readonly Record<string, string>[] = [
      { amount: '2' },
      { to: 'safe' },
      { reason: 'another' },
    ]
    for (const change of changes) {
      const { key: _, ...typed } = { ...fields, ...change }
      const answer = (await move(await page('/work/stock/move', { ...fields, ...change }))) as FormAnswer
      expect(answer.errors.form).toContain('Another entry was recorded with this form already')
      expect(answer.values).toEqual(typed)
    }
    const { lots } = await loadStock(await page('/work/stock'))
    expect(lots[0]).toMatchObject({
      left: '60.00 mL',
      mg: '600 mg',
      items: [{ where: 'cabinet Room 2', what: '3 sealed vials of 20 mL', amount: '60.00 mL' }],
    })
    const list = await loadMovements(await page(`/work/stock/ledger?lot=${lotId}&kind=move`))
    expect(list.rows).toMatchObject([
      { from: 'the safe', to: 'cabinet Room 2', amount: '60.00 mL', mg: '600' },
    ])
    const asked = await loadMovements(await page('/work/stock/ledger?from=abc&kind=give&lot=1'))
    expect(asked.standing.wrong).toEqual([])
    expect(asked.standing.line).toMatch(/^\d+ movements\. The end was not signed yet\.$/)
    expect(Object.keys(asked.problems)).toEqual(['from', 'lot'])
    expect(asked.rows).toEqual([])
  })

  it('keep what was recorded before there was a ledger, as it was written', async () => {
    const lotId = await vials('OLD-1')
    await t.owner.query(
      `insert into stock_movement (clinic_id, id, lot_id, kind, volume_ml, change_ml, at, by_account_id, reason)
       values ($1, $2, $3, 'wasted', 1.04, -1.04, '2025-03-01T15:00:00Z', $4, 'seen by Ada')`,
      [harbor.id, anId(t.services), lotId, harbor.as.nurse.accountId],
    )
    const { rows, more } = await loadBeforeLedger(await page('/work/stock/before-the-ledger'))
    expect(rows).toMatchObject([
      {
        when: 'Sat 1 Mar 2025, 10:00',
        lot: 'OLD-1',
        kind: 'wasted',
        amount: '1.04 mL',
        reason: 'seen by Ada',
      },
    ])
    expect(more).toBe(false)
  })
})

describe('what waits for a witness elsewhere', () => {
  it('is shown to who asked, on the stock and before the same is entered again; to nobody else', async () => {
    const lotId = await vials()
    expect((await asked(lotId)).waiting).toEqual([])
    const { typed } = await asked(lotId)
    const post = await page('/work/stock/take-out', Object.fromEntries(typed))
    const href = ((await askForTakeOut(post)) as Response).headers.get('location')!
    const since = timeInWords(t.clock.now(), 'America/New_York')
    t.clock.advance(MINUTE_MS)
    const waits = { href, words: expect.stringMatching(/^Waste 2 sealed vials.*\. Lot L1: /), since }
    expect((await loadStock(await page('/work/stock'))).waiting).toEqual([{ ...waits, again: false }])
    expect((await asked(lotId)).waiting).toEqual([{ ...waits, again: true }])
    expect((await asked(lotId, { amount: '1' })).waiting).toEqual([{ ...waits, again: false }])
    // The form that asked is the act that waits.
    expect(stepOf(await askTakeOut(post)).waiting).toEqual([{ ...waits, again: false }])
    const other = await pageArgs(t, harbor, '/work/stock', { by: harbor.as.secondNurse })
    expect((await loadStock(other)).waiting).toEqual([])
    t.clock.advance(REQUEST_MS)
    expect((await asked(lotId)).waiting).toEqual([])
  })
})
