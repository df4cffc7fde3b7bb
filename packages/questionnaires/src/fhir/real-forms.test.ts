import { expect, it } from 'vitest'
import type { Instrument } from '../instrument.ts'
import { instrumentById } from '../registry.ts'
import { scoreBy } from '../scoring.ts'
import { sharedForm, sharedFormNames } from '../shared-forms.node.ts'
import { withWording } from '../wording.ts'
import { readMapping, readQuestionnaire } from './index.ts'

/**
 * Forms that nobody here wrote, each taken as an instrument of ours. The same table stands in
 * docs/guide/imported-forms.md. `why` is part of the sentence that refuses it.
 */
type Case = {
  readonly file: string
  readonly as: string
  readonly map?: string
  readonly confirm?: readonly string[]
  readonly taken?: true
  readonly why?: RegExp
  readonly toConfirm?: readonly string[]
  readonly proposal?: string
}

const AUDIT_WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const AUDIT_MAP = AUDIT_WORDS.map((word, place) => `audit-question-${word}=q${place + 1}`).join(',')
const DAST_MAP = AUDIT_WORDS.map((_, place) => `dast10.matrix.q${place + 1}=q${place + 1}`).join(',')
const NOTHING_FOUND = /None of the \d+ questions of .* was found by LOINC code or linkId/
const ELSEWHERE = /answers are not in the file but in/

