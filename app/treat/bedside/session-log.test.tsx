import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { minute, reading, running } from '../../../tests/board-log.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { SessionLog, type ToldChange } from './session-log.tsx'

const log = running(1, reading('x1', 9), reading('x2', 19))
function drawn(consent: readonly ToldChange[], events: readonly SessionEvent[] = log): string {
  const page = renderToStaticMarkup(
    <SessionLog
      sessionId="session-1"
      events={events}
      consent={consent}
      state={foldSession(events)}
      clock={(at) => at.slice(11, 16)}
      name={(id) => (id === 'ada' ? 'Ada Hill' : 'Nadia Ferris')}
      mayCorrect
      waiting={new Map()}
    />,
  )
  return page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

it('says between its entries when consent was taken back, by whom, and that another record holds it', () => {
  const change = { what: 'taken-back', at: minute(12), by: 'ada', titles: ['Treatment'] } as const
  const words = drawn([change])
  expect(words).toContain('Ada Hill Consent to dosing was taken back Treatment Record of consents')
  const order = ['15:19', '15:12', '15:09'].map((at) => words.indexOf(at))
  expect([...order].sort((a, b) => a - b)).toEqual(order)
  // Told by the line this moment: at once, and without a name that nobody knows yet.
  expect(drawn([{ ...change, by: undefined, titles: [] }])).toContain(
    'the person, or staff they told Consent',
  )
  expect(drawn([])).not.toContain('Consent')
})

it('says which entry a correction sets right, from what to what, and who ordered a medicine', () => {
  const given = {
    id: 'm1',
    kind: 'medicine-given',
    at: minute(12),
    by: 'nadia',
    data: {
      medicine: 'lorazepam',
      amount: 10,
      unit: 'mg',
      route: 'oral',
      against: 'agitation',
      orderedBy: 'ada',
    },
  } as unknown as SessionEvent
  const right = {
    id: 'm2',
    kind: 'correction',
    at: minute(14),
    by: 'ada',
    data: { of: 'm1', figures: { amount: 1 } },
    words: { reason: 'slip of the finger' },
  } as unknown as SessionEvent
  const words = drawn([], [...log, given, right])
  expect(words).toContain(
    'slip of the finger Entry of 15:12 by Nadia Ferris: lorazepam 10 mg, oral → lorazepam 1 mg, oral',
  )
  expect(words).toContain('ordered by Ada Hill')
})

it('says how the ledger counts the mg of the dose, where that is not what stands in the log', () => {
  const stopped = (mgGiven: number) =>
    drawn([], [
      ...log,
      { id: 'z', kind: 'dose-stopped', at: minute(20), by: 'ada', data: { mgGiven, computedMg: mgGiven } },
    ] as SessionEvent[])
  expect(stopped(20)).not.toContain('as the ledger counts it')
  expect(stopped(19.96)).toMatch(/To the hundredth of a mL, as the ledger counts it: [\d.]+ mL, 20 mg\./)
})
