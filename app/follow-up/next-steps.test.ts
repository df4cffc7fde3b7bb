import { describe, expect, it } from 'vitest'
import { nextSteps } from './next-steps.ts'

describe('what is waiting today', () => {
  const nothing = { intakeOpen: false, toSign: [], checkedInToday: false, hasPlan: false, formsWaiting: 0 }
  it.each([
    ['nothing before a treatment has begun', {}, []],
    ['the open intake first', { intakeOpen: true }, ['/portal/intake']],
    ['the check-in once there is a plan', { hasPlan: true }, ['/portal/check-in']],
    ['not a second time on the day', { hasPlan: true, checkedInToday: true }, []],
    [
      'everything in order',
      { intakeOpen: true, hasPlan: true, toSign: ['Treatment'], formsWaiting: 1 },
      ['/portal/intake', '/portal/documents', '/portal/forms', '/portal/check-in'],
    ],
  ])('%s', (_, facts, hrefs) => {
    expect(nextSteps({ ...nothing, ...facts }).map((step) => step.href)).toEqual(hrefs)
  })

  it('counts the forms', () => {
    expect(nextSteps({ ...nothing, formsWaiting: 1 })[0]!.title).toBe('Answer a form')
    expect(nextSteps({ ...nothing, formsWaiting: 3 })[0]!.title).toBe('Answer 3 forms')
  })

  it('counts the documents', () => {
    expect(nextSteps({ ...nothing, toSign: ['A'] })[0]!.title).toBe('Read and sign one document')
    expect(nextSteps({ ...nothing, toSign: ['A', 'B'] })[0]!.title).toBe('Read and sign 2 documents')
  })
})
