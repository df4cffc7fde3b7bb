import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import { type AssessedPerson, makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import { whileHeld } from '../../../tests/database/lock-waits.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { runCommand } from '../../platform/command.server.ts'
import { parseLocalDate } from '../../platform/time.ts'
import { appointmentsOfPerson } from '../diary/entry-queries.server.ts'
import type { ConsentDocument } from './consent-document.ts'
import { consentHash, intactness } from './consent-hash.server.ts'
import { signaturesOfPerson } from './consent-queries.server.ts'
import { consentState, documentsOfClinic } from './consents-of.server.ts'
import { disclosureConsent } from './documents/disclosure.ts'
import { researchConsent } from './documents/research.ts'
import { treatmentConsent2 } from './documents/treatment-2.ts'
import { treatmentConsent3 } from './documents/treatment-3.ts'
import { releaseDocument } from './release-document.server.ts'
import { assistConsent, type ConsentInput, signConsent } from './sign-consent.server.ts'
import { signedCopy } from './signed-copy.server.ts'
import { withdrawConsent } from './withdraw-consent.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const form = (document: ConsentDocument, part: Partial<ConsentInput> = {}): ConsentInput => ({
  key: anId<'consent-signature'>(t.services),
  documentId: document.id,
  version: document.version,
  textHash: consentHash(document),
  typedName: 'Robin Sample',
  teachBack: Object.fromEntries(document.teachBack.map((q) => [q.id, q.right])),
  acknowledged: document.acknowledgements.map((a) => a.id),
  ...part,
})
const elements = {
  scope: 'general',
  patientName: 'Robin Sample',
  discloser: 'Harbor',
  recipientKind: 'named',
  recipient: 'Dr. Ito',
  intermediary: undefined,
  parts: ['plan'],
  partsDetail: undefined,
  purpose: 'treatment',
  purposeDetail: undefined,
  expiry: { kind: 'on', date: parseLocalDate('2027-12-31') },
} as const
/** As it comes back from the database: what is undefined is not there. */
const kept = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
const witness = { name: 'Kim Bell', role: 'sister', signature: 'Kim Bell', language: undefined }
const sign = (person: AssessedPerson, document: ConsentDocument, part: Partial<ConsentInput> = {}) =>
  runCommand(t.services, person.patient, signConsent, form(document, part))
const signed = (person: AssessedPerson, clinic = harbor) =>
  look(t.services, clinic.as.nurse, ({ db }) => signaturesOfPerson(db, clinic.id, person.personId))
const missing = async (person: AssessedPerson, clinic = harbor) =>
  (
    await look(t.services, clinic.as.nurse, ({ db }) => consentState(db, clinic.id, person.personId))
  ).missing.map((m) => [m.id, m.why])
const release = (clinic: TestClinic, version: string, part = {}) =>
  runCommand(t.services, clinic.as.manager, releaseDocument, {
    key: anId<'document-release'>(t.services),
    documentId: 'treatment',
    version,
    reason: 'Courses are repeated here now.',
    ...part,
  })

