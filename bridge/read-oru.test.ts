import { describe, expect, it } from 'vitest'
import { decodeHl7, messagesOfFile, parseHl7 } from './hl7-text.ts'
import type { Device, Mapping } from './mapping.ts'
import { readText } from './read-oru.ts'

const room: Device = { deviceId: 'm1', room: 'Room 1', match: { location: 'W^1^1' }, statusX: 'refuse' }
const mapping: Mapping = {
  devices: [room],
  codes: [
    { system: 'VENDOR', code: 'HR', sign: 'heartRatePerMin' },
    { code: 'SATS', sign: 'spo2Percent', unit: '%' },
  ],
  events: [{ code: 'V_CUFF', kind: 'cuff-fault', sign: 'systolicMmHg' }],
  units: { 'mm hg': 'mm[Hg]' },
  zone: 'UTC',
  processing: ['P'],
}
const head = (more: { type?: string; id?: string; processing?: string } = {}) =>
  `MSH|^~\\&|GW|FAC|||20260101120000+0000||${more.type ?? 'ORU^R01'}|${more.id ?? 'c1'}|${more.processing ?? 'P'}|2.6`
const message = (rows: readonly string[], own: Parameters<typeof head>[0] = {}) =>
  [head(own), 'PID|||1||A^B', 'PV1||I|W^1^1', 'OBR|1||||||20260101115900+0000', ...rows].join('\r')
const read = (text: string, own: Partial<Mapping> = {}) => readText(text, { ...mapping, ...own }, 0)

/** One row as value, unit and quality, or as the reason why it gave nothing. */
function row(obx: string, own: Partial<Mapping> = {}): string {
  const found = read(message([obx]), own)
  if (found.kind === 'readings') {
    const [sample] = found.samples
    return `${sample!.sign} ${sample!.value} ${sample!.unit} ${sample!.quality ?? 'ok'}`
  }
  return found.kind === 'refused' ? (found.rows[0]?.reason ?? found.reason) : found.kind
}

const HR = '147842^MDC_ECG_CARD_BEAT_RATE^MDC'
const SYS = '150021^MDC_PRESS_BLD_NONINV_SYS^MDC'

