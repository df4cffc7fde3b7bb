import { expect, it } from 'vitest'
import { alarm, minute } from '../../../tests/board-log.ts'
import { foldCare } from '../session/care.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { alarmFormNames, alarmForms, shownTo } from './alarm-forms.ts'

const RED = { cause: 'sbp-high-red', level: 'red', sign: 'systolicMmHg', value: 184 } as const
const life = (...log: SessionEvent[]) => foldCare(log).alarms[0]!

it('an alarm is taken on or seen while nobody has; raised again it can be both anew', () => {
  const raised = alarm('a', 1, 'raised', RED)
  const seen = alarm('b', 2, 'seen', RED, 'nurse')
  const again = alarm('c', 3, 'raised-again', RED)
  expect(alarmForms(life(raised))).toEqual(['acknowledge', 'seen'])
  expect(alarmForms(life(raised, seen))).toEqual(['acknowledge'])
  expect(alarmForms(life(raised, seen, again))).toEqual(['acknowledge', 'seen'])
  expect(alarmForms(life(raised, seen, alarm('w', 3, 'worsened', RED)))).toEqual(['acknowledge', 'seen'])
  expect(alarmForms(life(raised, alarm('k', 2, 'acknowledged', RED, 'nurse')))).toEqual([])
  expect(alarmForms(life(raised, alarm('o', 2, 'resolved', RED)))).toEqual([])
})

it('a form of an alarm says how far it was shown, and is another one once it was raised again', () => {
  const [raised, again] = [alarm('a', 1, 'raised', RED), alarm('c', 3, 'raised-again', RED)]
  expect(shownTo(life(raised, again))).toBe(minute(3))
  const names = [life(raised), life(raised, again)].flatMap((each) => [
    ...alarmFormNames('s1', each),
    ...alarmFormNames('s2', each),
  ])
  expect(new Set(names).size).toBe(8)
})
