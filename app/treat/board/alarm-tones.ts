import type { Instant } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import type { BoardTile } from './board.ts'

/** What a screen may sound for: the worst that nobody has answered for. */
export type ToneLevel = 'red' | 'amber' | 'technical'

/** One tone of a pattern. */
export type Tone = { readonly atS: number; readonly forS: number; readonly hz: number }

const pulses = (hz: readonly number[], forS: number, gapS: number): Tone[] =>
  hz.map((each, i) => ({ atS: i * (forS + gapS), forS, hz: each }))

/**
 * The three patterns: they differ in number, rhythm and pitch, so that they can be told apart without seeing and by somebody
 * who hears high tones badly. Design defaults; the monitor's own alarm is primary.
 */
export const TONES: Readonly<Record<ToneLevel, readonly Tone[]>> = {
  red: [
    ...pulses([784, 784, 988], 0.15, 0.08),
    ...pulses([988, 1175], 0.15, 0.08).map((tone) => ({ ...tone, atS: tone.atS + 0.95 })),
  ],
  amber: pulses([587, 587, 587], 0.3, 0.2),
  technical: pulses([440, 330], 0.5, 0.15),
}

/** After how many seconds a pattern comes again while nobody has answered. */
export const REPEAT_S: Readonly<Record<ToneLevel, number>> = { red: 5, amber: 15, technical: 25 }

/**
 * What a screen sounds for now; undefined when nothing is unanswered. A screen that is not live sounds technical: it may miss
 * what it should sound for.
 *
 * @param tiles the most urgent first
 * @param live whether the screen can prove that it is
 */
export function toneFor(tiles: readonly BoardTile[], live: boolean): ToneLevel | undefined {
  const worst = tiles[0]?.urgency
  if (worst === 'red') return 'red'
  if (!live || worst === 'technical') return 'technical'
  return tiles.some(({ concerns }) => concerns.some(({ urgency }) => urgency === 'amber'))
    ? 'amber'
    : undefined
}

/** What the browser does with sound: `unknown` until the page's script runs, `none` where it cannot, `blocked` until it is touched. */
export type Player = 'unknown' | 'none' | 'off' | 'blocked' | 'on'

/** The last answer to "did you hear it?" on a screen. */
export type SoundTest = {
  readonly heard: boolean
  readonly testedAt: Instant
  readonly testedBy: string
  readonly screenName: string
}

/**
 * What the board says of its sound. Calm only while it plays and somebody heard it here today.
 *
 * @param test the newest of today on this screen
 * @param at an instant as the clinic's clock shows it
 */
export function soundWords(
  player: Player,
  test: SoundTest | undefined,
  at: (instant: Instant) => string,
): { readonly state: StateKind; readonly word: string } {
  if (player === 'unknown') return { state: 'unknown', word: 'Sound: not known yet' }
  if (player === 'none') return { state: 'red', word: 'No sound: this browser plays none' }
  if (player === 'off') return { state: 'red', word: 'Sound is off on this screen' }
  if (player === 'blocked') {
    return { state: 'red', word: 'No sound: the browser holds it back until this page is touched' }
  }
  if (!test) return { state: 'amber', word: 'Sound not tested today on this screen' }
  if (!test.heard) return { state: 'red', word: `Sound not heard at ${at(test.testedAt)}: see to the volume` }
  return { state: 'calm', word: `Sound on, heard at ${at(test.testedAt)} by ${test.testedBy}` }
}