describe('a signature', () => {
  it('from two tabs at once is one', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const both = await Promise.all([sign(person, treatmentConsent2), sign(person, treatmentConsent2)])
    const [one, two] = await Promise.all(both.map((each) => must(Promise.resolve(each))))
    expect(one).toEqual(two)
    expect(await signed(person)).toHaveLength(1)
  })

  it('keeps everything, and its copy shows that nothing was changed since', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const { signatureId } = await must(
      sign(person, disclosureConsent, {
        elements,
        drawing: 'M1 1L20 20',
        witness,
        interpreter: { ...witness, name: 'Ines Roca', signature: 'Ines Roca', language: 'Spanish' },
      }),
    )
    const [stored] = await signed(person)
    expect(stored).toMatchObject({
      id: signatureId,
      elements: kept(elements),
      witness: kept(witness),
      drawing: 'M1 1L20 20',
    })
    expect(intactness(stored!, disclosureConsent)).toBe('intact')
    const copy = await look(t.services, person.patient, ({ db, at }) =>
      signedCopy(db, { id: harbor.id, name: 'Harbor', timeZone: 'UTC' }, person.personId, signatureId, at),
    )
    expect(copy).toMatchObject({ intact: 'intact', drawing: 'M1 1L20 20', withdrawn: undefined })
    // An owner of the database who changes a row is seen.
    await t.owner.query('alter table consent_signature disable trigger user')
    await t.owner.query(`update consent_signature set typed_name = 'Somebody' where id = $1`, [signatureId])
    await t.owner.query('alter table consent_signature enable trigger user')
    expect(intactness((await signed(person))[0]!, disclosureConsent)).toBe('changed')
  })

  it('with a drawing that is too large is refused at its field, and nothing is stored', async () => {
    const person = await makeAssessedPerson(t, harbor)
    expect(await sign(person, treatmentConsent2, { drawing: `M1 1${'L2 2'.repeat(10_000)}` })).toMatchObject({
      reason: 'drawing',
      detail: { problems: [{ field: 'drawing' }] },
    })
    expect(await signed(person)).toEqual([])
  })

  it('with a key that another person’s form made is refused', async () => {
    const [one, two] = [await makeAssessedPerson(t, harbor), await makeAssessedPerson(t, harbor)]
    const { signatureId } = await must(sign(one, treatmentConsent2))
    expect(await sign(two, treatmentConsent2, { key: signatureId })).toMatchObject({ ok: false })
    expect(await signed(two)).toEqual([])
  })

  it('with help is for nurses and prescribers of this clinic, with a witness', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const help = (by: TestClinic['as']['nurse'], part: Partial<ConsentInput> = { witness }) =>
      runCommand(t.services, by, assistConsent, {
        ...form(treatmentConsent2, part),
        personId: person.personId,
        because: 'cannot read',
      })
    expect(await help(person.patient)).toMatchObject({ reason: 'not-allowed' })
    expect(await help(harbor.as.coordinator)).toMatchObject({ reason: 'not-allowed' })
    expect(await help(other.as.nurse)).toMatchObject({ reason: 'no-such-person' })
    expect(await help(harbor.as.nurse, {})).toMatchObject({ reason: 'witness' })
    await must(help(harbor.as.nurse))
    expect((await signed(person))[0]).toMatchObject({
      assistance: 'cannot read',
      witness: kept(witness),
      signedBy: harbor.as.nurse.accountId,
    })
  })
})

describe('a new version', () => {
  it('asks everybody again and stops dosing until it is signed; the old form is refused', async () => {
    const clinic = await makeClinic(t.services, 'again')
    const person = await makeBookedPerson(t, clinic)
    const openTab = form(treatmentConsent2)
    expect(await missing(person, clinic)).toEqual([])
    expect(
      await runCommand(t.services, clinic.as.prescriber, releaseDocument, {
        key: anId<'document-release'>(t.services),
        documentId: 'treatment',
        version: '3',
        reason: 'mine',
      }),
    ).toMatchObject({ reason: 'not-allowed' })
    expect(await release(clinic, '99')).toMatchObject({ reason: 'no-such-version' })
    expect(await release(clinic, '2')).toMatchObject({ reason: 'in-force-already' })
    expect(await release(clinic, '3', { reason: ' ' })).toMatchObject({ reason: 'reason-missing' })
    t.clock.advance(1000)
    await must(release(clinic, '3'))
    expect(await missing(person, clinic)).toEqual([['treatment', 'newer-version']])
    expect(await runCommand(t.services, person.patient, signConsent, openTab)).toMatchObject({
      reason: 'newer-version',
    })
    expect(
      await sign(person, treatmentConsent3, {
        acknowledged: treatmentConsent2.acknowledgements.map((a) => a.id),
      }),
    ).toMatchObject({ reason: 'not-acknowledged' })
    await must(sign(person, treatmentConsent3))
    expect(await missing(person, clinic)).toEqual([])
    // Elsewhere nothing changed.
    const elsewhere = await look(t.services, other.as.manager, ({ db }) => documentsOfClinic(db, other.id))
    expect(elsewhere[0]).toMatchObject({ id: 'treatment', version: '2' })
    await expect(t.owner.query('delete from consent_document_release')).rejects.toThrow(
      /never changed or deleted/,
    )
  })
})

