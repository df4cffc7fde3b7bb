import { describe, expect, it } from 'vitest'
import type { Instrument } from '../instrument.ts'
import { instrumentById } from '../registry.ts'
import { scoreBy } from '../scoring.ts'
import { withWording } from '../wording.ts'
import { ITEM_WEIGHT, ORDINAL_VALUE } from './fhir-codes.ts'
import { readMapping } from './mapping-text.ts'
import { toQuestionnaire } from './questionnaire.ts'
import { type ImportAnswers, readQuestionnaire } from './read-questionnaire.ts'

const gad7 = instrumentById('gad-7') as Instrument
const weight = (points: number, url = ITEM_WEIGHT) => [{ url, valueDecimal: points }]
const option = (points: number, display = `counts ${points}`) => ({
  valueCoding: { code: `a${points}`, display, extension: weight(points) },
})
const FOUR = [0, 1, 2, 3].map((points) => option(points))

type Loose = Record<string, unknown>

/** A GAD-7 whose words are those of nobody, by LOINC code. */
function form(change: (items: Loose[], resource: Loose) => void = () => {}): string {
  const items: Loose[] = gad7.items.slice(0, 7).map(({ loinc }, place) => ({
    linkId: `x${place + 1}`,
    type: 'choice',
    text: `Question ${place + 1}?`,
    code: [{ system: 'http://loinc.org', code: loinc }],
    answerOption: FOUR,
  }))
  const resource: Loose = {
    resourceType: 'Questionnaire',
    language: 'en',
    code: [{ system: 'http://loinc.org', code: '69737-5' }],
    title: 'A form',
    item: items,
  }
  change(items, resource)
  return JSON.stringify(resource)
}

/** An instrument of ours under another title, with our linkIds and points and nothing else that tells what it is. */
function renamed(instrument: Instrument, title: string): string {
  const { item, status, resourceType } = toQuestionnaire(instrument)
  const bare = (item as Loose[]).map(({ code: _code, ...rest }) => rest)
  return JSON.stringify({ resourceType, status, title, item: bare })
}

function taken(text: string, instrument = gad7, answers?: ImportAnswers) {
  const read = readQuestionnaire(text, instrument, answers)
  if (!read.ok) throw new Error(read.problems.map(({ says }) => says).join('\n'))
  return read
}

function refused(text: string, instrument = gad7, answers?: ImportAnswers): string {
  const read = readQuestionnaire(text, instrument, answers)
  if (read.ok) throw new Error('it was taken')
  expect(read.problems.length).toBeGreaterThan(0)
  return read.problems.map(({ says }) => says).join('\n')
}

