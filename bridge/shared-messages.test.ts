import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseBatch, WIRE_SCHEMA } from '@evenkeel/vital-signs'
import { describe, expect, it } from 'vitest'
import { explain } from './explain.ts'
import { decodeHl7, messagesOfFile } from './hl7-text.ts'
import type { Device, Mapping } from './mapping.ts'
import { type ReadMessage, readText } from './read-oru.ts'

/**
 * Messages of real gateways, of specifications and of simulators, one by one: exactly these readings, or exactly this refusal. They are read in place
 * and are no part of the repository.
 */
const folder = join(process.env.EVENKEEL_SHARED ?? '../shared', 'data/hl7')
const present = existsSync(folder)

const device = (deviceId: string, match: Device['match'], more: Partial<Device> = {}): Device => ({
  deviceId,
  room: deviceId,
  match,
  statusX: 'refuse',
  ...more,
})
const mapping: Mapping = {
  devices: [
    device(
      'philips',
      { location: 'HO Surgery^OR^1', application: 'PAT_DEVICE_PHILIPS_C' },
      { statusX: 'questionable' },
    ),
    device('mindray', { location: 'HO Surgery^OR^1', application: 'MINDRAY_EGATEWAY' }),
    device('acme', { location: 'COLWELL^^SOLAR' }),
    device('mx500', { location: 'My Unit^^Bed1^Institution' }),
    device('draeger', { location: 'CU1^^Bed001^TAM' }),
    device('pump', { location: 'HO 3 West ICU^10^1' }),
    device('capsule', { location: 'EUH-4TN-T434' }),
    device('simhospital', { application: 'SIMHOSP' }),
    device('lab', { application: 'GHH LAB' }),
    device('public-health', { facility: 'IA Public Health Lab' }),
  ],
  codes: [],
  events: [],
  units: {},
  zone: 'Europe/London',
  processing: ['P', 'T', 'D'],
}

/** A result as short as it can be said: instant, sign, value, unit, quality if not ok; then rows that gave nothing. */
function said(read: ReadMessage): string[] {
  if (read.kind === 'heartbeat' || read.kind === 'acknowledgement') return [read.kind]
  const rows = read.rows.map(({ row, code, reason }) => `row ${row} ${code}: ${reason}`)
  if (read.kind === 'refused') return [`refused ${read.reason}`, ...rows]
  return [
    `device ${read.device.deviceId}${read.zoneAssumed > 0 ? `, zone assumed ${read.zoneAssumed}` : ''}`,
    ...read.samples.map(
      ({ measuredAt, sign, value, unit, quality }) =>
        `${measuredAt} ${sign} ${value} ${unit}${quality ? ` ${quality}` : ''}`,
    ),
    ...read.technical.map(({ at, kind, phase }) => `${at} technical ${kind} ${phase}`),
    ...rows,
  ]
}

function messagesIn(file: string): string[] {
  const decoded = decodeHl7(readFileSync(join(folder, file)))
  return 'text' in decoded ? messagesOfFile(decoded.text) : [decoded.problem]
}

function read(file: string, own: Mapping = mapping): string[][] {
  return messagesIn(file).map((message) => said(readText(message, own, Date.UTC(2026, 10, 23))))
}

const refused = (reason: string, ...rows: string[]) => [[`refused ${reason}`, ...rows]]

/** The rows that SimHospital sends and that are no vital sign of ours. */
const SIMHOSPITAL_OTHER = [
  'AVPU',
  'UrineOutput',
  'InsOxy',
  'OxyL',
  'OxygenDev',
  'BowelMovement',
  'PAIN LEVEL',
  'TemperatureSite',
]

