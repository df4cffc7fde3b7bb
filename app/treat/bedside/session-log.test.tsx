import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { minute, reading, running } from '../../../tests/board-log.ts'
import { foldSession } from '../session/session.ts'
import { SessionLog, type ToldChange } from './session-log.tsx'

const log = running(1, reading('x1', 9), reading('x2', 19))
function drawn(consent: readonly ToldChange[]): string {
  const page = renderToStaticMarkup(
    <SessionLog
      sessionId="session-1"
      events={log}
      consent={consent}
      state={foldSession(log)}
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