describe('points', () => {
  it('decide where an answer belongs, in whatever order they stand', () => {
    const read = taken(form((items) => (items[0]!.answerOption = [...FOUR].reverse())))
    expect(read.wording.items.q1!.labels).toEqual({
      0: 'counts 0',
      1: 'counts 1',
      2: 'counts 2',
      3: 'counts 3',
    })
  })

  it.each([
    'http://hl7.org/fhir/StructureDefinition/itemWeight',
    'http://hl7.org/fhir/StructureDefinition/ordinalValue',
    'http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue',
  ])('are read beside the option as %s', (url) => {
    const beside = [0, 1, 2, 3].map((points) => ({
      extension: weight(points, url),
      valueString: `is ${points}`,
    }))
    expect(taken(form((items) => (items[0]!.answerOption = beside))).wording.items.q1!.labels![2]).toBe(
      'is 2',
    )
  })

  it('are read from a contained value set by its id or address, its composition and its code system', () => {
    const concepts = [0, 1, 2, 3].map((points) => ({ code: `c${points}`, display: `C ${points}` }))
    const system = {
      resourceType: 'CodeSystem',
      id: 'cs',
      url: 'urn:cs',
      concept: concepts.map((one, points) => ({
        ...one,
        property: [{ code: 'itemWeight', valueDecimal: points }],
      })),
    }
    const listed = {
      resourceType: 'ValueSet',
      id: 'a',
      url: 'urn:a',
      compose: { include: [{ system: 'urn:cs', concept: concepts }] },
    }
    const whole = { resourceType: 'ValueSet', id: 'b', compose: { include: [{ system: 'urn:cs' }] } }
    const inner = { resourceType: 'ValueSet', id: 'c', compose: { include: [{ valueSet: ['#b'] }] } }
    const read = taken(
      form((items, resource) => {
        resource.contained = [system, listed, whole, inner]
        for (const [place, set] of ['#a', 'urn:a|1.0', '#b', '#c'].entries()) {
          delete items[place]!.answerOption
          items[place]!.answerValueSet = set
        }
      }),
    )
    for (const id of ['q1', 'q2', 'q3', 'q4']) expect(read.wording.items[id]!.labels![3], id).toBe('C 3')
  })

  it.each<[string, unknown[], RegExp]>([
    [
      'one without',
      [...FOUR.slice(0, 3), { valueCoding: { code: 'z', display: 'Z' } }],
      /“Z” carries no points/,
    ],
    ['none', [0, 1, 2, 3].map((n) => ({ valueString: `n${n}` })), /none of its 4 answers carries points/],
    ['one twice', [...FOUR.slice(0, 3), option(2, 'also 2')], /both count 2/],
    ['one too few', FOUR.slice(0, 3), /offers 3 answers; ours has 4/],
    ['one too many', [...FOUR, option(4)], /“counts 4” counts 4; ours knows 0, 1, 2, 3/],
    [
      'two on one answer',
      [
        ...FOUR.slice(0, 3),
        {
          extension: weight(3, ORDINAL_VALUE),
          valueCoding: { code: 'q', display: 'Q', extension: weight(2) },
        },
      ],
      /“Q” carries several points: 3 and 2/,
    ],
    ['the same words twice', [...FOUR.slice(0, 3), option(3, 'counts 0')], /two answers read “counts 0”/],
  ])('refuse a list with %s', (_name, answerOption, why) => {
    expect(refused(form((items) => (items[2]!.answerOption = answerOption)))).toMatch(why)
  })

  it('that put our own words on another value are refused', () => {
    const labels = gad7.items[0]!.values!
    const turned = labels.map(({ value, label }) => option(3 - value, label))
    expect(refused(form((items) => (items[0]!.answerOption = turned)))).toMatch(/worded the other way round/)
  })
})

describe('a range of ours', () => {
  const isi = instrumentById('isi') as Instrument
  const asList = () => {
    const resource = toQuestionnaire(isi) as Loose
    resource.item = (resource.item as Loose[]).map((item) =>
      item.type === 'integer'
        ? {
            ...item,
            type: 'choice',
            extension: [],
            answerOption: [0, 1, 2, 3, 4].map((n) => option(n, `step ${n}`)),
          }
        : item,
    )
    return JSON.stringify(resource)
  }

  it('may be asked as a list with a label for each step, and is scored the same', () => {
    const imported = withWording(isi, 'imported-x', taken(asList(), isi).wording)
    expect(imported.items[0]!.values).toHaveLength(5)
    expect(imported.items[0]!.range).toBeUndefined()
    const answers = Object.fromEntries(isi.items.map(({ id }) => [id, 3]))
    expect(scoreBy(imported, answers)).toEqual(scoreBy(isi, answers))
    expect(scoreBy(imported, { q1: 5 })).toEqual(scoreBy(isi, { q1: 5 }))
  })

  it('refuses other ends', () => {
    expect(
      refused(JSON.stringify(toQuestionnaire(isi)).replaceAll('"valueInteger":4', '"valueInteger":10'), isi),
    ).toMatch(/its highest number is 10; ours is 4/)
  })
})

