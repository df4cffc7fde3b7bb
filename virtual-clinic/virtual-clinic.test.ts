import { describe, expect, it } from 'vitest'
import { addMs, parseInstant, parseLocalDate } from '../app/platform/time.ts'
import { dayAfterFirstSession, inventPerson } from './invented-person.ts'
import { seededRandom } from './random.ts'
import { timetable } from './timetable.ts'

describe('chance from a seed', () => {
  it('repeats itself and forks without disturbing the original', () => {
    const a = seededRandom(7)
    const b = seededRandom(7)
    a.fork(3).next()
    expect(Array.from({ length: 5 }, a.next)).toEqual(Array.from({ length: 5 }, b.next))
    expect(seededRandom(7).next()).not.toBe(seededRandom(8).next())
  })

  it('is roughly uniform and normal', () => {
    const random = seededRandom(1)
    const draws = Array.from({ length: 20_000 }, random.next)
    expect(Math.abs(draws.reduce((s, x) => s + x, 0) / draws.length - 0.5)).toBeLessThan(0.01)
    const normals = Array.from({ length: 20_000 }, random.normal)
    expect(Math.abs(normals.reduce((s, x) => s + x * x, 0) / normals.length - 1)).toBeLessThan(0.05)
  })
})

describe('invented people', () => {
  const clinic = seededRandom(2026)
  const today = parseLocalDate('2026-11-22')
  const people = Array.from({ length: 60 }, (_, n) => inventPerson(clinic, n, 'whole-course', today))

  it('are adults of plausible measure with names and reserved numbers of their own', () => {
    expect(new Set(people.map((p) => p.email)).size).toBe(people.length)
    for (const person of people) {
      expect(person.birthDate < '2002-12-01').toBe(true)
      expect(person.weightKg).toBeGreaterThan(40)
      expect(person.weightKg).toBeLessThan(150)
      expect(person.phone).toMatch(/^703-555-01\d\d$/)
      expect(person.email).toMatch(/@example\.org$/)
    }
  })

  it('share no name with anybody, those of earlier included, and stand first by name as before', () => {
    const all = Array.from({ length: 119 }, (_, n) => inventPerson(clinic, n, 'whole-course', today, n >= 47))
    const names = all.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.indexOf([...names].sort()[0]!)).toBeLessThan(47)
    expect(new Set(all.map(({ phone }) => phone)).size).toBe(all.length)
  })

  it('come for alcohol where they are treated, and for other things as well where they are not', () => {
    const comesFor = (course: 'whole-course' | 'declined') =>
      new Set(Array.from({ length: 8 }, (_, n) => inventPerson(clinic, n, course, today).comesFor))
    expect([...comesFor('whole-course')]).toEqual(['alcohol'])
    expect([...comesFor('declined')].sort()).toEqual(['cannabis', 'cocaine', 'methamphetamine', 'opioids'])
  })

  it('crave less with time on the whole, and some use and some fall silent', () => {
    const mean = (day: number) =>
      people.reduce(
        (sum, p) => sum + dayAfterFirstSession(p, day, seededRandom(p.number + day)).craving0to10,
        0,
      ) / people.length
    expect(mean(0)).toBeGreaterThan(mean(120) + 1)
    expect(people.some((p) => p.silentFromDay !== undefined)).toBe(true)
  })
})

describe('the timetable', () => {
  it('does the earliest first, keeps the order of equals, and never runs back', async () => {
    const start = parseInstant('2026-01-01T00:00:00Z')
    const table = timetable(start)
    const done: string[] = []
    const put = (minutes: number, name: string) =>
      table.at(
        addMs(start, minutes * 60_000),
        async () => void done.push(`${name}@${table.now().slice(11, 16)}`),
      )
    put(30, 'c')
    put(10, 'a')
    put(10, 'b')
    table.at(addMs(start, 20 * 60_000), async () => put(5, 'late'))
    put(90, 'never')
    await table.runUntil(addMs(start, 3_600_000))
    expect(done).toEqual(['a@00:10', 'b@00:10', 'late@00:20', 'c@00:30'])
    expect(table.now()).toBe('2026-01-01T01:00:00.000Z')
  })
})
