import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { ActionBar } from './action-bar.tsx'
import type { Bedside } from './bedside.ts'
import { careFormNames } from './form-names.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const at = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const log = [
  { id: '1', kind: 'arrived', at: at(-30), by: 'n', data: {} },
  {
    id: '2',
    kind: 'dose-started',
    at: at(0),
    by: 'n',
    data: {
      orderId: 'o',
      lotId: 'l',
      drawnMl: 6,
      lotConcentrationMgPerMl: 10,
      orderedMg: 60,
      rateMgPerH: 90,
      durationMin: 40,
    },
  },
] as unknown as SessionEvent[]

/** The bar as a browser without script gets it, ten minutes into an infusion. */
function bar(events: readonly SessionEvent[] = log, mayRecord = true): string {
  const state = foldSession(events)
  const given = new Map(careFormNames(state.care).map((name) => [name, `key-of-${name}`]))
  const bedside = {
    page: { mayRecord, stopRules: [{ when: 'The person asks to stop.', act: 'Stop the pump.' }] },
    state,
    nowMs: START + 10 * 60_000,
    answer: undefined,
    clock: String,
    name: String,
    keyOf: (name: string) => {
      const key = given.get(name)
      if (!key) throw new Error(`the server gave no key to ${name}`)
      return key
    },
  } as unknown as Bedside
  return renderToStaticMarkup(<ActionBar bedside={bedside} />)
}

describe('what is always in reach', () => {
  it('stops in two steps at one place, with the mg so far and without a field to fill in', () => {
    const stop = /<details class="bar-item bar-stop".*?<\/details>/.exec(bar())?.[0] ?? ''
    expect(stop).toContain('15.0 of 60 mg so far')
    expect(stop).toContain('records 15.0 mg given')
    expect(stop).toMatch(/<summary>.*<\/summary><form [^>]*method="post".*name="intent" value="stop"/)
    expect([...stop.matchAll(/<input(?! type="hidden")/g)]).toEqual([])
  })

  it('pauses while it runs and resumes while it stands', () => {
    expect(bar()).toContain('value="pause"')
    const paused = [...log, { id: '3', kind: 'dose-paused', at: at(5), by: 'n', data: {} } as SessionEvent]
    expect(bar(paused)).toContain('value="resume"')
    expect(bar(paused)).not.toContain('value="pause"')
  })

  it('gives each form a key of its own', () => {
    const keys = [...bar().matchAll(/name="key" value="([^"]+)"/g)].map(([, key]) => key)
    expect(keys.length).toBeGreaterThan(6)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('shows the rescue card to whoever reads along, and no form', () => {
    const reading = bar(log, false)
    expect(reading).toContain('The person asks to stop.')
    expect(reading).not.toContain('<form')
  })

  it('no medicine of the rescue card stands without the word that a prescriber orders it', () => {
    const card = bar()
    for (const medicine of ['Labetalol', 'Lorazepam', 'Ondansetron', 'Naloxone', 'glycopyrrolate']) {
      const before = card.slice(0, card.indexOf(medicine))
      expect(before.slice(before.lastIndexOf('<h3>'))).toContain('prescriber orders only')
    }
  })
})
