import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'

/** First words of each row of the facts page's table of eligibility, with the rules and notices that hold it. */
const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ['Hypersensitivity to ketamine/esketamine', ['no-ketamine-reaction']],
  ['Aneurysmal disease', ['no-aneurysm']],
  ['History of intracerebral haemorrhage', ['no-brain-haemorrhage']],
  ['Condition where a BP rise is a serious hazard', ['no-pressure-hazard']],
  ['Recent MI, stroke, head injury', ['no-recent-infarct-stroke-injury']],
  ['Uncontrolled hypertension', ['blood-pressure', 'blood-pressure-trials']],
  ['Heart rate', ['heart-rate']],
  ['Poorly controlled cardiovascular disease', ['heart-disease-controlled', 'ecg-read']],
  ['Raised intracranial or intraocular pressure', ['head-and-eye-pressure']],
  ['Psychosis, past or present', ['no-psychosis', 'no-psychosis-in-family']],
  ['Mania / mixed state now', ['no-mania', 'mania-rating', 'bipolar-with-stabiliser']],
  ['Dissociative disorder, dementia, delirium', ['no-dissociative-disorder']],
  ['Pregnancy, breastfeeding', ['not-pregnant', 'not-breastfeeding', 'contraception']],
  ['Liver', ['liver-enzymes', 'no-severe-liver-disease', 'moderate-liver-disease']],
  ['Renal failure, porphyria, thyrotoxicosis', ['kidney-porphyria-thyroid']],
  ['Airway', ['airway', 'stop-bang', 'body-mass']],
  ['Acute intoxication', ['no-breath-alcohol', 'not-intoxicated']],
  ['Alcohol withdrawal', ['alcohol-withdrawal', 'withdrawal-history']],
  ['Opioid withdrawal', ['opioid-withdrawal']],
  ['Active substance problem', ['active-substance-problem']],
  ['Ketamine use disorder', ['no-ketamine-use-disorder', 'outside-ketamine']],
  ['Bladder', ['bladder-clear']],
  ['Imminent suicide risk', ['suicide-risk']],
  ['Age', ['adult']],
  ['No escort; no consent capacity', ['escort', 'consent-capacity']],
]

const page = join(process.env.EVENKEEL_SHARED ?? '../shared', 'domain/safety.md')
const there = existsSync(page)

describe('the facts page’s table of eligibility', () => {
  it('every row names rules that exist, and every rule belongs to a row', () => {
    const all = [...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES].map(({ id }) => id)
    expect(ROWS.flatMap(([, ids]) => ids).toSorted()).toEqual(all.toSorted())
  })

  it.skipIf(!there)(
    'has these rows in this order (read in place; skipped where the facts are not at hand)',
    () => {
      const text = readFileSync(page, 'utf8')
      const section = text.slice(text.indexOf('## 1. Eligibility'), text.indexOf('**Baseline work-up**'))
      const items = section
        .split('\n')
        .filter((line) => line.startsWith('| ') && !line.startsWith('| Item'))
        .map((line) => line.split('|')[1]!.trim())
      expect(items).toHaveLength(ROWS.length)
      for (const [i, [start]] of ROWS.entries()) expect(items[i]!.startsWith(start)).toBe(true)
    },
  )
})
