import { describe, expect, it } from 'vitest'
import { addMs, DAY_MS, parseInstant, SECOND_MS } from '../platform/time.ts'
import { readOpening, signedOpening } from './opening.server.ts'
import { suspicionOf } from './suspicion.ts'

const at = parseInstant('2026-11-23T15:00:00Z')
const opening = signedOpening('key', 'token', at)

describe('the proof that a form was opened', () => {
  it('comes back as the moment of opening, a page left open overnight too', () => {
    expect(readOpening('key', 'token', opening, at)).toBe(at)
    expect(readOpening('key', 'token', opening, addMs(at, DAY_MS))).toBe(at)
  })

  it.each<[string, unknown, string, string, number]>([
    ['missing', undefined, 'key', 'token', 0],
    ['not text', { toString: () => opening }, 'key', 'token', 0],
    ['empty', '', 'key', 'token', 0],
    ['with another secret', opening, 'key', 'other', 0],
    ['signed by somebody else', signedOpening('guess', 'token', at), 'key', 'token', 0],
    ['with another moment', opening.replace(/^./, '1'), 'key', 'token', 0],
    ['too old', opening, 'key', 'token', 15 * DAY_MS],
    ['from the future', signedOpening('key', 'token', addMs(at, DAY_MS)), 'key', 'token', 0],
    ['of no letters', `.${'a'.repeat(43)}`, 'key', 'token', 0],
    ['of many letters', `${'z'.repeat(12)}.${'ä'.repeat(43)}`, 'key', 'token', 0],
  ])('is worth nothing when %s', (_why, sent, key, token, laterMs) => {
    expect(readOpening(key, token, sent, addMs(at, laterMs))).toBeUndefined()
  })

  it('counts the time from the opening on, and one that was never opened looks automatic', () => {
    const soon = addMs(at, 5 * SECOND_MS)
    const later = addMs(at, 60 * SECOND_MS)
    expect(suspicionOf({ openedAt: at, hiddenField: '' }, later)).toBeUndefined()
    expect(suspicionOf({ openedAt: at, hiddenField: undefined }, soon)).toBe('too-fast')
    expect(suspicionOf({ openedAt: undefined, hiddenField: undefined }, later)).toBe('never-opened')
    expect(suspicionOf({ openedAt: at, hiddenField: 'x' }, later)).toBe('hidden-field')
  })
})