describe('items', () => {
  it('are found by a linkId that is or ends in a LOINC code', () => {
    const read = taken(
      form((items) => {
        for (const [place, item] of items.entries()) {
          delete item.code
          item.linkId = `${place % 2 ? '' : 'panel/'}${gad7.items[place]!.loinc}`
        }
      }),
    )
    expect(read.wording.items.q4!.prompt).toBe('Question 4?')
  })

  it('are never found by their place: a linkId that only ends like our id is none of ours', () => {
    const bare = form((items) => {
      for (const [place, item] of items.entries())
        Object.assign(item, { code: [], linkId: `g1.q${place + 1}` })
    })
    expect(refused(bare)).toMatch(/None of the 8 questions/)
  })

  it('under our own ids count only when the file, or a person, says that it is this form', () => {
    const bare = form((items, resource) => {
      resource.code = []
      for (const [place, item] of items.entries()) Object.assign(item, { code: [], linkId: `q${place + 1}` })
    })
    expect(refused(bare)).toMatch(/Only a person can tell whether this is GAD-7/)
    expect(taken(bare, gad7, { confirmed: ['form'] }).wording.items.q1!.prompt).toBe('Question 1?')
    expect(taken(bare.replace('A form', 'GAD-7 of a friend')).wording.items.q1!.prompt).toBe('Question 1?')
  })

  it('that are missing refuse the form; optional ones stay in our words', () => {
    expect(refused(form((items) => items.splice(3, 1)))).toMatch(
      /q4 .* is missing; its LOINC code is 69734-2/,
    )
    const read = taken(form())
    expect(read.wording.items.q8!.prompt).toBe(gad7.items[7]!.prompt)
    expect(read.report.some(({ kind, at }) => kind === 'ours' && at === 'q8')).toBe(true)
  })

  it('mapped by hand must be there, must be ours, and must not carry the code of another', () => {
    const map = (text: string) => ({ map: (readMapping(text) as { map: ReadonlyMap<string, string> }).map })
    expect(refused(form(), gad7, map('nowhere=q1'))).toMatch(/no question with this linkId/)
    expect(refused(form(), gad7, map('x1=q99'))).toMatch(/GAD-7 has no such item/)
    expect(refused(form(), gad7, map('x1=q2'))).toMatch(/its LOINC code is that of q1/)
  })

  it('of which two are the same one of ours are refused', () => {
    const twice = form((items) => items.push({ ...items[0], linkId: 'again' }))
    expect(refused(twice)).toMatch(/several questions of the file are this one: x1, again/)
  })

  it('take one answer', () => {
    expect(refused(form((items) => (items[0]!.repeats = true)))).toMatch(/takes several answers at once/)
  })
})

describe('words', () => {
  it('come without markup, control characters, turned direction or unseen letters', () => {
    const dirty =
      '<img src=x onerror=alert(1)>Are you\u0007 <script>alert("no")</script><b>well</b>\u202E \u200Bnow?\u{E0041}'
    const read = taken(form((items) => (items[0]!.text = dirty)))
    expect(read.wording.items.q1!.prompt).toBe('Are you well now?')
    expect(read.report.some(({ at, says }) => at === 'x1' && /markup or unseen/.test(says))).toBe(true)
  })

  it('keep a sign that is no tag', () => {
    expect(taken(form((items) => (items[0]!.text = 'Is 2 < 3 & 4 > 3?'))).wording.items.q1!.prompt).toBe(
      'Is 2 < 3 & 4 > 3?',
    )
  })

  it('that leave nothing, or are too long to be a question, refuse the form', () => {
    expect(refused(form((items) => (items[0]!.text = '<b></b>')))).toMatch(/nothing is left of its text/)
    expect(refused(form((items) => (items[0]!.text = 'a '.repeat(4000))))).toMatch(
      /at most 3000 can be shown/,
    )
    expect(refused(form((items) => delete items[0]!.text))).toMatch(/there is no text/)
  })

  it('of a group around some questions stand before each of them', () => {
    const read = taken(
      form((items, resource) => {
        const some = items.splice(0, 3)
        resource.item = [
          { linkId: 'g', type: 'group', text: 'In the past two weeks, how often:', item: some },
          ...items,
        ]
      }),
    )
    expect(read.wording.items.q2!.prompt).toBe('In the past two weeks, how often: Question 2?')
    expect(read.wording.items.q5!.prompt).toBe('Question 5?')
  })

  it('before the first question are the introduction', () => {
    const read = taken(
      form((items) => items.unshift({ linkId: 'd', type: 'display', text: 'Please read this first.' })),
    )
    expect(read.wording.introduction).toBe('Please read this first.')
  })

  it('in another language are marked, and our English sentences are left out', () => {
    const read = taken(form((_items, resource) => (resource.language = 'de-AT')))
    expect(read.language).toBe('de-AT')
    expect([read.wording.introduction, read.wording.recall]).toEqual(['', ''])
    expect(taken(form((_items, resource) => delete resource.language)).language).toBe('und')
  })
})

