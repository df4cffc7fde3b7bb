import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../platform/time.ts'
import { neutralSender, oneLine, tellingWord } from './neutral-words.ts'
import { receipt } from './receipt.ts'
import {
  type Filling,
  filled,
  messageProblem,
  openPlaces,
  templateForm,
  templatesOf,
} from './reply-template.ts'

const filling: Filling = {
  name: 'Robin',
  reference: 'AB12-CD34',
  phone: '703-555-0100',
  times: 'weekday mornings',
  me: 'Ada Moss',
}

describe('texts to answer with', () => {
  it('of the program tell a stranger nothing, in name and words, and can be sent when filled', () => {
    for (const { name, words } of templatesOf([])) {
      expect(tellingWord(`${name}\n${words}`)).toBeUndefined()
      expect(messageProblem(filled(words, filling))).toBeUndefined()
    }
  })

  it('keep a place of which nothing is known, and are not sent with one', () => {
    const words = filled('Hello {name}, {times}?', { ...filling, times: undefined })
    expect(words).toBe('Hello Robin, {times}?')
    expect(openPlaces(words)).toEqual(['{times}'])
    expect(messageProblem(words)).toContain('{times}')
  })

  it('put in what somebody typed once, and never read it for places of its own', () => {
    expect(filled('{name}', { ...filling, name: '{phone}' })).toBe('phone')
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(openPlaces(filled('Hello {name}', { ...filling, name: name || 'x' }))).toEqual(
          /[^{}]/.test(name || 'x') ? [] : ['{name}'],
        )
      }),
    )
  })

  it('take nothing for a place that every object has', () => {
    for (const place of ['{constructor}', '{toString}', '{__proto__}'])
      expect(filled(`Hello ${place}`, filling)).toBe(`Hello ${place}`)
  })

  it('a clinic wins over the program, with its own after, and without what it retired', () => {
    const own = { code: 'own', name: 'Ours', words: 'Hello', revision: 1, retired: false }
    const changed = { ...own, code: 'last-try', name: 'Changed' }
    const gone = { ...own, code: 'tried-to-call', retired: true }
    const now = templatesOf([own, changed, gone])
    expect(now.map(({ code }) => code)).toEqual(['when-to-call', 'need-to-know', 'last-try', 'own'])
    expect(now.find(({ code }) => code === 'last-try')?.name).toBe('Changed')
  })

  it.each([
    ['Your ketamine visit', 'ketamine'],
    ['How your ADDICTION began', 'ADDICTION'],
    ['on {day}', '{day}'],
  ])('that say “%s” are not kept', (words, why) => {
    const read = templateForm.safeParse({ code: 'own', revision: '0', name: 'Ours', words })
    expect(read.error?.issues[0]?.message).toContain(why)
  })
})

describe('a message', () => {
  it.each(['ketamine', 'addiction', 'Alcohol', 'overdose'])('that says “%s” is not sent', (word) => {
    expect(messageProblem(`Hello,\n\nabout your ${word}`)).toContain(word)
  })
  it('names its sender only when the name tells nothing, on one line', () => {
    expect(neutralSender('Nova Health Recovery')).toBeUndefined()
    expect(neutralSender('Harbor\r\nBcc: all@example.org')).toBe('Harbor Bcc: all@example.org')
    fc.assert(fc.property(fc.string(), (text) => !/[\r\n]/.test(oneLine(text))))
  })
  it('of receipt tells nothing, whatever the clinic is called', () => {
    for (const name of ['Nova Health Recovery', 'The Ketamine Addiction Clinic', 'Harbor']) {
      for (const language of ['en', 'es'] as const) {
        const { subject, body } = receipt(
          { name, phoneDisplay: '703-555-0100', timeZone: 'America/New_York' },
          {
            reference: 'AB12-CD34',
            answerBy: parseInstant('2026-11-24T15:00:00Z'),
            stateHref: undefined,
            language,
          },
        )
        expect(tellingWord(`${subject}\n${body}`)).toBeUndefined()
        expect(subject).not.toMatch(/[\r\n]/)
      }
    }
  })
})
