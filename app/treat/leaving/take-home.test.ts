import { expect, it } from 'vitest'
import { takeHome } from './take-home.ts'

const facts = { clinicName: 'Harbor', phone: '703-555-0100', leftAt: 'today', nextVisit: undefined }
const words = (more: Partial<Parameters<typeof takeHome>[0]> = {}) =>
  takeHome({ ...facts, ...more })
    .flatMap(({ title, points }) => [title, ...points])
    .join('\n')

it.each([['988'], ['911'], ['drive'], ['sign'], ['alcohol for 24 hours'], ['naloxone'], ['703-555-0100']])(
  'says %s',
  (each) => {
    expect(words()).toContain(each)
  },
)
it('names no drug and no treatment', () => {
  expect(words()).not.toMatch(/ketamine|esketamine|spravato|addict|infusion|dose/i)
})
it('says the next visit only when there is one', () => {
  expect(words()).not.toContain('Next visit')
  expect(words({ nextVisit: 'Monday at 10:00' })).toContain('Monday at 10:00')
})