describe('a row of a message', () => {
  it.each([
    ['a plain value', `OBX|1|NM|${HR}||72|/min|||||F`, 'heartRatePerMin 72 /min ok'],
    ['without a value type', `OBX|1||${HR}||72|/min|||||F`, 'heartRatePerMin 72 /min ok'],
    ['as text', `OBX|1|ST|${HR}||72|/min|||||F`, 'heartRatePerMin 72 /min ok'],
    ['a structured numeric', `OBX|1|SN|${HR}||^72|/min|||||F`, 'heartRatePerMin 72 /min ok'],
    ['a comparator', `OBX|1|SN|${HR}||>^72|/min|||||F`, 'not-a-number'],
    ['below what can be measured', `OBX|1|NM|${HR}||<30|/min|||||F`, 'not-a-number'],
    ['a comma', `OBX|1|NM|${HR}||72,5|/min|||||F`, 'not-a-number'],
    ['a blank within', `OBX|1|NM|${HR}||- 5|/min|||||F`, 'not-a-number'],
    ['an exponent', `OBX|1|NM|${HR}||7e1|/min|||||F`, 'not-a-number'],
    ['dashes', `OBX|1|ST|${HR}||---|/min|||||F`, 'not-a-number'],
    ['a negative value is not dropped', `OBX|1|NM|${HR}||-5|/min|||||F`, 'heartRatePerMin -5 /min ok'],
    ['two values', `OBX|1|NM|${HR}||72~74|/min|||||F`, 'repeated-value'],
    ['no value', `OBX|1|NM|${HR}|||/min|||||F`, 'no-value'],
    ['the word for delete', `OBX|1|NM|${HR}||""|/min|||||F`, 'no-value'],
    ['an array', `OBX|1|NA|${HR}||72^73|/min|||||F`, 'waveform'],
    ['a document', `OBX|1|ED|${HR}||^a^b|/min|||||F`, 'not-a-number'],

    ['LOINC', 'OBX|1|NM|8867-4^Heart rate^LN||72|/min|||||F', 'heartRatePerMin 72 /min ok'],
    ['a vendor’s code', 'OBX|1|NM|HR^pulse^VENDOR||72|/min|||||F', 'heartRatePerMin 72 /min ok'],
    ['the same code of another vendor', 'OBX|1|NM|HR^pulse^OTHER||72|/min|||||F', 'unmapped'],
    [
      'a vendor’s code with an MDC second',
      `OBX|1|NM|X^x^OTHER^${HR}||72|/min|||||F`,
      'heartRatePerMin 72 /min ok',
    ],
    ['codes for two signs', `OBX|1|NM|8867-4^Heart rate^LN^${SYS}||72|/min|||||F`, 'codes-disagree'],
    ['a code and a name for two signs', 'OBX|1|NM|150021^MDC_RESP_RATE^MDC||72|/min|||||F', 'codes-disagree'],
    ['no code', 'OBX|1|NM|||72|/min|||||F', 'unmapped'],

    ['MDC unit', `OBX|1|NM|${SYS}||120|266016^MDC_DIM_MMHG^MDC|||||F`, 'systolicMmHg 120 266016 ok'],
    ['UCUM with annotation', `OBX|1|NM|${HR}||72|{beat}/min^^UCUM|||||F`, 'heartRatePerMin 72 {beat}/min ok'],
    ['an alias of the configuration', `OBX|1|NM|${SYS}||120|mm hg|||||F`, 'systolicMmHg 120 mm[Hg] ok'],
    ['kilopascal stays as sent', `OBX|1|NM|${SYS}||16|kPa|||||F`, 'systolicMmHg 16 kPa ok'],
    ['no unit', `OBX|1|NM|${HR}||72||||||F`, 'no-unit'],
    ['no unit, one configured', 'OBX|1|NM|SATS||97||||||F', 'spo2Percent 97 % ok'],
    ['an unknown unit', `OBX|1|NM|${SYS}||120|furlong|||||F`, 'unknown-unit'],
    ['a unit of another kind', `OBX|1|NM|${SYS}||120|%|||||F`, 'unit-of-another-kind'],
    [
      'two units that mean the same',
      `OBX|1|NM|${SYS}||120|266016^MDC_DIM_MMHG^MDC^mm[Hg]^mm[Hg]^UCUM|||||F`,
      'systolicMmHg 120 266016 ok',
    ],
    ['two units that do not', `OBX|1|NM|${SYS}||120|mm[Hg]^^UCUM^kPa^^UCUM|||||F`, 'units-disagree'],
    ['two units of two kinds', `OBX|1|NM|${SYS}||120|mm[Hg]^^UCUM^%^^UCUM|||||F`, 'units-disagree'],
    ['an escaped separator in a unit', `OBX|1|NM|${SYS}||120|mm\\T\\Hg|||||F`, 'unknown-unit'],

    ...(['F', 'R', 'C', 'U'] as const).map((status) => [
      `status ${status}`,
      `OBX|1|NM|${HR}||72|/min|||||${status}`,
      'heartRatePerMin 72 /min ok',
    ]),
    ...(['P', 'S', ''] as const).map((status) => [
      `status ${status || 'empty'}`,
      `OBX|1|NM|${HR}||72|/min|||||${status}`,
      'heartRatePerMin 72 /min questionable',
    ]),
    ...(['D', 'W'] as const).map((status) => [
      `status ${status}`,
      `OBX|1|NM|${HR}||72|/min|||||${status}`,
      'heartRatePerMin 72 /min invalid',
    ]),
    ['status D without the figure', `OBX|1|NM|${HR}||""|/min|||||D`, 'withdrawn'],
    ...(['N', 'I', 'O'] as const).map((status) => [
      `status ${status}`,
      `OBX|1|NM|${HR}||72|/min|||||${status}`,
      'not-measured',
    ]),
    ['status X', `OBX|1|NM|${HR}||72|/min|||||X`, 'no-result'],
    ['status nobody knows', `OBX|1|NM|${HR}||72|/min|||||Q`, 'unknown-status'],
    [
      'questionable by its flag',
      `OBX|1|NM|${HR}||72|/min||N~QUES|||F`,
      'heartRatePerMin 72 /min questionable',
    ],
    ['invalid by its flag', `OBX|1|NM|${HR}||72|/min||INV|||F`, 'heartRatePerMin 72 /min invalid'],
    ['not available by its flag', `OBX|1|NM|${HR}||72|/min||NAV|||F`, 'no-result'],
    ['a demonstration', `OBX|1|NM|${HR}||72|/min||DEMO|||F`, 'not-of-a-person'],
    ['a time that cannot be read', `OBX|1|NM|${HR}||72|/min|||||F|||yesterday`, 'time-unreadable'],
    ['a day only', `OBX|1|NM|${HR}||72|/min|||||F|||20260101`, 'time-too-coarse'],
  ])('%s', (_, obx, expected) => {
    expect(row(obx!)).toBe(expected)
  })

  it('keeps a value under X as questionable where the device writes X on everything', () => {
    const devices = [{ ...room, statusX: 'questionable' as const }]
    expect(row(`OBX|1|NM|${HR}||72|/min|||||X`, { devices })).toBe('heartRatePerMin 72 /min questionable')
    expect(row(`OBX|1|NM|${HR}|||/min|||||X`, { devices })).toBe('no-value')
  })

  it('before any order, or under an order of waves, it gives nothing', () => {
    const lines = [head(), 'PV1||I|W^1^1', `OBX|1|NM|${HR}||72|/min|||||F`]
    expect(read(lines.join('\r'))).toMatchObject({ rows: [{ row: 1, reason: 'outside-order' }] })
    const wave = [...lines.slice(0, 2), 'OBR|1|||69121^MDC_OBS_WAVE_CTS^MDC', `OBX|1|NM|${HR}||72|/min|||||F`]
    expect(read(wave.join('\r'))).toMatchObject({ rows: [{ row: 1, reason: 'waveform' }] })
  })

  it('one row’s trouble is not another’s', () => {
    const found = read(message([`OBX|1|NM|${HR}||72|/min|||||F`, `OBX|2|NM|${SYS}||?|mmHg|||||F`]))
    expect(found).toMatchObject({
      kind: 'readings',
      samples: [
        {
          sign: 'heartRatePerMin',
          measuredAt: '2026-01-01T11:59:00.000Z',
          receivedAt: '1970-01-01T00:00:00.000Z',
        },
      ],
      rows: [{ row: 2, code: 'MDC_PRESS_BLD_NONINV_SYS', reason: 'not-a-number' }],
    })
  })
})

