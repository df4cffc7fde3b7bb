import { expect, it } from 'vitest'
import { addMs, parseInstant } from '../../platform/time.ts'
import { courseRefusal, type VisitCourse } from './visit-course.ts'

const endsAt = parseInstant('2026-11-23T19:00:00.000Z')

it.each<[VisitCourse, 'ahead' | 'over', string | undefined, string | undefined]>([
  ['not-begun', 'ahead', undefined, undefined],
  ['not-begun', 'over', 'already-over', 'already-over'],
  ['open', 'ahead', 'session-open', 'session-open'],
  ['open', 'over', 'session-open', 'session-open'],
  ['ended-without-dose', 'ahead', 'session-ended', undefined],
  ['ended-without-dose', 'over', 'session-ended', undefined],
  ['dosed', 'ahead', 'already-dosed', 'already-dosed'],
  ['dosed', 'over', 'already-over', 'already-over'],
])('a visit that is %s and %s: moved %s, cancelled %s', (course, when, move, cancel) => {
  const at = addMs(endsAt, when === 'over' ? 0 : -1)
  expect(courseRefusal({ endsAt, course }, 'move', at)).toBe(move)
  expect(courseRefusal({ endsAt, course }, 'cancel', at)).toBe(cancel)
})
