import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountId, PersonId } from '../../platform/ids.ts'
import { parseInstant, parseLocalDate } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import { consentHash, intactness, signatureHash } from './consent-hash.server.ts'
import { documentsInForce, versionsOf } from './consent-library.ts'
import type { DisclosureElements } from './disclosure-elements.ts'
import { disclosureConsent } from './documents/disclosure.ts'
import { treatmentConsent2 as document } from './documents/treatment-2.ts'
import { MAX_DRAWING, pointInBox, readDrawing } from './signature-drawing.ts'
import { type Signing, signingProblems } from './signing.ts'

const complete: Signing = {
  typedName: 'Robin Sample',
  teachBack: Object.fromEntries(document.teachBack.map((q) => [q.id, q.right])),
  acknowledged: document.acknowledgements.map((a) => a.id),
}
const witness = { name: 'Kim Bell', role: 'sister', signature: 'kim  bell', language: undefined }
const fields = (signing: Partial<Signing>, assistance?: { because: string; staffName: string }) =>
  signingProblems(document, { ...complete, ...signing }, assistance).map((p) => p.field)

describe('signing', () => {
  it.each<[string, Partial<Signing>, string[]]>([
    ['everything is there', {}, []],
    ['there is no name', { typedName: ' a ' }, ['typedName']],
    ['an answer is wrong', { teachBack: { ...complete.teachBack, stop: 'finished' } }, ['answer-stop']],
    ['an answer is missing', { teachBack: {} }, document.teachBack.map((q) => `answer-${q.id}`)],
    ['a statement is not ticked', { acknowledged: complete.acknowledged.slice(1) }, ['ack-off-label']],
    ['a drawing is right', { drawing: 'M1 1L2 2M600 180L0 0' }, []],
    ['a drawing is too large', { drawing: `M1 1${'L2 2'.repeat(MAX_DRAWING)}` }, ['drawing']],
    ['a drawing is something else', { drawing: 'M1 1"/><script>' }, ['drawing']],
    ['a witness is there', { witness }, []],
    ['a witness signs another name', { witness: { ...witness, signature: 'K' } }, ['witnessSignature']],
    ['a witness has no role', { witness: { ...witness, role: '' } }, ['witnessRole']],
    ['an interpreter has no language', { interpreter: witness }, ['interpreterLanguage']],
    ['an interpreter has one', { interpreter: { ...witness, language: 'Spanish' } }, []],
  ])('when %s', (_case, signing, expected) => {
    expect(fields(signing)).toEqual(expected)
  })

  it('with help needs a reason and a witness who is somebody else', () => {
    const help = { because: 'cannot read', staffName: 'Nia Nurse' }
    expect(fields({ witness }, help)).toEqual([])
    expect(fields({}, help)).toEqual(['witnessName'])
    expect(fields({ witness }, { ...help, because: '' })).toEqual(['assistance'])
    expect(fields({ witness: { ...witness, name: 'nia nurse', signature: 'Nia Nurse' } }, help)).toEqual([
      'witnessName',
    ])
  })

  it.each([
    'Robin Sample',
    ' robin   SAMPLE ',
    'Robin Sample (nurse)',
    'Róbin Sample [friend',
    'Sample, Robin',
    'Mr. Robin J. Sample',
    'Robin Sample, RN',
    'Robin-Sample',
  ])('has nobody as witness or interpreter who is typed as the person: %s', (name) => {
    const same = { ...witness, name, signature: name, language: 'Spanish' }
    const help = { because: 'cannot read', staffName: 'Nia Nurse' }
    const of = (part: Partial<Signing>, assistance?: typeof help) =>
      signingProblems(document, { ...complete, typedName: 'Robin', ...part }, assistance, [
        'Robin Sample',
      ]).map((p) => p.field)
    expect(of({ witness: same })).toEqual(['witnessName'])
    expect(of({ interpreter: same })).toEqual(['interpreterName'])
    expect(of({ witness: same }, help)).toEqual(['witnessName'])
    expect(of({ witness, interpreter: same }, help)).toEqual(['interpreterName'])
  })

  it.each(['Robin Samples', 'Robin Sample Jr.', 'Kim Sample', 'Robyn', '王小明'])(
    'takes %s for somebody else than Robin Sample',
    (name) => {
      expect(fields({ witness: { ...witness, name, signature: name } })).toEqual([])
    },
  )

  it('has another witness than the interpreter, and than who helps however they are typed', () => {
    const help = { because: 'cannot read', staffName: 'Nia Nurse' }
    const typed = { ...witness, name: 'Nurse, Nia (RN)', signature: 'Nurse, Nia (RN)' }
    expect(fields({ witness: typed }, help)).toEqual(['witnessName'])
    expect(fields({ witness, interpreter: { ...witness, name: 'Kim BELL', language: 'Spanish' } })).toEqual([
      'witnessName',
    ])
  })

  it.each<[string, string, string[]]>([
    ['the name as it stands', 'Robin Sample', []],
    ['other case and spaces', ' robin   SAMPLE ', []],
    ['the first name', 'Robin', []],
    ['part of the first name', 'Rob', ['other-name']],
    ['another name', 'Kim Bell', ['other-name']],
    ['another last name', 'Robin Bell', ['other-name']],
  ])('with %s', (_case, typedName, expected) => {
    const names = ['Robin Sample']
    const found = signingProblems(document, { ...complete, typedName }, undefined, names)
    expect(found.map((p) => p.reason)).toEqual(expected)
  })

  it('of a paper to disclose needs its elements', () => {
    const right = { only: 'nothing' }
    expect(signingProblems(disclosureConsent, { ...complete, teachBack: right })).toMatchObject([
      { field: 'scope', reason: 'element' },
    ])
    const filled = { ...complete, teachBack: right, elements }
    const on = (today: string) =>
      signingProblems(disclosureConsent, filled, undefined, undefined, parseLocalDate(today)).map(
        (p) => p.field,
      )
    expect(on('2026-12-31')).toEqual([])
    expect(on('2027-01-01')).toEqual(['expiresOn'])
  })
})

