import { listInstruments } from '@evenkeel/questionnaires'
import { expect, it } from 'vitest'
import { triggerInWords } from './assess-words.ts'

it.each([
  ['ciwa-hallucination', 'CIWA-Ar: tactile, auditory or visual disturbances'],
  ['kse-cardiorespiratory', 'KSE-checklist: chest pain or breathlessness'],
  [
    'bprs-psychosis',
    'BPRS+: conceptual disorganisation, suspiciousness, hallucinatory behaviour or unusual thought content',
  ],
  ['phq9-item9', 'PHQ-9: thoughts of death or self-harm'],
  ['cssrs-high', 'C-SSRS screener: risk high'],
  ['cssrs-incomplete', 'C-SSRS screener: triage level not known'],
  ['ciwa-severe', 'CIWA-Ar: score'],
  ['retired-sign', 'retired sign'],
])('%s is called “%s”', (id, title) => {
  expect(triggerInWords(id).title).toBe(title)
})

it('only a trigger about a whole score says no more than its instrument', () => {
  const silent = listInstruments()
    .flatMap(({ safetyTriggers }) => safetyTriggers)
    .filter(({ id }) => triggerInWords(id).about === undefined)
  for (const { id, when } of silent) expect(JSON.stringify(when), id).toContain('"score":"total"')
})
