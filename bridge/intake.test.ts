import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseBatchText, wireLimits } from '@evenkeel/vital-signs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseConfiguration } from './configuration.ts'
import { createIntake, type IntakeReport } from './intake.ts'
import type { MessageRefusal } from './read-oru.ts'
import { openSpool, type Spool } from './spool.ts'
import { diskFiles } from './spool-segment.ts'

let folder = ''
let spool: Spool
const reports: IntakeReport[] = []
const limits = { maxBytes: 10_000_000, maxBytesPerDevice: 10_000_000, segmentBytes: 1_000_000 }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-intake-'))
  spool = await openSpool({ folder, limits, firstSequence: 1, files: diskFiles })
  reports.length = 0
})
afterEach(async () => {
  await spool.close()
  rmSync(folder, { recursive: true, force: true })
})

const intake = (answerAnyway: readonly MessageRefusal[] = []) => {
  let ids = 0
  return createIntake({
    mapping: {
      devices: [{ deviceId: 'm1', room: 'Room 1', match: { location: 'W^1^1' }, statusX: 'refuse' }],
      codes: [{ code: 'HR', sign: 'heartRatePerMin' }],
      events: [],
      units: {},
      zone: 'UTC',
      processing: ['P'],
    },
    spool,
    answerAnyway,
    now: () => Date.UTC(2026, 0, 1, 12),
    nextId: () => `a${++ids}`,
    report: (said) => reports.push(said),
  })
}
const bytes = (text: string) => new TextEncoder().encode(text)
const row = 'OBX|1|NM|147842^MDC_ECG_CARD_BEAT_RATE^MDC||72|/min|||||F'
const message = (asks = '', rows: readonly string[] = [row], type = 'ORU^R01^ORU_R01') =>
  [
    `MSH|^~\\&|GW|FAC|EK|CLINIC|20260101115900+0000||${type}|c1|P|2.6${asks}`,
    'PV1||I|W^1^1',
    'OBR|1',
    ...rows,
  ].join('\r')
const lines = (answer: string | undefined) => answer?.split('\r')

describe('an acknowledgement', () => {
  it('comes after the batch is on disk, addressed back, in the original mode', async () => {
    const answer = await intake().receive(bytes(message()))
    expect(lines(answer)).toEqual([
      'MSH|^~\\&|EK|CLINIC|GW|FAC|20260101120000+0000||ACK^R01^ACK|a1|P|2.6',
      'MSA|AA|c1',
      '',
    ])
    const batch = await spool.first('m1')
    expect(parseBatchText(batch!.body!)).toMatchObject({
      ok: true,
      problems: [],
      batch: {
        deviceId: 'm1',
        sequence: batch!.sequence,
        sentAtMs: Date.UTC(2026, 0, 1, 12),
        samples: [{ sign: 'heartRatePerMin', value: 72, measuredAtMs: Date.UTC(2026, 0, 1, 11, 59) }],
      },
    })
  })

  it.each([
    ['none named', '', 'AA', 'AR'],
    ['accept always, application never', '|||AL|NE', 'CA', 'CR'],
    ['accept always, application not named', '|||AL', 'CA', 'CR'],
    ['application always', '|||NE|AL', 'AA', 'AR'],
    ['both', '|||AL|AL', 'AA', 'AR'],
    ['on error only', '|||NE|ER', undefined, 'AR'],
    ['on success only', '|||SU|NE', 'CA', undefined],
    ['never', '|||NE|NE', undefined, undefined],
  ])('is of the kind the sender asks for: %s', async (_, asks, taken, refused) => {
    const code = (answer: string | undefined) => lines(answer)?.[1]?.split('|')[1]
    expect(code(await intake().receive(bytes(message(asks))))).toBe(taken)
    expect(code(await intake().receive(bytes(message(asks, []))))).toBe(refused)
  })

  it('of a refusal names it, with an error segment and the rows', async () => {
    const answer = await intake().receive(bytes(message('', [row.replace('/min', 'furlong')])))
    expect(lines(answer)).toEqual([
      'MSH|^~\\&|EK|CLINIC|GW|FAC|20260101120000+0000||ACK^R01^ACK|a1|P|2.6',
      'MSA|AR|c1|no-readings: No row gave a reading. 1 unknown-unit',
      'ERR|||103^Table value not found^HL70357|E||||no-readings: No row gave a reading. 1 unknown-unit',
      '',
    ])
    expect(spool.waiting).toBe(0)
  })

  it('of what is no message still answers, so that the sender does not wait for ever', async () => {
    const own = intake()
    expect(lines(await own.receive(bytes('GET / HTTP/1.1')))![1]).toMatch(/^MSA\|AR\|\|not-er7/)
    expect(lines(await own.receive(bytes('')))![1]).toMatch(/^MSA\|AR\|\|empty/)
    expect(lines(await own.receive(bytes(message().replace('|72', '|\r72'))))![1]).toMatch(
      /^MSA\|AR\|c1\|wrapped/,
    )
    expect(lines(await own.receive(Buffer.from(`${message()}\rNTE|\xff\xfe`, 'latin1')))![1]).toMatch(
      /^MSA\|AR\|c1\|not-text/,
    )
  })

  it('is never given to an acknowledgement', async () => {
    expect(await intake().receive(bytes('MSH|^~\\&|a|b|c|d|2026||ACK|1|P|2.6\rMSA|AA|c1'))).toBeUndefined()
  })

  it('of a heartbeat is yes, and nothing is kept', async () => {
    const beat = message('', ['OBX|1|ST|198200^MDC_EVT_WATCHDOG^MDC||continue||||||F'], 'ORU^R40^ORU_R40')
    expect(lines(await intake().receive(bytes(beat)))![1]).toBe('MSA|AA|c1')
    expect(spool.waiting).toBe(0)
  })

  it('can be yes for named refusals, where a gateway would stop its queue; nothing is kept of them', async () => {
    const pump = message('', [row], 'ORU^R42^ORU_R01')
    expect(lines(await intake(['pump-event']).receive(bytes(pump)))![1]).toBe('MSA|AA|c1')
    expect(reports).toMatchObject([{ what: 'not-taken', reason: 'pump-event' }])
    expect(spool.waiting).toBe(0)
  })

  it('is an error and no reject when the disk refuses: the monitor may send again', async () => {
    spool.append = () => Promise.resolve({ ok: false, reason: 'disk-refused' })
    expect(lines(await intake().receive(bytes(message())))!.slice(1, 3)).toEqual([
      'MSA|AE|c1|disk-refused: The disk did not take the message.',
      'ERR|||207^Application internal error^HL70357|E||||disk-refused: The disk did not take the message.',
    ])
    spool.append = () => Promise.reject(new Error('a mistake of ours with SECRET'))
    const answer = await intake().receive(bytes(message()))
    expect(lines(answer)![1]).toMatch(/^MSA\|AE\|c1\|internal/)
    expect(answer).not.toContain('SECRET')
  })

  it('of a broken envelope is made from its first bytes', () => {
    const head = bytes(message().slice(0, 100))
    expect(lines(intake().refuse('too-large', head))![1]).toMatch(/^MSA\|AR\|c1\|too-large/)
    expect(intake().refuse('half-message', head)).toBeUndefined()
    expect(intake().refuse('bad-end', bytes('nothing'))).toBeUndefined()
  })
})