describe('a drawing', () => {
  it('that our own field makes is always kept as it is', () => {
    const point = fc.record({ x: fc.double({ noNaN: true }), y: fc.double({ noNaN: true }) })
    fc.assert(
      fc.property(
        fc.array(fc.array(point, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 9 }),
        (strokes) => {
          const box = { left: 10, top: 20, width: 300, height: 90 }
          const path = strokes.map((points) => `M${points.map((p) => pointInBox(p, box)).join('L')}`).join('')
          expect(readDrawing(path)).toEqual({ is: 'drawn', path })
        },
      ),
    )
  })

  it.each([
    ['', 'none'],
    ['M601 0', 'not-a-drawing'],
    ['M0 181', 'not-a-drawing'],
    ['L1 1', 'not-a-drawing'],
    ['M1 1C2 2 3 3 4 4', 'not-a-drawing'],
    ['M-1 1', 'not-a-drawing'],
  ])('%j is %s', (path, is) => {
    expect(readDrawing(path).is).toBe(is)
  })
})

const elements: DisclosureElements = {
  scope: 'general',
  patientName: 'Robin Sample',
  discloser: 'Harbor Clinic',
  recipientKind: 'named',
  recipient: 'Dr. Ito',
  intermediary: undefined,
  parts: ['plan'],
  partsDetail: undefined,
  purpose: 'treatment',
  purposeDetail: undefined,
  expiry: { kind: 'on', date: parseLocalDate('2026-12-31') },
}
const signed = {
  id: 's1' as SignatureId,
  personId: 'p1' as PersonId,
  documentId: document.id,
  documentVersion: document.version,
  textHash: consentHash(document),
  typedName: 'Robin Sample',
  drawing: 'M1 1L2 2',
  teachBack: complete.teachBack,
  acknowledged: complete.acknowledged,
  elements,
  witness,
  interpreter: { ...witness, language: 'Spanish' },
  assistance: 'cannot read',
  signedBy: 'a1' as AccountId,
  signedAt: parseInstant('2026-11-24T17:00:00Z'),
}

