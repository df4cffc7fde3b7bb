import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signCodes, signOfCode } from './sign-codes.ts'
import { canonicalUnits, convertUnit, unitsOfDevices } from './units.ts'
import { type MonitoredSign, monitoredSigns } from './vital-sign.ts'
import { parseBatch, parseBatchText, sampleId, type WireBatch, wireLimits } from './wire.ts'

const AT = '2026-11-24T17:00:00.000Z'
const sample = (more: object = {}) => ({
  measuredAt: AT,
  receivedAt: '2026-11-24T17:00:00.300Z',
  sign: 'spo2Percent',
  value: 97,
  unit: '%',
  ...more,
})
const batch = (more: object = {}) => ({
  schema: 1,
  deviceId: 'monitor-3',
  sequence: 41,
  sentAt: AT,
  samples: [sample()],
  ...more,
})
const taken = (input: unknown) => {
  const parsed = parseBatch(input)
  if (!parsed.ok) throw new Error(parsed.refusal.reason)
  return parsed
}

describe('a batch', () => {
  it('is read with ids, instants in milliseconds and canonical units', () => {
    const coding = { system: 'MDC', code: '150021', name: 'MDC_PRESS_BLD_NONINV_SYS' }
    const samples = [
      sample(),
      sample({ sign: 'systolicMmHg', value: 16, unit: 'kPa', quality: 'questionable', source: { coding } }),
    ]
    const technical = [{ at: AT, kind: 'probe-off' }]
    const wire = batch({ samples, technical }) as WireBatch
    expect(taken(wire)).toEqual({
      ok: true,
      problems: [],
      batch: {
        deviceId: 'monitor-3',
        run: '',
        sequence: 41,
        sentAtMs: Date.parse(AT),
        samples: [
          {
            id: 'monitor-3/41/0',
            index: 0,
            measuredAtMs: Date.parse(AT),
            receivedAtMs: Date.parse(AT) + 300,
            sign: 'spo2Percent',
            value: 97,
            unit: '%',
            quality: 'ok',
          },
          {
            id: 'monitor-3/41/1',
            index: 1,
            measuredAtMs: Date.parse(AT),
            receivedAtMs: Date.parse(AT) + 300,
            sign: 'systolicMmHg',
            value: 120.01020087,
            unit: 'mm[Hg]',
            quality: 'questionable',
            asSent: { value: 16, unit: 'kPa' },
            coding,
          },
        ].map((s) => ({ ...s, value: Math.round(s.value * 1e6) / 1e6 })),
        technical: [{ index: 0, atMs: Date.parse(AT), kind: 'probe-off', phase: 'start' }],
      },
    })
  })

  it.each<[string, unknown, string]>([
    ['null', null, 'not-an-object'],
    ['a list', [], 'not-an-object'],
    ['another schema', batch({ schema: 2 }), 'unknown-schema'],
    ['no device', batch({ deviceId: '' }), 'bad-device-id'],
    ['a device with a slash', batch({ deviceId: 'a/b' }), 'bad-device-id'],
    ['a long device', batch({ deviceId: 'a'.repeat(65) }), 'bad-device-id'],
    ['a run that is a number', batch({ run: 4 }), 'bad-run'],
    ['a sequence below 0', batch({ sequence: -1 }), 'bad-sequence'],
    ['a broken sequence', batch({ sequence: 1.5 }), 'bad-sequence'],
    ['no zone', batch({ sentAt: '2026-11-24T17:00:00' }), 'bad-sent-at'],
    ['no samples', batch({ samples: undefined }), 'bad-samples'],
    ['technical that is no list', batch({ technical: {} }), 'bad-technical'],
    ['too many', batch({ samples: Array(wireLimits.samples + 1).fill(sample()) }), 'too-many-samples'],
    [
      'too many notices',
      batch({ technical: Array(wireLimits.technical + 1).fill({}) }),
      'too-many-technical',
    ],
  ])('with %s is refused whole: %#', (_what, input, reason) => {
    expect(parseBatch(input)).toMatchObject({ ok: false, refusal: { reason } })
  })

  it('is refused as text when it is too long or no JSON', () => {
    expect(parseBatchText('{')).toMatchObject({ refusal: { reason: 'not-json' } })
    expect(parseBatchText(' '.repeat(wireLimits.textCharacters + 1))).toMatchObject({
      refusal: { reason: 'too-large' },
    })
    expect(parseBatchText(JSON.stringify(batch())).ok).toBe(true)
  })
})

