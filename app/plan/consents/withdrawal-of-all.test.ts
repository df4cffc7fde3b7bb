import { expect, it } from 'vitest'
import type { ConsentDocument } from './consent-document.ts'
import { documentsInForce, versionsOf } from './consent-library.ts'
import { dataNotice } from './documents/data-notice.ts'
import { researchConsent } from './documents/research.ts'
import { telehealthConsent } from './documents/telehealth.ts'
import { withdrawalOfAll } from './withdrawal-of-all.ts'

it.each(versionsOf('treatment'))(
  'with consent to treatment ($version) no booked visit is said to stay',
  (d) => {
    const others = documentsInForce([]).filter((o) => o.id !== 'treatment')
    const { stops, leaves } = withdrawalOfAll([d, ...others])
    expect(stops.join()).toContain('are cancelled at once')
    expect(leaves.join()).not.toMatch(/Visits that are booked|Your treatment goes on/)
    expect(leaves).toContain('Visits that are not for dosing stay booked; we talk to you about them.')
    expect(new Set(leaves).size).toBe(leaves.length)
  },
)

it.each<[string, ConsentDocument[], string[]]>([
  ['the notice alone', [dataNotice], [...dataNotice.withdrawal.leaves]],
  ['a free paper alone', [researchConsent], [...researchConsent.withdrawal.leaves]],
  [
    'the notice and video: doses stop, visits stay',
    [dataNotice, telehealthConsent],
    [...dataNotice.withdrawal.leaves, telehealthConsent.withdrawal.leaves[1]!],
  ],
])('of %s leaves what each says that is still true', (_case, documents, leaves) => {
  expect(withdrawalOfAll(documents).leaves).toEqual(leaves)
})

it('marks no line that its paper does not say', () => {
  for (const { leavesWhile, withdrawal } of documentsInForce([]))
    for (const line of [...(leavesWhile?.visits ?? []), ...(leavesWhile?.dosing ?? [])])
      expect(withdrawal.leaves).toContain(line)
})