describe('the hash of a signature', () => {
  it.each<readonly [string, object]>([
    ['person', { personId: 'p2' as PersonId }],
    ['text', { textHash: 'x' }],
    ['version', { documentVersion: '3' }],
    ['name', { typedName: 'Robin Samples' }],
    ['drawing', { drawing: 'M1 1L2 3' }],
    ['no drawing', { drawing: undefined }],
    ['answers', { teachBack: { ...complete.teachBack, stop: 'lost' } }],
    ['statements', { acknowledged: [] }],
    ['witness', { witness: { ...witness, role: 'friend' } }],
    ['language', { interpreter: { ...witness, language: 'French' } }],
    ['help', { assistance: undefined }],
    ['account', { signedBy: 'a2' as AccountId }],
    ['time', { signedAt: parseInstant('2026-11-24T17:00:01Z') }],
    ...(
      [
        { scope: 'proceedings' },
        { patientName: 'x' },
        { discloser: 'x' },
        { recipientKind: 'class' },
        { recipient: 'x' },
        { intermediary: 'x' },
        { parts: ['plan', 'doses'] },
        { partsDetail: 'x' },
        { purpose: 'payment' },
        { purposeDetail: 'x' },
        { expiry: { kind: 'none' } },
        { expiry: { kind: 'on', date: parseLocalDate('2027-01-01') } },
      ] as Partial<DisclosureElements>[]
    ).map((part) => [JSON.stringify(part), { elements: { ...elements, ...part } }] as const),
  ])('changes with %s', (_what, part) => {
    expect(signatureHash({ ...signed, ...part } as typeof signed)).not.toBe(signatureHash(signed))
  })

  it('does not depend on the order in which things were stored', () => {
    const turned = {
      ...signed,
      teachBack: Object.fromEntries(Object.entries(signed.teachBack).reverse()),
      acknowledged: [...signed.acknowledged].reverse(),
    }
    expect(signatureHash(turned)).toBe(signatureHash(signed))
  })

  it('tells what was changed from what was signed, and from what was signed before there was one', () => {
    const whole = {
      ...signed,
      signatureHash: signatureHash(signed),
      withdrawnAt: undefined,
      withdrawnBy: undefined,
    }
    expect(intactness(whole, document)).toBe('intact')
    expect(intactness({ ...whole, typedName: 'Somebody' }, document)).toBe('changed')
    expect(intactness({ ...whole, signatureHash: undefined }, document)).toBe('text-only')
    expect(intactness(whole, { ...document, title: 'Other' })).toBe('changed')
    expect(intactness(whole, undefined)).toBe('changed')
  })
})

describe('the version in force', () => {
  const release = (version: string, minute: number) => ({
    documentId: 'treatment',
    version,
    reason: 'r',
    releasedBy: 'a1' as AccountId,
    inForceFrom: parseInstant(`2026-11-24T17:0${minute}:00Z`),
  })
  const inForce = (...releases: ReturnType<typeof release>[]) =>
    documentsInForce(releases).find((d) => d.id === 'treatment')?.version

  it('is the newest release, in whatever order they are read; else what the program brought', () => {
    expect(inForce()).toBe('2')
    expect(inForce(release('3', 1))).toBe('3')
    expect(inForce(release('3', 1), release('1', 2))).toBe('1')
    expect(inForce(release('1', 2), release('3', 1))).toBe('1')
    expect(inForce(release('99', 3))).toBe('2')
  })

  it('has an own text and hash for each version of each document', () => {
    const all = documentsInForce([]).flatMap((d) => versionsOf(d.id))
    expect(new Set(all.map((d) => `${d.id} ${d.version}`)).size).toBe(all.length)
    expect(new Set(all.map(consentHash)).size).toBe(all.length)
  })
})