const CASES: readonly Case[] = [
  { file: 'lforms-phq9-r4.json', as: 'phq-9', confirm: ['q9'], taken: true },
  {
    file: 'lforms-phq9-r4.json',
    as: 'phq-9',
    why: /q9 .* calls somebody at once/,
    toConfirm: ['q9'],
  },
  { file: 'lforms-phq9-r4.json', as: 'gad-7', why: /This is PHQ-9, not GAD-7/ },
  { file: 'lforms-phq9-weight-function-r4.json', as: 'phq-9', confirm: ['q9'], taken: true },
  { file: 'lforms-argonaut-phq9-r5.json', as: 'phq-9', confirm: ['q9'], taken: true },
  { file: 'lforms-argonaut-phq9-stu3.json', as: 'phq-9', confirm: ['q9'], taken: true },
  { file: 'mii-phq9-german-r4.json', as: 'phq-9', why: ELSEWHERE },
  { file: 'cirg-gad7-r4.json', as: 'gad-7', taken: true },
  {
    file: 'web-gad7-r4.json',
    as: 'gad-7',
    why: ELSEWHERE,
    proposal: 'gad7.matrix.q6=q6,gad7.difficulty=q8',
  },
  { file: 'web-gad7-r4.json', as: 'gad-7', why: /q6 \(irritability\) is missing/ },
  { file: 'cirg-who-audit-r4.json', as: 'audit', why: NOTHING_FOUND, proposal: AUDIT_MAP },
  {
    file: 'cirg-who-audit-r4.json',
    as: 'audit',
    map: AUDIT_MAP,
    why: /wants the words of q3 .* computed by an expression/,
    toConfirm: ['q3'],
  },
  { file: 'cirg-who-audit-r4.json', as: 'audit', map: AUDIT_MAP, confirm: ['q3'], taken: true },
  { file: 'uscore-audit-c-r4.json', as: 'audit-c', why: /q1 \(frequency of drinking\) is missing/ },
  {
    file: 'uscore-audit-c-r4.json',
    as: 'audit-c',
    map: '/68517-2=q1',
    why: /q1 .* asks for a number \(decimal\); ours offers 5 answers/,
  },
  { file: 'uscore-audit-c-r4.json', as: 'audit', why: /This is AUDIT-C, not AUDIT/ },
  { file: 'uscore-taps-r4.json', as: 'assist', why: NOTHING_FOUND },
  {
    file: 'uscore-taps-r4.json',
    as: 'audit-c',
    map: '/88037-7=q1,/75889-6=q2,/96842-0=q3',
    confirm: ['form'],
    why: /none of its 5 answers carries points/,
  },
  { file: 'argonaut-dast10-stu3.json', as: 'dast-10', why: /q3 .* asks whether somebody is unable to stop/ },
  {
    file: 'argonaut-dast10-stu3.json',
    as: 'dast-10',
    confirm: ['q3'],
    why: /q3 .* asks whether somebody is unable to stop/,
  },
  { file: 'web-dast10-r4.json', as: 'dast-10', why: NOTHING_FOUND, proposal: DAST_MAP },
  {
    file: 'web-dast10-r4.json',
    as: 'dast-10',
    map: DAST_MAP,
    confirm: ['q3'],
    why: /“Yes” counts 1 in the file and 0 in ours: the question is worded the other way round/,
  },
  { file: 'web-c-ssrs-risk-assessment-r4.json', as: 'c-ssrs-screener', why: NOTHING_FOUND },
  {
    file: 'web-c-ssrs-risk-assessment-r4.json',
    as: 'c-ssrs-screener',
    map: 'cssrs.ideation-detail.q1=q1,cssrs.behavior.actual-attempt=q6',
    confirm: ['form'],
    why: /none of its 4 answers carries points/,
  },
  {
    file: 'web-c-ssrs-risk-assessment-r4.json',
    as: 'c-ssrs-screener',
    map: 'cssrs.ideation-detail.q1=q1,cssrs.behavior.actual-attempt=q6',
    confirm: ['form'],
    why: /yes-or-no box, whose answers cannot carry points/,
  },
  { file: 'lforms-apgar-itemweight-r4.json', as: 'aldrete', why: NOTHING_FOUND },
  {
    file: 'lforms-apgar-itemweight-r4.json',
    as: 'aldrete',
    map: '32406-1=q1,32407-9=q2,32409-5=q3,32408-7=q4,32410-3=q5',
    why: /Only a person can tell whether this is Aldrete/,
    toConfirm: ['form'],
  },
  { file: 'lforms-contained-valueset-itemweight-r4.json', as: 'cgi', why: NOTHING_FOUND },
  {
    file: 'lforms-contained-valueset-itemweight-r4.json',
    as: 'cgi',
    map: 'link-1.1.1=severity',
    confirm: ['form'],
    why: /“some-display-2-2” counts 20; ours knows 1, 2, 3, 4, 5, 6, 7/,
  },
  {
    file: 'lforms-contained-valueset-itemweight-r4.json',
    as: 'cgi',
    map: 'link-1.1.2=severity',
    confirm: ['form'],
    why: /“some-display-1-2” counts 10; ours knows 1, 2, 3, 4, 5, 6, 7/,
  },
  {
    file: 'lforms-contained-valueset-ordinalvalue-r4.json',
    as: 'cgi',
    map: 'link-1.1.1=severity',
    confirm: ['form'],
    why: /“some-display-2-2” counts 20/,
  },
  {
    file: 'lforms-external-valueset-r4.json',
    as: 'cgi',
    map: 'link-1.1.1=severity',
    confirm: ['form'],
    why: ELSEWHERE,
  },
  {
    file: 'lforms-external-codesystem-ordinals-bundle-r4.json',
    as: 'cgi',
    why: /This is a Bundle that holds CodeSystem and no Questionnaire/,
  },
  { file: 'lforms-nested-repeating-groups-r4.json', as: 'cgi', why: NOTHING_FOUND },
  {
    file: 'lforms-nested-repeating-groups-r4.json',
    as: 'cgi',
    map: '2834300786105=severity',
    confirm: ['form'],
    why: ELSEWHERE,
  },
]

const names = sharedFormNames()
const skipped = names === undefined ? ' (skipped: the shared forms are not here)' : ''

