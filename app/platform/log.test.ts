import { expect, it } from 'vitest'
import { newSecretToken } from '../identity/secret-token.server.ts'
import { systemIds } from './ids.ts'
import { jsonLog, pathForLog } from './log.server.ts'

it('writes no secret of an address, but the ids of records', () => {
  const { token } = newSecretToken(systemIds.next())
  expect(pathForLog(`http://clinic.test/intake/${token}/body?x=1`)).toBe('/intake/:secret/body')
  expect(pathForLog(`http://clinic.test/welcome/${token}`)).toBe('/welcome/:secret')
  const id = systemIds.next()
  expect(pathForLog(`http://clinic.test/work/people/${id}/portal`)).toBe(`/work/people/${id}/portal`)
})

it('is silent when told to be, except for what broke', () => {
  const lines: string[] = []
  const log = jsonLog(
    'quiet',
    () => 'now',
    (line) => lines.push(line),
  )
  log.info('request.done')
  log.error('request.failed', new Error('broken'), { id: 'x' })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'error',
    event: 'request.failed',
    id: 'x',
    cause: { message: 'broken' },
  })
})