describe('a message', () => {
  const good = `OBX|1|NM|${HR}||72|/min|||||F`
  it.each([
    ['a type nobody asked for', message([good], { type: 'ADT^A01' }), 'not-observations'],
    ['an unsolicited result of another event', message([good], { type: 'ORU^R30' }), 'not-observations'],
    ['a pump', message([good], { type: 'ORU^R42' }), 'pump-event'],
    ['without control id', message([good], { id: ' ' }), 'no-control-id'],
    ['of a training system', message([good], { processing: 'T' }), 'not-production'],
    ['of two people', message([good, 'PID|||2||C^D', good]), 'several-patients'],
    ['of a bed nobody named', message([good]).replace('W^1^1', 'W^1^2'), 'unknown-device'],
    ['without rows', message([]), 'no-observations'],
    [
      'an alarm with a value',
      message([`OBX|1|ST|196670^MDC_EVT_LO^MDC||Low`, good], { type: 'ORU^R40' }),
      'alarm-not-taken',
    ],
    ['empty', ' \r\n', 'empty'],
    ['no HL7', 'GET / HTTP/1.1', 'not-er7'],
    ['other separators', 'MSH$%~\\&$GW', 'not-er7'],
    ['only its beginning', 'MSH|^~\\', 'not-er7'],
    ['two in one envelope', `${message([good])}\r${message([good])}`, 'several-messages'],
    ['a batch', `BHS|^~\\&|\r${message([good])}\rBTS|1`, 'batch-envelope'],
    ['a batch of nothing', 'FHS|^~\\&|\rBHS|^~\\&|', 'batch-without-message'],
    ['a wrapped line', message([good.replace('|72', '|\r72')]), 'wrapped-lines'],
    ['an empty line within', message([good]).replace('\rPV1', '\r\rPV1'), 'wrapped-lines'],
    ['two kinds of line ends', message([good]).replace('\rPV1', '\nPV1'), 'mixed-line-ends'],
    ['endless separators', message([good, `OBX|2|ST|a||${'~'.repeat(50_000)}`]), 'too-many-parts'],
    ['endless segments', message(Array(3000).fill('NTE|1')), 'too-many-parts'],
  ])('%s is refused by name', (_, text, reason) => {
    expect(read(text)).toMatchObject({ kind: 'refused', reason })
  })

  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
  ])('may end its lines with %s, and have some of them at its end', (_, end) => {
    expect(read(message([good]).replaceAll('\r', end) + end + end).kind).toBe('readings')
  })

  it('fits two devices: refused, since either could be wrong', () => {
    const devices = [room, { ...room, deviceId: 'm2', match: { application: 'GW' } }]
    expect(read(message([good]), { devices })).toMatchObject({ reason: 'ambiguous-device' })
    const exact = [room, { ...room, deviceId: 'm2', match: { application: 'GW', facility: 'other' } }]
    expect(read(message([good]), { devices: exact })).toMatchObject({ device: { deviceId: 'm1' } })
  })

  it('is known by the equipment of a row', () => {
    const devices = [{ ...room, match: { equipment: 'SN-7' } }]
    expect(read(message([`${good}|||||||SN-7^x`]), { devices })).toMatchObject({ device: { deviceId: 'm1' } })
    expect(read(message([good]), { devices })).toMatchObject({ reason: 'unknown-device' })
  })

  it('tells of the device by the configuration’s events', () => {
    const alarm = (phase: string) =>
      message(
        [
          'OBX|1|CWE|196616^MDC_EVT_ALARM^MDC||V_CUFF^cuff leak^VENDOR||||||F',
          `OBX|2|ST|68481^MDC_ATTR_EVENT_PHASE^MDC||${phase}||||||F`,
        ],
        { type: 'ORU^R40' },
      )
    const technical = { at: '2026-01-01T11:59:00.000Z', kind: 'cuff-fault', sign: 'systolicMmHg' }
    expect(read(alarm('start'))).toMatchObject({ samples: [], technical: [{ ...technical, phase: 'start' }] })
    expect(read(alarm('end'))).toMatchObject({ technical: [{ ...technical, phase: 'end' }] })
  })
})