describe('meaning', () => {
  const dast = instrumentById('dast-10') as Instrument
  const dastForm = (q3: string, no = 1, yes = 0) =>
    JSON.stringify({
      resourceType: 'Questionnaire',
      code: [{ system: 'http://loinc.org', code: '82666-9' }],
      item: dast.items.map(({ id, loinc }) => ({
        linkId: id,
        type: 'choice',
        text: id === 'q3' ? q3 : `About ${id}?`,
        code: [{ code: loinc }],
        answerOption:
          id === 'q3' ? [option(no, 'No'), option(yes, 'Yes')] : [option(0, 'No'), option(1, 'Yes')],
      })),
    })

  it('of a reversed question must be confirmed by name', () => {
    const text = dastForm('Can you always stop?')
    const read = readQuestionnaire(text, dast)
    expect(read.ok ? [] : read.toConfirm).toEqual(['q3'])
    expect(refused(text, dast)).toMatch(/the answer “No” counts 1 and “Yes” counts 0/)
    const words = taken(text, dast, { confirmed: ['q3'] }).wording
    expect(words.items.q3!.labels).toEqual({ 0: 'No', 1: 'Yes' })
  })

  it('of the other print is refused, confirmed or not', () => {
    expect(refused(dastForm('Are you unable to stop?'), dast, { confirmed: ['q3'] })).toMatch(
      /unable to stop/,
    )
    expect(refused(dastForm('Can you always stop?', 0, 1), dast, { confirmed: ['q3'] })).toMatch(
      /other way round/,
    )
  })
})

