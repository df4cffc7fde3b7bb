import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMs, parseInstant } from '../platform/time.ts'
import {
  emailKey,
  isUrgent,
  phoneKey,
  type RequestId,
  readReference,
  requestReference,
  SAFETY_ANSWERS,
  TOPICS,
  type TopicId,
} from './request.ts'
import { suitabilityWords } from './request-words.ts'
import { tickedItems } from './suitability.ts'
import { suspicionOf } from './suspicion.ts'

const idEnding = (hex: string) => `0198c0de-0000-7000-8000-00${hex}` as RequestId

describe('the reference', () => {
  it.each([
    ['0000000000', '0000-0000'],
    ['0000000001', '0000-0001'],
    ['0000000020', '0000-0010'],
    ['ffffffffff', 'ZZZZ-ZZZZ'],
  ])('of …%s is %s', (hex, reference) => {
    expect(requestReference(idEnding(hex))).toBe(reference)
  })

  it.each([' 0qpb47n5 ', '0QPB-47N5', 'oqpb 47n5'])('is understood as said: %s', (said) => {
    expect(readReference(said)).toBe('0QPB-47N5')
  })

  it('differs when the random part differs, and has no letter that can be misread', () => {
    const tail = fc.integer({ min: 0, max: 2 ** 40 - 1 }).map((n) => n.toString(16).padStart(10, '0'))
    fc.assert(
      fc.property(tail, tail, (a, b) => {
        expect(requestReference(idEnding(a))).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
        expect(requestReference(idEnding(a)) === requestReference(idEnding(b))).toBe(a === b)
      }),
    )
  })
})

describe('keys of a contact', () => {
  it('are equal for the same address and the same number written differently', () => {
    expect(emailKey(' Robin@Example.org ')).toBe('robin@example.org')
    expect(phoneKey('+1 (703) 555-0123')).toBe(phoneKey('703.555.0123'))
    expect(phoneKey('+49 30 5550123')).toBe('49305550123')
  })
  it('are unknown rather than empty', () => {
    expect(emailKey('  ')).toBeUndefined()
    expect(phoneKey('call me')).toBeUndefined()
    expect(phoneKey(undefined)).toBeUndefined()
  })
})

describe('the safety answer', () => {
  it.each([
    ['safe', false],
    ['thoughts', true],
    ['danger-now', true],
    ['not-said', false],
  ] as const)('%s: urgent %s', (answer, urgent) => {
    expect(isUrgent(answer)).toBe(urgent)
  })
  it('has a row here for each answer there is', () => {
    expect(SAFETY_ANSWERS).toHaveLength(4)
  })
})

describe('what looks automatic', () => {
  const openedAt = parseInstant('2026-11-22T15:00:00Z')
  it.each([
    [5_000, undefined, 'too-fast'],
    [11_999, '', 'too-fast'],
    [12_000, '  ', undefined],
    [600_000, 'https://example.org', 'hidden-field'],
    [1_000, 'x', 'hidden-field'],
  ])('after %i ms with hidden field %s: %s', (ms, hiddenField, expected) => {
    expect(suspicionOf({ openedAt, hiddenField }, addMs(openedAt, ms))).toBe(expected)
  })
})

describe('the topics', () => {
  it('name every condition that the site has a page of', () => {
    const ownNames: Record<string, TopicId> = {
      'bipolar-depression': 'bipolar',
      ocd: 'compulsion',
      ptsd: 'trauma',
    }
    const known: readonly string[] = TOPICS.map(({ id }) => id)
    const conditions = readdirSync('content/conditions').map((file) => file.replace(/\..*$/, ''))
    expect(conditions.length).toBeGreaterThanOrEqual(13)
    expect(conditions.filter((one) => !known.includes(ownNames[one] ?? one))).toEqual([])
  })
})

describe('suitability', () => {
  it.each([
    ['dissociative', 'not-here'],
    ['dementia', 'not-here'],
    ['eye-or-skull-pressure', 'look-first'],
    ['sleep-apnea', 'look-first'],
    ['nobody-to-fetch', 'not-that-day'],
  ])('asks about what the page on who should not have it names: %s', (id, weight) => {
    expect(tickedItems([id])).toMatchObject([{ id, weight }])
  })
  it('counts items only', () => {
    expect(tickedItems(['none'])).toEqual([])
    expect(tickedItems(['unsure', 'pregnant']).map((item) => item.id)).toEqual(['pregnant'])
  })
  it('says "none" and "not sure" apart from nothing', () => {
    expect(suitabilityWords(['none'])).toEqual(['none of these'])
    expect(suitabilityWords(['unsure'])).toEqual(['not sure, or would rather talk about it'])
  })
})