it('a paper to disclose whose last day is over is not signed', async () => {
  const person = await makeAssessedPerson(t, harbor)
  const until = (date: string) =>
    sign(person, disclosureConsent, {
      elements: { ...elements, expiry: { kind: 'on', date: parseLocalDate(date) } },
    })
  expect(await until('2001-01-01')).toMatchObject({
    reason: 'element',
    detail: { problems: [{ field: 'expiresOn' }] },
  })
  await must(until('2031-12-31'))
})

describe('taking back', () => {
  it('one paper to disclose leaves the others', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const first = await must(sign(person, disclosureConsent, { elements }))
    const second = await must(
      sign(person, disclosureConsent, { elements: { ...elements, recipient: 'Dr. Ho' } }),
    )
    expect(first).not.toEqual(second)
    const input = { personId: person.personId, signatureId: first.signatureId }
    const stranger = await makeAssessedPerson(t, harbor)
    expect(
      await runCommand(t.services, harbor.as.nurse, withdrawConsent, {
        ...input,
        personId: stranger.personId,
      }),
    ).toMatchObject({ reason: 'no-such-document' })
    expect(await must(runCommand(t.services, person.patient, withdrawConsent, input))).toEqual({
      cancelledVisits: 0,
      takenBack: 1,
      underWay: 0,
    })
    expect((await signed(person)).map((s) => s.withdrawnAt !== undefined)).toEqual([false, true])
  })

  it('everything is one step: signatures, visits ahead, sharing and research', async () => {
    const person = await makeBookedPerson(t, harbor)
    await must(sign(person, researchConsent))
    await must(sign(person, disclosureConsent, { elements }))
    const all = { personId: person.personId, everything: true } as const
    expect(await must(runCommand(t.services, person.patient, withdrawConsent, all))).toEqual({
      cancelledVisits: 3,
      takenBack: 4,
      underWay: 0,
    })
    expect((await missing(person)).map(([, why]) => why)).toEqual(['withdrawn', 'withdrawn'])
    const visits = await look(t.services, harbor.as.nurse, ({ db }) =>
      appointmentsOfPerson(db, harbor.id, person.personId),
    )
    expect(visits.every((v) => v.cancelledAt !== undefined)).toBe(true)
    expect(await must(runCommand(t.services, person.patient, withdrawConsent, all))).toEqual({
      cancelledVisits: 0,
      takenBack: 0,
      underWay: 0,
    })
  })

  it('waits for whoever is signing for the same person, so that what they sign is seen', async () => {
    const person = await makeAssessedPerson(t, harbor)
    await must(sign(person, treatmentConsent2))
    const { waited, value } = await whileHeld(
      t,
      {
        statement: 'update consent_head set changes = changes + 1 where clinic_id = $1 and person_id = $2',
        values: [harbor.id, person.personId],
        finish: 'commit',
      },
      () =>
        must(
          runCommand(t.services, person.patient, withdrawConsent, {
            personId: person.personId,
            documentId: 'treatment',
          }),
        ),
    )
    expect({ waited, takenBack: value.takenBack }).toEqual({ waited: true, takenBack: 1 })
  })

  it('at the moment of signing again leaves one of the two, never a half', async () => {
    const person = await makeAssessedPerson(t, harbor)
    await must(sign(person, treatmentConsent2))
    await Promise.all([
      runCommand(t.services, person.patient, withdrawConsent, {
        personId: person.personId,
        documentId: 'treatment',
      }),
      sign(person, treatmentConsent2),
    ])
    const open = (await signed(person)).filter((s) => !s.withdrawnAt)
    expect(open.length).toBeLessThanOrEqual(1)
  })
})
