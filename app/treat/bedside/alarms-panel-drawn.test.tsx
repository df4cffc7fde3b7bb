import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { alarm, at, reading, running } from '../../../tests/board-log.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { AlarmsPanel } from './alarms-panel.tsx'
import type { Bedside } from './bedside.ts'

const HIGH = { cause: 'sbp-high-red', level: 'red', sign: 'systolicMmHg', value: 192 } as const
const LOW = { cause: 'spo2-low-red', level: 'red', sign: 'spo2Percent', value: 86 } as const
const two = [alarm('a', 9, 'raised', HIGH), alarm('b', 9, 'raised', LOW)]

function drawn(log: readonly SessionEvent[], mayRecord = true): string {
  const bedside = {
    page: { mayRecord },
    state: foldSession(running(1, reading('x1', 9), ...log)),
    nowMs: at(10),
    clock: (instant: string) => instant.slice(11, 16),
    name: () => 'Nadia Ferris',
    keyOf: (form: string) => form,
  } as unknown as Bedside
  return renderToStaticMarkup(<AlarmsPanel bedside={bedside} signs={[]} overdueMs={0} />)
}
const told = (page: string) => page.match(/<details class="alarm-told"[^>]*>/g) ?? []
const answers = (page: string) => page.match(/>Acknowledge</g) ?? []

it('tells one alarm whole; of several each is a line that unfolds, beside an Acknowledge of its own', () => {
  expect(told(drawn([two[0]!]))).toEqual(['<details class="alarm-told" open="">'])
  const both = drawn(two)
  expect(told(both)).toEqual(['<details class="alarm-told">', '<details class="alarm-told">'])
  expect(answers(both)).toHaveLength(2)
  const lines = both.match(/<summary>.*?<\/summary>/g)!.join(' ')
  expect(lines).toContain('192 mmHg')
  expect(lines).toContain('1 min 00 s')
})

it('says in the line who took an alarm on, and draws no button for who may not answer', () => {
  const known = drawn([...two, alarm('c', 9.5, 'acknowledged', LOW, 'nurse')])
  expect(known.match(/<summary>.*?<\/summary>/g)!.join(' ')).toContain('acknowledged by Nadia Ferris')
  expect(answers(known)).toHaveLength(1)
  const read = drawn(two, false)
  expect(answers(read)).toEqual([])
  expect(told(read)).toHaveLength(2)
})

it('says that somebody has looked, until it is raised again', () => {
  const seen = alarm('s', 9.5, 'seen', HIGH, 'nurse')
  expect(drawn([two[0]!, seen])).toContain('seen at 15:09 by Nadia Ferris')
  expect(drawn([two[0]!, seen, alarm('r', 9.8, 'raised-again', HIGH)])).not.toContain('seen at')
})