const expected: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'draeger-ack-watchdog.hl7': [['acknowledgement']],
  'draeger-pcd04-alarm.hl7': [['device draeger', '2019-11-27T15:05:43.000Z technical probe-off start']],
  'draeger-pcd04-watchdog.hl7': [['heartbeat']],
  'draeger-pcd05-alarm.hl7': refused('not-observations'),
  'emory-capsule-waveform.hl7': refused(
    'no-readings',
    'row 1 MDC_ECG_LEAD_I: waveform',
    'row 2 MDC_ECG_LEAD_II: waveform',
  ),
  'ihe-mc-philips-gateway-heartbeat-as-printed.hl7': refused('wrapped-lines'),
  'ihe-mc-philips-heartbeat.hl7': [['heartbeat']],
  'ihe-pcd01-acme-nibp-episodic.hl7': [
    [
      'device acme',
      '2011-06-02T04:58:42.000Z systolicMmHg 111 mm[Hg]',
      '2011-06-02T04:58:42.000Z diastolicMmHg 60 mm[Hg]',
      '2011-06-02T04:58:42.000Z meanPressureMmHg 80 mm[Hg]',
      '2011-06-02T04:58:42.000Z heartRatePerMin 63 {beat}/min',
    ],
  ],
  'ihe-pcd01-philips-continuous.hl7': [
    [
      'device philips',
      '2015-01-22T11:50:00.000Z systolicMmHg 117 266016 questionable',
      '2015-01-22T11:50:00.000Z diastolicMmHg 82 266016 questionable',
      '2015-01-22T11:50:00.000Z meanPressureMmHg 90 266016 questionable',
      '2015-01-22T18:26:56.000Z heartRatePerMin 80 264864 questionable',
      '2015-01-22T18:26:56.000Z respiratoryRatePerMin 30 264928 questionable',
      '2015-01-22T18:26:56.000Z spo2Percent 99 262688 questionable',
      'row 10 MDC_ECG_TIME_PD_QT_GL: unmapped',
      'row 11 MDC_ECG_TIME_PD_QTc: unmapped',
      'row 13 MDC_ECG_STAT_RHY: unmapped',
      'row 17 MDC_PULS_OXIM_PERF_REL: unmapped',
    ],
  ],
  'ihe-pcd01-soap-envelope-bp.xml': refused('not-er7'),
  'ihe-pcd03-application-reject-as-printed.hl7': refused('wrapped-lines'),
  'ihe-pcd03-dopamine-order-as-printed.hl7': refused('wrapped-lines'),
  'ihe-pcd04-bbraun-occlusion-end-as-printed.hl7': refused('wrapped-lines'),
  'ihe-pcd04-bbraun-occlusion-end-unwrapped.hl7': refused('alarm-not-taken'),
  'ihe-pcd04-bbraun-occlusion-start-as-printed.hl7': refused('wrapped-lines'),
  'ihe-pcd04-livedata-advisory-as-printed.hl7': refused('wrapped-lines'),
  'ihe-pcd04-mindray-low-spo2-start-as-printed.hl7': refused('wrapped-lines'),
  'ihe-pcd04-mindray-low-spo2-start-unwrapped.hl7': refused('alarm-not-taken'),
  'ihe-pcd10-pump-delivery-start.hl7': refused('pump-event'),
  'msfhirconverter-mdm-t02-01-empty-ed.hl7': refused('not-observations'),
  'msfhirconverter-oru-r01-01.hl7': refused(
    'no-readings',
    'row 1 heartrate: outside-order',
    'row 2 : outside-order',
    'row 3 Bacteria identified in Stool by Culture: unmapped',
    'row 4 Serum or Plasma: unmapped',
    'row 5 Bacteria identified: not-measured',
  ),
  'pythonhl7-bad-batch.hl7': refused('batch-without-message'),
  'pythonhl7-file-two-batches.hl7': [
    ['refused not-observations'],
    ['refused not-observations'],
    ['refused not-observations'],
  ],
  'pythonhl7-repetition-subcomponent.hl7': refused('no-observations'),
  // 8 May 2020 is summer time in London: the clock on the message is an hour ahead of UTC.
  'simhospital-vitals-9.hl7': [
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:06:45.000Z systolicMmHg 85.8 MDC_DIM_MMHG',
      '2020-05-08T12:06:45.000Z spo2Percent 70.53 MDC_DIM_PERCENT',
      '2020-05-08T12:06:45.000Z temperatureCelsius 36.37 MDC_DIM_DEGC',
      '2020-05-08T12:06:45.000Z diastolicMmHg 86.28 MDC_DIM_MMHG',
      '2020-05-08T12:06:45.000Z heartRatePerMin 122.68 MDC_DIM_BEAT_PER_MIN',
      'row 7 MDC_RESP_RATE: no-value',
    ],
  ],
  'simhospital-vitals-155.hl7': [
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:07:50.000Z systolicMmHg 75.36 MDC_DIM_MMHG',
      '2020-05-08T12:07:50.000Z spo2Percent 71.95 MDC_DIM_PERCENT',
      '2020-05-08T12:07:50.000Z temperatureCelsius 36.92 MDC_DIM_DEGC',
      '2020-05-08T12:07:50.000Z diastolicMmHg 94.18 MDC_DIM_MMHG',
      '2020-05-08T12:07:50.000Z heartRatePerMin 79.45 MDC_DIM_BEAT_PER_MIN',
      'row 7 MDC_RESP_RATE: no-value',
    ],
  ],
  'simhospital-vitals-265.hl7': [
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:08:34.000Z systolicMmHg 140.36 MDC_DIM_MMHG',
      '2020-05-08T12:08:34.000Z temperatureCelsius 36.17 MDC_DIM_DEGC',
      '2020-05-08T12:08:34.000Z spo2Percent 48.03 MDC_DIM_PERCENT',
      '2020-05-08T12:08:34.000Z heartRatePerMin 103.24 MDC_DIM_BEAT_PER_MIN',
      '2020-05-08T12:08:34.000Z diastolicMmHg 75.64 MDC_DIM_MMHG',
      'row 8 MDC_RESP_RATE: no-value',
    ],
  ],
  'simhospital-vitals-stream.hl7': [
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:07:32.000Z diastolicMmHg 90.26 MDC_DIM_MMHG',
      '2020-05-08T12:07:32.000Z heartRatePerMin 155.84 MDC_DIM_BEAT_PER_MIN',
      '2020-05-08T12:07:32.000Z systolicMmHg 148.27 MDC_DIM_MMHG',
      '2020-05-08T12:07:32.000Z spo2Percent 49.39 MDC_DIM_PERCENT',
      '2020-05-08T12:07:32.000Z temperatureCelsius 36.05 MDC_DIM_DEGC',
      'row 13 MDC_RESP_RATE: no-value',
    ],
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:07:44.000Z temperatureCelsius 37.79 MDC_DIM_DEGC',
      '2020-05-08T12:07:44.000Z spo2Percent 74.67 MDC_DIM_PERCENT',
      '2020-05-08T12:07:44.000Z heartRatePerMin 126.44 MDC_DIM_BEAT_PER_MIN',
      '2020-05-08T12:07:44.000Z diastolicMmHg 77.17 MDC_DIM_MMHG',
      '2020-05-08T12:07:44.000Z systolicMmHg 140.62 MDC_DIM_MMHG',
      'row 5 MDC_RESP_RATE: no-value',
    ],
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:07:47.000Z systolicMmHg 141.48 MDC_DIM_MMHG',
      '2020-05-08T12:07:47.000Z spo2Percent 66.33 MDC_DIM_PERCENT',
      '2020-05-08T12:07:47.000Z temperatureCelsius 37.96 MDC_DIM_DEGC',
      '2020-05-08T12:07:47.000Z diastolicMmHg 69.01 MDC_DIM_MMHG',
      '2020-05-08T12:07:47.000Z heartRatePerMin 184.87 MDC_DIM_BEAT_PER_MIN',
      'row 8 MDC_RESP_RATE: no-value',
    ],
    [
      'device simhospital, zone assumed 5',
      '2020-05-08T12:07:49.000Z spo2Percent 78.68 MDC_DIM_PERCENT',
      '2020-05-08T12:07:49.000Z temperatureCelsius 36.52 MDC_DIM_DEGC',
      '2020-05-08T12:07:49.000Z diastolicMmHg 79.62 MDC_DIM_MMHG',
      '2020-05-08T12:07:49.000Z heartRatePerMin 161.71 MDC_DIM_BEAT_PER_MIN',
      '2020-05-08T12:07:49.000Z systolicMmHg 107.49 MDC_DIM_MMHG',
      'row 4 MDC_RESP_RATE: no-value',
    ],
  ],
  'uvpocd-philips-mx500-waveform.hl7': [
    [
      'device mx500',
      '2021-04-26T03:03:31.496Z heartRatePerMin 60 264864',
      'row 5 MDC_ECG_STAT_RHY: unmapped',
      'row 6 MDC_ATTR_FILTER_LABEL_STRING: waveform',
      'row 7 MDC_ECG_ELEC_POTL_I: waveform',
    ],
  ],
}