describe('one bad sample', () => {
  it.each<[string, unknown, string, string]>([
    ['no object', 7, '', 'not-an-object'],
    ['no zone', sample({ measuredAt: '2026-11-24T17:00:00' }), 'measuredAt', 'not-an-instant'],
    ['30 February', sample({ receivedAt: '2026-02-30T17:00:00Z' }), 'receivedAt', 'not-an-instant'],
    ['hour 25', sample({ receivedAt: '2026-02-20T25:00:00Z' }), 'receivedAt', 'not-an-instant'],
    ['an unknown sign', sample({ sign: 'toString' }), 'sign', 'unknown-sign'],
    ['a figure as text', sample({ value: '97' }), 'value', 'not-a-number'],
    ['no value', sample({ value: null }), 'value', 'not-a-number'],
    ['infinity', sample({ value: Number.POSITIVE_INFINITY }), 'value', 'not-a-number'],
    ['a wave', sample({ value: [1, 2, 3] }), 'value', 'waveform'],
    ['a wave beside', sample({ waveform: '1^2^3' }), 'value', 'waveform'],
    ['no unit', sample({ unit: undefined }), 'unit', 'not-a-text'],
    ['an unknown unit', sample({ unit: 'furlong' }), 'unit', 'unknown-unit'],
    ['a name every object has', sample({ unit: 'constructor' }), 'unit', 'unknown-unit'],
    ['another kind of unit', sample({ unit: 'mm[Hg]' }), 'unit', 'unit-of-another-kind'],
    ['a share above 1', sample({ unit: '1' }), 'unit', 'fraction-above-one'],
    ['a quality nobody knows', sample({ quality: 'fine' }), 'quality', 'unknown-quality'],
    [
      'a source without code',
      sample({ source: { coding: { system: 'MDC' } } }),
      'source.coding.code',
      'not-a-text',
    ],
    ['a long unit', sample({ unit: 'x'.repeat(200) }), 'unit', 'too-long'],
  ])('with %s is named and loses no other', (_what, bad, field, problem) => {
    const parsed = taken(batch({ samples: [sample(), bad, sample({ value: 96 })] }))
    expect(parsed.problems).toMatchObject([{ list: 'samples', index: 1, field, problem }])
    expect(parsed.batch.samples.map(({ id, value }) => [id, value])).toEqual([
      ['monitor-3/41/0', 97],
      ['monitor-3/41/2', 96],
    ])
  })

  it.each<[object, string]>([
    [{ kind: 'lead-off' }, 'not-an-instant'],
    [{ at: AT, kind: 'tired' }, 'unknown-kind'],
    [{ at: AT, kind: 'standby', phase: 'middle' }, 'unknown-phase'],
    [{ at: AT, kind: 'probe-off', sign: 'pain' }, 'unknown-sign'],
  ])('or notice %j is named too', (bad, problem) => {
    const parsed = taken(batch({ technical: [bad, { at: AT, kind: 'standby', phase: 'end' }] }))
    expect(parsed.problems).toMatchObject([{ list: 'technical', index: 0, problem }])
    expect(parsed.batch.technical).toHaveLength(1)
    expect(parsed.batch.samples).toHaveLength(1)
  })

  it('never throws, whatever is sent, and accounts for every sample', () => {
    const strange = fc.anything()
    const odd = fc.oneof(
      strange,
      fc.constant(sample()),
      strange.map((value) => sample({ value })),
      strange.map((source) => sample({ source })),
    )
    fc.assert(
      fc.property(fc.anything(), fc.array(odd, { maxLength: 8 }), (whole, samples) => {
        parseBatch(whole)
        const parsed = taken(batch({ samples }))
        const places = [...parsed.batch.samples.map((s) => s.index), ...parsed.problems.map((p) => p.index)]
        expect(places.sort((a, b) => a - b)).toEqual(samples.map((_, index) => index))
      }),
    )
  })
})