describe('bytes', () => {
  it('are UTF-8, or the set the header names, or no text', () => {
    const text = message([`OBX|1|NM|${HR}||72|°|||||F`])
    expect(decodeHl7(new TextEncoder().encode(text))).toEqual({ text })
    const latin = Buffer.from(`${text.replace('|2.6', '|2.6||||||8859/1')}`, 'latin1')
    expect(decodeHl7(latin)).toMatchObject({ text: expect.stringContaining('°') })
    expect(decodeHl7(Buffer.from(text, 'latin1'))).toEqual({ problem: 'not-text' })
    expect(decodeHl7(Buffer.from('MSH\0'))).toEqual({ problem: 'not-text' })
    expect(decodeHl7(Buffer.alloc(0))).toEqual({ problem: 'empty' })
  })

  it('of a file are its messages, without the envelope', () => {
    expect(messagesOfFile('FHS|x\rBHS|y\rMSH|1\rPID|\rMSH|2\rBTS|2\rBHS|z\rMSH|3\rBTS|1\rFTS|2\r')).toEqual([
      'MSH|1\rPID|\r',
      'MSH|2',
      'MSH|3',
    ])
    expect(messagesOfFile('BHS|x\rEVN|')).toEqual(['BHS|x\rEVN|'])
  })

  it('a header of version 2.7 has a fifth sign', () => {
    expect(parseHl7('MSH|^~\\&#|a')).not.toBeTypeOf('string')
  })
})