describe.skipIf(!present)(`messages of others${present ? '' : ` (skipped: no ${folder})`}`, () => {
  it('stand in the table, every one', () => {
    expect(
      readdirSync(folder)
        .filter((name) => /\.(hl7|xml)$/.test(name))
        .sort(),
    ).toEqual(Object.keys(expected).sort())
  })

  it.each(Object.entries(expected))('%s', (file, messages) => {
    const found = read(file)
    const relevant = found.map((lines) =>
      lines.filter((line) => !SIMHOSPITAL_OTHER.some((code) => line.endsWith(` ${code}: unmapped`))),
    )
    expect(relevant).toEqual(messages)
  })

  it('a value whose status says that there is none is refused unless the configuration says otherwise', () => {
    const strict = {
      ...mapping,
      devices: mapping.devices.map((one) => ({ ...one, statusX: 'refuse' as const })),
    }
    const [lines] = read('ihe-pcd01-philips-continuous.hl7', strict)
    expect(lines![0]).toBe('refused no-readings')
    expect(lines!.filter((line) => line.endsWith(': no-result'))).toHaveLength(6)
  })

  it('are explained to the person who connects a monitor', () => {
    const lines = explain(
      readFileSync(join(folder, 'simhospital-vitals-9.hl7')),
      mapping,
      Date.UTC(2026, 10, 23),
    )
    expect(lines.slice(0, 2)).toEqual([
      'message 1: simhospital (simhospital), in the zone of the configuration',
      '  2020-05-08T12:06:45.000Z systolicMmHg 85.8 MDC_DIM_MMHG ok',
    ])
    expect(lines).toContain('  row 7 MDC_RESP_RATE: no-value')
    expect(explain(readFileSync(join(folder, 'pythonhl7-bad-batch.hl7')), mapping, 0)).toEqual([
      'message 1: refused, batch-without-message: A batch envelope without a message.',
    ])
  })

  it('nothing of a test or training message is taken where the clinic takes production alone', () => {
    const production = { ...mapping, processing: ['P'] }
    expect(read('simhospital-vitals-9.hl7', production)).toEqual([['refused not-production']])
    expect(read('draeger-pcd04-alarm.hl7', production)).toEqual([['refused not-production']])
  })

  it('every reading is one the wire takes, without a problem, and no name of a person goes with it', () => {
    const names =
      /Hon|Albert|BEDS|TEDSONS|Rahman|Knight|Webb|Banbury|Barnes|Dierick|LastName|12345|Data\^Simulated/
    for (const file of Object.keys(expected)) {
      for (const message of messagesIn(file)) {
        const result = readText(message, mapping, Date.UTC(2026, 10, 23))
        if (result.kind !== 'readings') continue
        const { samples, technical } = result
        const batch = {
          schema: WIRE_SCHEMA,
          deviceId: 'x',
          sequence: 1,
          sentAt: '2026-11-23T00:00:00.000Z',
          samples,
          technical,
        }
        expect(parseBatch(batch)).toMatchObject({ ok: true, problems: [] })
        expect(JSON.stringify(batch)).not.toMatch(names)
      }
    }
  })
})