describe('a message', () => {
  it('sent again gives the same yes and no second batch', async () => {
    const own = intake()
    for (let i = 0; i < 3; i += 1) expect(lines(await own.receive(bytes(message())))![1]).toBe('MSA|AA|c1')
    expect(spool.waiting).toBe(1)
    expect(reports.map((said) => 'again' in said && said.again)).toEqual([false, true, true])
  })

  it('with more rows than a batch may hold becomes several, each one the wire takes', async () => {
    const rows = Array.from({ length: 700 }, (_, index) => row.replace('|72|', `|${index % 200}|`))
    await intake().receive(bytes(message('', rows)))
    const values: number[] = []
    for (let batch = await spool.first('m1'); batch; batch = await spool.first('m1')) {
      const parsed = parseBatchText(batch.body!)
      expect(parsed).toMatchObject({ ok: true, problems: [] })
      if (parsed.ok) values.push(...parsed.batch.samples.map(({ value }) => value))
      spool.settle('m1', batch.sequence, 'delivered')
    }
    expect(values).toEqual(Array.from({ length: 700 }, (_, index) => index % 200))
  })

  it('with the longest names in any script stays within what the server reads', async () => {
    for (const character of ['漢', '"', '\u0001', 'a']) {
      const rows = Array.from(
        { length: 250 },
        () => `OBX|1|NM|HR^${character.repeat(100)}^${character.repeat(100)}||72|/min|||||F`,
      )
      expect(lines(await intake().receive(bytes(message('', rows))))![1]).toBe('MSA|AA|c1')
    }
    for (let batch = await spool.first('m1'); batch; batch = await spool.first('m1')) {
      expect(Buffer.byteLength(batch.body!)).toBeLessThan(wireLimits.textCharacters)
      spool.settle('m1', batch.sequence, 'delivered')
    }
  })

  it('however hostile gets an answer, breaks nothing, and makes no reading that is not a number', async () => {
    const own = intake()
    const piece = fc.oneof(
      fc.constantFrom(
        'MSH|^~\\&',
        'OBX|',
        'OBR|',
        'PID|',
        'PV1||I|W^1^1',
        '\r',
        '\n',
        '|',
        '^',
        '~',
        '&',
        '\\',
        '\\E',
        '"',
      ),
      fc.constantFrom(
        row,
        'ORU^R01',
        'c1',
        'P',
        '__proto__',
        'constructor',
        '1e999',
        '-',
        '٣',
        '\u0000',
        '\ufeff',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    const hostile = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    const mutated = fc.tuple(fc.nat(300), fc.nat(300), piece).map(([from, length, text]) => {
      const whole = message()
      return whole.slice(0, from) + text + whole.slice(from + (length % 20))
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, mutated), async (text) => {
        const answer = await own.receive(bytes(text))
        expect(reports.filter(({ what }) => what === 'broken')).toEqual([])
        // Whatever was sent, the answer is whole segments and carries nothing beyond its own fields.
        if (answer !== undefined)
          expect(answer).toMatch(/^MSH\|\^~\\&\|[^\r\n]*\rMSA\|[AC][AER]\|[^\r\n]*\r(ERR\|[^\r\n]*\r)?$/)
      }),
      { numRuns: 400, seed: 5 },
    )
    for (let batch = await spool.first('m1'); batch; batch = await spool.first('m1')) {
      expect(parseBatchText(batch.body!)).toMatchObject({ ok: true, problems: [] })
      spool.settle('m1', batch.sequence, 'delivered')
    }
  })
})

describe('a configuration', () => {
  const good = {
    listen: { port: 0 },
    server: { url: 'https://clinic.example' },
    spool: { folder: 'spool' },
    zone: 'America/Chicago',
    devices: [{ deviceId: 'm1', room: 'Room 1', match: { location: 'W^1^1' }, keyFile: 'key' }],
  }
  const problems = (more: object) => {
    const parsed = parseConfiguration({ ...good, ...more })
    return parsed.ok ? [] : parsed.problems
  }
  const withDevice = (more: object) => problems({ devices: [{ ...good.devices[0], ...more }] })

  it('has defaults that listen to this machine alone and take production messages alone', () => {
    const parsed = parseConfiguration(good)
    expect(parsed).toMatchObject({
      ok: true,
      configuration: {
        listen: { host: '127.0.0.1', allow: [] },
        mapping: { processing: ['P'] },
        answerAnyway: [],
      },
    })
  })

  it('says every problem with its place', () => {
    expect(parseConfiguration(7)).toMatchObject({ ok: false })
    expect(parseConfiguration({})).toEqual({
      ok: false,
      problems: [
        'server.url: missing',
        'spool.folder: missing',
        'zone: missing',
        'devices: at least one',
        'zone: not a zone',
        'server.url: not an address',
      ],
    })
    expect(problems({ zone: 'America/Chicgo' })).toEqual(['zone: not a zone'])
    expect(problems({ server: { url: 'http://clinic.example' } })).toEqual([
      'server.url: https, or http to this machine alone',
    ])
    expect(problems({ server: { url: 'http://127.0.0.1.evil.example' } })).toHaveLength(1)
    expect(problems({ limit: {} })).toEqual(['limit: not known'])
    expect(problems({ limits: { maxMessageBytes: '1' } })).toEqual([
      'limits.maxMessageBytes: a whole number from 1',
    ])
    expect(problems({ answerAnyway: ['spool-full'] })).toEqual([
      'answerAnyway: "spool-full" is not a refusal of a message',
    ])
    expect(problems({ listen: { allow: ['10.0.0.0/8', '::1', 'fe80::/10'] } })).toEqual([])
    for (const entry of ['10.0.0', '10.0.0.0/33', '10.0.0.0/8/1', 'ward', '::/129', '10.0.0.0/'])
      expect(problems({ listen: { allow: [entry] } })).toHaveLength(1)
    expect(problems({ answerAnyway: ['alarm-not-taken'] })).toEqual([
      'answerAnyway: an alarm is never answered as if taken',
    ])
    expect(problems({ codes: [{ code: 'x', sign: 'pulse' }] })[0]).toMatch(
      /^codes\[0\]\.sign: one of systolicMmHg/,
    )
    expect(withDevice({ match: {} })[0]).toMatch(/^devices\[0\]\.match: at least one/)
    expect(withDevice({ match: { locaton: 'x' } })).toContain('devices[0].match.locaton: not known')
    expect(withDevice({ keyVariable: 'X' })).toEqual(['devices[0].keyFile: either keyFile or keyVariable'])
    expect(withDevice({ deviceId: 'a b' })[0]).toMatch(/^devices\[0\]\.deviceId/)
    expect(problems({ devices: [...good.devices, ...good.devices] })).toEqual([
      'devices: two have the same deviceId',
    ])
  })
})
