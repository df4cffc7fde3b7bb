import { describe, expect, it } from 'vitest'
import { broughtIntoView } from './step-taken.ts'

describe('what comes into view after a form was answered', () => {
  it('is the next thing due after a step, and nothing else after a tap', () => {
    for (const step of ['arrive', 'identity', 'checklist', 'reading', 'start', 'finish', 'observe', 'steps'])
      expect(broughtIntoView(step, false, false)).toBe('next')
    for (const tap of ['acknowledge', 'comfort', 'call', 'stop', 'take-watch'])
      expect(broughtIntoView(tap, false, false)).toBe('nothing')
  })

  it('is what went wrong, whatever the form', () => {
    for (const intent of ['checklist', 'acknowledge', 'stop', 'override'])
      expect(broughtIntoView(intent, true, true)).toBe('errors')
  })

  it('never takes somebody away from what they are typing meanwhile', () => {
    expect(broughtIntoView('checklist', false, true)).toBe('nothing')
  })
})
