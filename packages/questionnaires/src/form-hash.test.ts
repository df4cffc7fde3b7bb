import { describe, expect, it } from 'vitest'
import { fnv1a64, formHash } from './form-hash.ts'
import type { Instrument } from './instrument.ts'
import { gad7 } from './instruments/gad-7.ts'
import { phq9 } from './instruments/phq-9.ts'
import { listInstruments } from './registry.ts'
import { onOneLine, responseStamp } from './response-stamp.ts'

describe('FNV-1a, 64 bits', () => {
  // Published test values of the authors (isthe.com/chongo/tech/comp/fnv) and, for text beyond ASCII, its UTF-8 bytes.
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of %j is %s', (text, hash) => {
    expect(fnv1a64(text)).toBe(hash)
  })

  it('reads text as UTF-8', () => {
    const bytewise = (text: string) => {
      let hash = 0xcbf29ce484222325n
      for (const byte of new TextEncoder().encode(text))
        hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) % 2n ** 64n
      return hash.toString(16).padStart(16, '0')
    }
    for (const text of ['é', 'Größe', '東京', '𝄞', 'a\ud800b']) expect(fnv1a64(text)).toBe(bytewise(text))
  })
})

describe('form hash', () => {
  const [first, ...rest] = phq9.items
  const changed = (parts: Partial<Instrument>) => formHash({ ...phq9, ...parts })

  it('changes with what a person sees', () => {
    const own = formHash(phq9)
    expect(own).toMatch(/^fnv1a64-[0-9a-f]{16}$/)
    const others = [
      changed({ introduction: `${phq9.introduction} ` }),
      changed({ recall: { ...phq9.recall, period: 'P1D' } }),
      changed({ items: [{ ...first!, prompt: 'Another question?' }, ...rest] }),
      changed({ items: [...rest, first!] }),
      changed({ version: 'another' }),
      formHash(gad7),
    ]
    expect(new Set([own, ...others]).size).toBe(others.length + 1)
  })

  it('does not change with what nobody answering sees, nor with the order of members in a file', () => {
    expect(changed({ citations: [], confidence: 'low' })).toBe(formHash(phq9))
    const turned = Object.fromEntries(Object.entries(phq9).reverse()) as unknown as Instrument
    expect(formHash(turned)).toBe(formHash(phq9))
  })

  // Stored with answers: if one of these changes, people are shown another form. Change it knowingly, with
  // `npx vitest run --project unit packages/questionnaires/src/form-hash.test.ts -u`.
  it('is for each form we ship the one in form-hashes.txt', async () => {
    const lines = listInstruments().map((one) => `${one.id} ${formHash(one)}\n`)
    await expect(lines.join('')).toMatchFileSnapshot('./form-hashes.txt')
  })
})

describe('one chart line', () => {
  const stamp = responseStamp(phq9)

  it('takes results of the same instrument, variant, wording, window and scoring', () => {
    expect(onOneLine(stamp, responseStamp(phq9))).toBe(true)
    expect(onOneLine(stamp, { ...stamp, formHash: 'fnv1a64-0' })).toBe(true)
  })

  it.each([
    { instrumentId: 'gad-7' },
    { version: 'another' },
    { edition: 'official' },
    { recallPeriod: 'PT24H' },
    { scoringVersion: 2 },
  ])('parts results that differ in %j', (difference) => {
    expect(onOneLine(stamp, { ...stamp, ...difference })).toBe(false)
  })
})
