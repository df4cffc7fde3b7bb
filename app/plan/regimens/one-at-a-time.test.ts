import { describe, expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

/** Work that ends when told, and notes that it began. */
function job(began: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>()
  return {
    work: () => {
      began.push(name)
      return promise
    },
    end: () => resolve(name),
  }
}
const patient = new AbortController().signal

describe('one question at a time', () => {
  it('goes in the order they came, whoever asked', async () => {
    const began: string[] = []
    const line = oneAtATime()
    const [a, b, c] = ['a', 'b', 'c'].map((name) => job(began, name)) as [
      ReturnType<typeof job>,
      ReturnType<typeof job>,
      ReturnType<typeof job>,
    ]
    const all = [line('ann', patient, a.work), line('ben', patient, b.work), line('ann', patient, c.work)]
    expect(began).toEqual(['a'])
    a.end()
    expect(await all[0]).toBe('a')
    await Promise.resolve()
    expect(began).toEqual(['a', 'b'])
    b.end()
    c.end()
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c'])
  })

  it('holds two of an account, tells a third at once, and takes others meanwhile', async () => {
    const began: string[] = []
    const line = oneAtATime()
    const [a, b, c] = [job(began, 'a'), job(began, 'b'), job(began, 'c')]
    const first = line('ann', patient, a.work)
    const second = line('ann', patient, b.work)
    expect(await line('ann', patient, () => Promise.reject(new Error('not worked out')))).toBe('too-many')
    const other = line('ben', patient, c.work)
    for (const each of [a, b, c]) each.end()
    expect(await Promise.all([first, second, other])).toEqual(['a', 'b', 'c'])
    expect(await line('ann', patient, () => Promise.resolve('again'))).toBe('again')
  })

  it('lets who went away out of the line, and goes on after one that failed', async () => {
    const began: string[] = []
    const line = oneAtATime()
    const gone = new AbortController()
    const a = job(began, 'a')
    const first = line('ann', patient, () => a.work().then(() => Promise.reject(new Error('broke'))))
    const second = line('ann', gone.signal, job(began, 'b').work)
    const third = line('ben', patient, () => Promise.resolve('c'))
    gone.abort()
    expect(await second).toBe('gone')
    a.end()
    await expect(first).rejects.toThrow('broke')
    expect(await third).toBe('c')
    expect(began).toEqual(['a'])
  })
})