function read({ file, as, map = '', confirm = [] }: Case) {
  const mapping = readMapping(map)
  if (!mapping.ok) throw new Error(mapping.says)
  return readQuestionnaire(sharedForm(file), instrumentById(as) as Instrument, {
    map: mapping.map,
    confirmed: confirm,
  })
}

it.skipIf(names === undefined).each(CASES)(`$file as $as${skipped}`, (row) => {
  const form = read(row)
  if (row.taken) {
    expect(form.ok ? [] : form.problems).toEqual([])
    return
  }
  expect(form.ok).toBe(false)
  if (form.ok) return
  expect(form.problems.map(({ says }) => says).join('\n')).toMatch(row.why!)
  if (row.toConfirm) {
    expect(form.toConfirm).toEqual(row.toConfirm)
    expect(form.problems).toHaveLength(row.toConfirm.length)
  }
  if (row.proposal !== undefined) expect(form.proposal).toBe(row.proposal)
})

it.skipIf(names === undefined)(`every form is in the table${skipped}`, () => {
  expect([...new Set(CASES.map(({ file }) => file))].sort()).toEqual([...names!].sort())
})

it.skipIf(names === undefined)(`a taken form scores as ours does, in its own words${skipped}`, () => {
  for (const row of CASES.filter(({ taken }) => taken)) {
    const plain = instrumentById(row.as) as Instrument
    const form = read(row)
    if (!form.ok) throw new Error(row.file)
    const imported = withWording(plain, 'imported-0123456789ab', form.wording)
    for (const pick of [0, 1, -1]) {
      const answers = Object.fromEntries(plain.items.map(({ id, values }) => [id, values!.at(pick)!.value]))
      expect(scoreBy(imported, answers)).toEqual(scoreBy(plain, answers))
    }
    expect(imported.items[0]!.prompt).not.toBe(plain.items[0]!.prompt)
  }
})

it.skipIf(names === undefined)(
  `labels follow the points, from wherever in the file they come${skipped}`,
  () => {
    const r5 = JSON.parse(sharedForm('lforms-argonaut-phq9-r5.json')) as {
      contained: { expansion: { contains: { display: string }[] } }[]
    }
    const displays = r5.contained[0]!.expansion.contains.map(({ display }) => display)
    for (const file of [
      'lforms-argonaut-phq9-r5.json',
      'lforms-argonaut-phq9-stu3.json',
      'lforms-phq9-r4.json',
    ]) {
      const form = read({ file, as: 'phq-9', confirm: ['q9'] })
      if (!form.ok) throw new Error(file)
      expect(form.wording.items.q9!.labels, file).toEqual({ ...displays })
      // Its answers carry no points, so the question stays in our words rather than being matched by place.
      expect(form.wording.items.q10!.prompt, file).toBe(instrumentById('phq-9')!.items[9]!.prompt)
    }
  },
)

it.skipIf(names === undefined)(`nothing is computed from a file${skipped}`, () => {
  const form = read({ file: 'lforms-phq9-weight-function-r4.json', as: 'phq-9', confirm: ['q9'] })
  const previews = form.report.filter(({ kind }) => kind === 'preview')
  expect(previews).toHaveLength(1)
  expect(previews[0]!.says).toMatch(/weight\(\)\.sum\(\).*Shown only; the stored score is ours/)
})

it.skipIf(names === undefined)(
  'points that run the other way are refused, whatever is confirmed (skipped when the shared forms are not here)',
  () => {
    const turned = JSON.parse(sharedForm('lforms-phq9-r4.json'), (key, value) =>
      key === 'valueDecimal' ? 3 - value : value,
    )
    const form = readQuestionnaire(JSON.stringify(turned), instrumentById('phq-9')!, { confirmed: ['q9'] })
    expect(form.ok).toBe(false)
    expect(
      form.report
        .filter(({ kind }) => kind === 'problem')
        .map(({ says }) => says)
        .join(' '),
    ).toMatch(/“Not at all” says none of it and carries 3 points, where ours counts 0/)
  },
)
