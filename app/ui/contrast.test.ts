import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const sheet = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const tokens = sheet('./tokens.css')

/** Declarations of the block that follows `selector`. */
function block(css: string, selector: string): Record<string, string> {
  const start = css.indexOf(selector)
  if (start < 0) throw new Error(`no block ${selector}`)
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start))
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name!, value!]),
  )
}

/** Relative luminance after WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** Contrast ratio after WCAG 2.2, from 1 to 21. */
function contrast(first: string, second: string): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

const grounds = ['paper', 'paper-raised', 'paper-sunk', 'neutral-paper', 'neutral-raised', 'neutral-sunk']
const washes = ['accent-wash', 'warm-wash', 'calm-wash', 'due-wash', 'amber-wash', 'red-wash']
/** Text and the grounds it stands on, with the least ratio: 4.5 is AA, 7 is AAA, 3 is for lines and shapes. */
const pairs: readonly [text: string, grounds: readonly string[], least: number][] = [
  ['ink', [...grounds, ...washes], 7],
  ['ink-soft', grounds, 4.5],
  ['accent', [...grounds, 'accent-wash', 'warm-wash', 'calm-wash', 'due-wash'], 4.5],
  ['accent-strong', [...grounds, 'accent-wash'], 4.5],
  ['accent-ink', ['accent', 'accent-strong'], 4.5],
  ['red-ink', ['red-fill'], 4.5],
  ['red', [...grounds, 'red-wash'], 4.5],
  ['amber', [...grounds, 'amber-wash'], 4.5],
  ['due', [...grounds, 'due-wash'], 4.5],
  ['calm', [...grounds, 'calm-wash'], 4.5],
  ['warm', grounds, 4.5],
  ['paper-raised', ['warm'], 4.5],
  ['line-strong', [...grounds, 'accent-wash'], 3],
  ['focus', [...grounds, ...washes], 3],
  ...(['series-1', 'series-2', 'series-3', 'series-4'] as const).map(
    (series) => [series, grounds, 4.5] as [string, readonly string[], number],
  ),
]

const schemes = {
  light: block(tokens, ':root,\n[data-theme="light"]'),
  dark: block(tokens, ':root:not([data-theme])'),
  night: block(sheet('./night.css'), '[data-theme="night"] {'),
}

describe.each(Object.entries(schemes))('%s', (_, colours) => {
  test.each(pairs)('%s is read on %s at %d to 1 or better', (text, onGrounds, least) => {
    for (const ground of onGrounds) {
      const ratio = contrast(colours[`--${text}`]!, colours[`--${ground}`]!)
      expect(ratio, `--${text} on --${ground} is ${ratio.toFixed(2)}`).toBeGreaterThanOrEqual(least)
    }
  })

  test('every colour is part of a pair, or only separates', () => {
    const paired = new Set(
      pairs.flatMap(([text, onGrounds]) => [text, ...onGrounds].map((name) => `--${name}`)),
    )
    const separators = ['--line', '--neutral-line']
    expect(Object.keys(colours).filter((name) => !paired.has(name))).toEqual(separators.toSorted().reverse())
  })
})

test('the ratio is the one of WCAG: black on white is 21, #767676 on white just passes AA', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5)
})

test('a chosen dark theme and the system’s are the same, and all schemes name the same colours', () => {
  expect(block(tokens, '[data-theme="dark"] {')).toEqual(schemes.dark)
  expect(Object.keys(schemes.dark)).toEqual(Object.keys(schemes.light))
  expect(Object.keys(schemes.night)).toEqual(Object.keys(schemes.light))
})

test('night is true black', () => {
  expect([schemes.night['--paper'], schemes.night['--neutral-paper']]).toEqual(['#000000', '#000000'])
})

test('at night every colour leans to red', () => {
  for (const [name, colour] of Object.entries(schemes.night)) {
    const [red, , blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    expect(red!, name).toBeGreaterThanOrEqual(blue!)
  }
})

test('no other sheet names a colour', () => {
  const own = new Set(['tokens.css', 'night.css', 'print.css'])
  const others = readdirSync(new URL('.', import.meta.url)).filter(
    (name) => name.endsWith('.css') && !own.has(name),
  )
  expect(others.length).toBeGreaterThan(5)
  for (const name of others)
    expect(sheet(`./${name}`), name).not.toMatch(/#[0-9a-f]{3,8}\b(?![\w-]*\s*\{)|\brgba?\(|\bhsla?\(/i)
})

test('every token that a sheet uses is declared', () => {
  const sheets = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.css'))
  const all = sheets.map((name) => sheet(`./${name}`)).join('\n')
  const declared = new Set([...all.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name))
  const used = new Set([...all.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  expect([...used].filter((name) => !declared.has(name))).toEqual([])
})
