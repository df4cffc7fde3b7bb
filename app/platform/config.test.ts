import { expect, it } from 'vitest'
import { toConfig } from './config.ts'

it('gives a demonstration on loopback when nothing is set', () => {
  const result = toConfig({ HOME: '/nowhere', PATH: '' })
  expect(result).toMatchObject({
    ok: true,
    config: {
      port: 3000,
      host: '127.0.0.1',
      demonstration: true,
      dataFolder: './data',
      databaseUrl: undefined,
    },
  })
})

it('names every setting that is wrong', () => {
  const result = toConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://x', EVENKEEL_DEMO: 'maybe' })
  expect(result.ok).toBe(false)
  const problems = result.ok ? [] : result.problems
  expect(problems.map((p) => p.split(':')[0]).sort()).toEqual(['DATABASE_URL', 'EVENKEEL_DEMO', 'PORT'])
})

it('refuses a mail server without a sender', () => {
  expect(toConfig({ SMTP_URL: 'smtp://127.0.0.1:2525' })).toMatchObject({ ok: false })
  const mail = { SMTP_URL: 'smtp://127.0.0.1:2525', SMTP_FROM: 'clinic@example.org' }
  expect(toConfig(mail)).toMatchObject({ ok: false })
  expect(toConfig({ ...mail, EVENKEEL_PUBLIC_URL: 'https://clinic.example.org/' })).toMatchObject({
    ok: true,
    config: { linkBase: 'https://clinic.example.org' },
  })
})

it('gives only a demonstration a clock of its own', () => {
  const at = '2026-11-24T15:00:00Z'
  expect(toConfig({ EVENKEEL_DEMO_CLOCK: at })).toMatchObject({
    ok: true,
    config: { clockStartsAt: '2026-11-24T15:00:00.000Z' },
  })
  expect(toConfig({ EVENKEEL_DEMO_CLOCK: at, EVENKEEL_DEMO: 'off' })).toMatchObject({ ok: false })
  expect(toConfig({ EVENKEEL_DEMO_CLOCK: 'tomorrow' })).toMatchObject({ ok: false })
})