describe('files that are no such form', () => {
  const circle = form((_items, resource) => {
    resource.contained = [
      { resourceType: 'ValueSet', id: 'a', compose: { include: [{ valueSet: ['#b'] }] } },
      { resourceType: 'ValueSet', id: 'b', compose: { include: [{ valueSet: ['#a'] }] } },
    ]
    const [first] = resource.item as Loose[]
    delete first!.answerOption
    first!.answerValueSet = '#a'
  })
  it.each<[string, string, RegExp]>([
    ['empty', '', /is empty/],
    ['no JSON', '{"resourceType": "Questionn', /not JSON/],
    ['a web page', '<!doctype html><html></html>', /XML or a web page/],
    ['a list', '[1, 2]', /no FHIR resource/],
    ['another resource', '{"resourceType":"Patient"}', /This is a Patient/],
    ['answers of a person', '{"resourceType":"QuestionnaireResponse"}', /answers of a person/],
    ['nameless', '{"item":[]}', /names no resourceType/],
    ['broken letters', '{"resourceType":"Questionnaire","title":"\uFFFD"}', /no UTF-8/],
    ['hollow', '{"resourceType":"Questionnaire"}', /it has no items/],
    [
      'with two items of one linkId',
      form((items) => (items[1]!.linkId = 'x1')),
      /x1: this linkId stands more than once/,
    ],
    ['with a circle of sets', circle, /name each other in a circle/],
    [
      'with a circle of conditions',
      form((items) => {
        items[0]!.enableWhen = [{ question: 'x2', operator: 'exists', answerBoolean: true }]
        items[1]!.enableWhen = [{ question: 'x1', operator: 'exists', answerBoolean: true }]
      }),
      /a circle/,
    ],
    ['with a poisoned name', form().replace('{', '{"__proto__":{"ok":true},'), /__proto__/],
    [
      'nested without end',
      `{"resourceType":"Questionnaire","item":${'['.repeat(500)}${']'.repeat(500)}}`,
      /nested more than/,
    ],
    [
      'with too many items',
      form(
        (_items, resource) => (resource.item = Array.from({ length: 3000 }, (_, n) => ({ linkId: `${n}` }))),
      ),
      /more than 2000 items/,
    ],
    [
      'with a rule that changes all',
      form((_items, resource) => (resource.modifierExtension = [])),
      /modifierExtension/,
    ],
    ['too large', `{"a":"${'x'.repeat(21 * 1024 * 1024)}"}`, /larger than 20 MB/],
    [
      'with a set elsewhere',
      form((items) =>
        Object.assign(items[0]!, { answerOption: undefined, answerValueSet: 'http://x.test/vs' }),
      ),
      /not in the file but in “http:\/\/x.test\/vs”/,
    ],
  ])('%s', (_name, text, why) => {
    expect(refused(text)).toMatch(why)
  })

  it('and forms that are another one of ours', () => {
    expect(refused(form(), instrumentById('phq-9')!)).toMatch(/This is GAD-7, not PHQ-9.*Import it as gad-7/)
    const byName = form((_items, resource) => Object.assign(resource, { code: [], title: 'The PCL 5' }))
    expect(refused(byName)).toMatch(/This is PCL-5, not GAD-7/)
  })

  it.each([
    ['Auditory Processing Checklist', 'audit'],
    ['An internal audit', 'audit'],
    ['INTERNAL AUDIT CHECKLIST', 'audit'],
    ['Assistive devices', 'assist'],
    ['Penn Alcohol Craving Scale', 'craving-nrs'],
    ['SCRAVINGS', 'craving-nrs'],
  ])('and everyday words in which a name of ours lies: “%s” is not yet %s', (title, id) => {
    const instrument = instrumentById(id)!
    const other = renamed(instrument, title)
    const read = readQuestionnaire(other, instrument)
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.toConfirm).toContain('form')
    const confirmed = instrument.items.map((item) => item.id)
    expect(readQuestionnaire(other, instrument, { confirmed: [...confirmed, 'form'] }).ok).toBe(true)
  })

  it.each([
    ['The AUDIT of the WHO', 'audit'],
    ['audit', 'audit'],
    ['C-SSRS screener', 'c-ssrs-screener'],
    ['My phq9', 'phq-9'],
  ])('while “%s” is %s', (title, id) => {
    const instrument = instrumentById(id)!
    taken(renamed(instrument, title), instrument, {
      confirmed: instrument.items.map((item) => item.id),
    })
  })

  it('and instruments that take no form', () => {
    expect(refused(form(), instrumentById('tlfb')!)).toMatch(/series of records/)
    expect(refused(form(), instrumentById('kset')!)).toMatch(/no questions of it/)
  })

  it('whose own words reach a report only as plain text', () => {
    const read = readQuestionnaire(
      form((items) => (items[1]!.linkId = 'x1\u001b[31m\u202e')),
      gad7,
    )
    expect(JSON.stringify(read.report)).not.toMatch(/\\u001b|\u202e/)
  })
})

it('a mapping as it is typed', () => {
  const read = readMapping(' a=b=q1 , c = q2\n')
  expect(read.ok && [...read.map]).toEqual([
    ['a=b', 'q1'],
    ['c', 'q2'],
  ])
  expect(readMapping('a').ok).toBe(false)
  expect(readMapping('a=q1,a=q2').ok).toBe(false)
})