describe('units', () => {
  it.each<[MonitoredSign, number, string, number]>([
    ['systolicMmHg', 120, 'mm[Hg]', 120],
    ['systolicMmHg', 120, '266016', 120],
    ['meanPressureMmHg', 13.3322, 'kPa', 100],
    ['meanPressureMmHg', 13.3322, 'MDC_DIM_KILO_PASCAL', 100],
    ['heartRatePerMin', 72, '{beat}/min', 72],
    ['heartRatePerMin', 1.2, 'Hz', 72],
    ['respiratoryRatePerMin', 14, '{breaths}/min', 14],
    ['spo2Percent', 0.97, '1', 97],
    ['spo2Percent', 97, 'MDC_DIM_PERCENT', 97],
    ['temperatureCelsius', 98.6, '[degF]', 37],
    ['temperatureCelsius', 310.15, 'K', 37],
    ['moaas', 5, '{score}', 5],
    ['moaas', 4, '1', 4],
  ])('%s %d %s is %d', (sign, value, unit, expected) => {
    expect(convertUnit(sign, value, unit)).toEqual({ ok: true, value: expected, unit: canonicalUnits[sign] })
  })

  it.each<[MonitoredSign, string, string]>([
    ['spo2Percent', 'MDC_DIM_DIMLESS', 'unknown-unit'],
    ['respiratoryRatePerMin', 'MDC_DIM_X_L_PER_MIN', 'unknown-unit'],
    ['systolicMmHg', '%', 'unit-of-another-kind'],
    ['heartRatePerMin', '1', 'unit-of-another-kind'],
    ['heartRatePerMin', '', 'unknown-unit'],
  ])('%s in "%s" is refused: %s', (sign, unit, reason) => {
    expect(convertUnit(sign, 1, unit)).toMatchObject({ ok: false, reason })
  })

  it('keep what is canonical already, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...monitoredSigns),
        fc.double({ min: 0, max: 300, noNaN: true }),
        (sign, value) => {
          if (sign === 'spo2Percent' || sign === 'moaas') return
          expect(convertUnit(sign, value, canonicalUnits[sign])).toMatchObject({ ok: true, value })
        },
      ),
    )
  })

  it('are each of one kind only, but for the pure number', () => {
    for (const [code, meanings] of Object.entries(unitsOfDevices)) {
      expect(meanings, code).toHaveLength(code === '1' ? 2 : 1)
    }
  })
})

describe('codes', () => {
  it('are unique, cover every sign but the score, and are found by code, name and as HL7 writes LOINC', () => {
    const written = signCodes.map(({ system, code }) => `${system} ${code}`)
    expect(new Set(written).size).toBe(written.length)
    const covered = new Set(signCodes.map(({ sign }) => sign))
    expect(monitoredSigns.filter((sign) => !covered.has(sign))).toEqual(['moaas'])
    expect(signOfCode('MDC', '150456')).toBe('spo2Percent')
    expect(signOfCode('MDC', 'MDC_PULS_OXIM_SAT_O2')).toBe('spo2Percent')
    expect(signOfCode('LN', '8480-6')).toBe('systolicMmHg')
    expect(signOfCode('LN', '150456')).toBeUndefined()
  })
})

describe('the id of a sample', () => {
  it('differs wherever device, run, sequence or place differ', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][\w.:-]{0,5}$/)
    const part = fc.tuple(name, fc.oneof(fc.constant(''), name), fc.nat(999), fc.nat(20))
    fc.assert(
      fc.property(part, part, (a, b) => {
        // A run that is all figures beside one without: four parts against three.
        expect(sampleId(...a) === sampleId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })
})
