import { describe, expect, it } from 'vitest'
import { fact, NOW, wellFacts, ZONE } from '../../../tests/well-person.ts'
import { evaluateEligibility } from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { ruleRow } from './rule-row.ts'

const ruleOf = (id: string) => ELIGIBILITY_RULES.find((rule) => rule.id === id)!
const rowOf = (id: string, facts: ReturnType<typeof wellFacts>) => {
  const rule = ruleOf(id)
  return ruleRow(rule, evaluateEligibility([rule], facts, NOW, ZONE)[0]!, facts, ZONE)
}
const DAY = 86_400_000

describe('a rule as the decision page shows it', () => {
  it.each([
    [[71], undefined],
    [[71, 68.5], '2.5 less than before'],
    [[68.5, 71], '2.5 more than before'],
    [[71, 71], 'as before'],
    // The one just before, not the oldest.
    [[90, 71, 72], '1 more than before'],
  ])('weights %s: %s', (weights, trend) => {
    const facts = [
      ...wellFacts('weight-kg'),
      ...weights.map((kg, i) => fact('weight-kg', kg, { ageMs: (weights.length - i) * DAY })),
    ]
    const seen = rowOf('body-mass', facts).facts.find(({ kind }) => kind === 'weight-kg')
    expect(seen?.trend).toBe(trend)
    expect(seen?.earlier).toHaveLength(weights.length - 1)
  })

  it('has no trend where the answer is a word', () => {
    const facts = [...wellFacts(), fact('psychosis', 'yes', { ageMs: DAY })]
    expect(rowOf('no-psychosis', facts).facts[0]?.trend).toBeUndefined()
  })

  it('says how far an override of a figure reaches', () => {
    expect(rowOf('body-mass', wellFacts()).reach).toContain('more than 1 kg/m² further out')
    expect(rowOf('stop-bang', wellFacts()).reach).toContain('further out than what is signed')
    expect(rowOf('airway', wellFacts()).reach).toBeUndefined()
  })
})
