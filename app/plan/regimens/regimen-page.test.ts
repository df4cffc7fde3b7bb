import { describe, expect, it } from 'vitest'
import type { PageArgs } from '../../platform/page.server.ts'
import { parseInstant } from '../../platform/time.ts'
import { EXAMPLE } from './ready-made.ts'
import { linkOf } from './regimen-fields.ts'
import { regimenFile, regimenPage } from './regimen-page.server.ts'

const page = (search: string, signal?: AbortSignal, publicUrl?: string) => {
  const url = new URL(`http://clinic.test/work/regimens${search}`)
  const asked: Pick<PageArgs, 'url' | 'request'> & { services: unknown; clinic: unknown; actor: unknown } = {
    url,
    actor: { kind: 'member', accountId: 'prescriber' },
    request: new Request(url, { signal: signal ?? null }),
    services: { clock: { now: () => parseInstant('2026-11-24T17:00:00.000Z') }, config: { publicUrl } },
    clinic: { timeZone: 'America/New_York' },
  }
  return asked as PageArgs
}
const example = linkOf({ ...EXAMPLE, n: '200' }).replace('/work/regimens', '')

describe('the page', () => {
  it('shows an example on a first visit, and says so', async () => {
    const shown = await regimenPage(page(''))
    expect(shown.isExample).toBe(true)
    expect(shown.view?.sites[0]?.regimens).toHaveLength(2)
    expect(shown.seenOn).toBe('Tue 24 Nov 2026, 12:00')
  })

  it('answers a shared link with the figures that the sender saw', async () => {
    const sent = await regimenPage(page(example))
    const received = await regimenPage(page(new URL(sent.link).search))
    expect(received.isExample).toBe(false)
    expect(received.view).toEqual(sent.view)
  })

  it('is shared by a whole address: that of the clinic, or that which was asked', async () => {
    expect((await regimenPage(page(example))).link).toBe(`http://clinic.test/work/regimens${example}`)
    const published = page(example, undefined, 'https://regimens.clinic.test')
    expect((await regimenPage(published)).link).toBe(`https://regimens.clinic.test/work/regimens${example}`)
    const rows = await regimenFile(published)
    expect('page' in rows ? rows : rows[2]![1]).toBe(`https://regimens.clinic.test/work/regimens${example}`)
  })

  it('fills a ready-made regimen into its place and leaves the others', async () => {
    const shown = await regimenPage(page(`${example}&fill=2&r2-ready=esk-56`))
    expect(shown.values['r2-name']).toBe('Esketamine spray 56 mg')
    expect(shown.values['r2-d1-times']).toBe('2')
    expect(shown.values['r1-name']).toBe(EXAMPLE['r1-name'])
    expect(shown.link).not.toMatch(/fill|ready/)
    expect(shown.view?.sitesDiffer).toBe(true)
  })

  it('fills nothing that it does not have', async () => {
    for (const more of ['&fill=2&r2-ready=nothing', '&fill=7&r7-ready=esk-56', '&fill=__proto__']) {
      expect((await regimenPage(page(example + more))).values['r2-name'], more).toBe(EXAMPLE['r2-name'])
    }
  })

  it.each([
    '?weight=NaN',
    '?weight=1e308&age=-1',
    '?who=__proto__',
    '?r1-model=constructor&r1-d1-amount=1',
    '?seed=99999999999&n=1e9&until=1e9&r1-d1-amount=0.0000001',
    `?${Array.from({ length: 10_000 }, (_, i) => `r${i}-d${i}-amount=1`).join('&')}`,
    `?weight=${'9'.repeat(100_000)}`,
    '?weight=70&weight=80&weight=%00&r1-d1-amount=%F0%9F%92%8A',
  ])('answers %.60s with words at fields and computes nothing', async (search) => {
    const shown = await regimenPage(page(search))
    expect(shown.view).toBeUndefined()
    expect(Object.keys(shown.errors).length).toBeGreaterThan(0)
    for (const words of Object.values(shown.errors)) expect(words).toMatch(/[.?]$/)
  })

  it('keeps everything typed beside what is wrong', async () => {
    const shown = await regimenPage(page(`${example}&age=x`.replace('age=40&', '')))
    expect(shown.errors).toEqual({ age: expect.stringContaining('“x” is not a number') })
    expect(shown.values).toEqual({ ...EXAMPLE, n: '200', age: 'x' })
  })

  it('stops computing when nobody waits any more', async () => {
    const shown = await regimenPage(page(example, AbortSignal.abort()))
    expect(shown.view).toBeUndefined()
  })
})

describe('the file', () => {
  it('leads to the page where there is nothing to write', async () => {
    expect(await regimenFile(page('?weight=x'))).toEqual({ page: '/work/regimens?weight=x' })
  })

  it('says its question, so that it can be asked again', async () => {
    const rows = await regimenFile(page(example))
    if ('page' in rows) throw new Error(rows.page)
    expect(rows.slice(0, 5).map(([first]) => first)).toEqual([
      'Predicted ketamine concentrations, simulated. Not a dosing instruction.',
      'seen on',
      'question',
      'people',
      'drawn people',
    ])
    expect(rows[2]![1]).toBe(`http://clinic.test/work/regimens${example}`)
  })
})
