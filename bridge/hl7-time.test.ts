import { describe, expect, it } from 'vitest'
import { instantIn, isZone, measuredAt, readHl7Time } from './hl7-time.ts'

const iso = (ms: number) => new Date(ms).toISOString()

describe('a time as HL7 writes it', () => {
  it.each([
    ['20150122182656', '2015-01-22T18:26:56.000Z', undefined],
    ['201501221826', '2015-01-22T18:26:00.000Z', undefined],
    ['20210425230332.872-0400', '2021-04-25T23:03:32.872Z', -240],
    ['20220627085521038+0000', '2022-06-27T08:55:21.038Z', 0],
    ['201203141259-0215', '2012-03-14T12:59:00.000Z', -135],
    ['20150122182656.5+0530', '2015-01-22T18:26:56.500Z', 330],
    [' 20150122182656 ', '2015-01-22T18:26:56.000Z', undefined],
  ])('%s', (text, wall, offsetMinutes) => {
    expect(readHl7Time(text)).toEqual({ wallMs: Date.parse(wall), offsetMinutes })
  })

  it.each([
    ['2015', 'time-too-coarse'],
    ['20150122', 'time-too-coarse'],
    ['2015012218', 'time-too-coarse'],
    ['', 'time-unreadable'],
    ['20150231120000', 'time-unreadable'],
    ['20151301120000', 'time-unreadable'],
    ['20150122246000', 'time-unreadable'],
    ['20080101123456- 0600', 'time-unreadable'],
    ['2015-01-22T18:26:56Z', 'time-unreadable'],
    ['18991230120000', 'time-unreadable'],
  ])('%s is none: %s', (text, problem) => {
    expect(readHl7Time(text)).toBe(problem)
  })
})

describe('when a value was measured', () => {
  const at = (obx14: string, obr7: string, msh7: string, zone = '+0100') => {
    const found = measuredAt({ obx14, obr7, msh7 }, zone)
    return typeof found === 'string'
      ? found
      : `${iso(found.atMs)} ${found.from}${found.zoneAssumed ? ' assumed' : ''}`
  }
  it.each([
    [
      'its own time and zone',
      at('20200101120000-0500', '20200101130000+0000', '20200101140000+0000'),
      '2020-01-01T17:00:00.000Z OBX-14',
    ],
    [
      'its own time, the zone of the order',
      at('20200101120000', '20200101130000-0500', '20200101140000+0000'),
      '2020-01-01T17:00:00.000Z OBX-14',
    ],
    [
      'its own time, the zone of the header',
      at('20200101120000', '20200101130000', '20200101140000+0200'),
      '2020-01-01T10:00:00.000Z OBX-14',
    ],
    [
      'the time of the order',
      at('', '20200101130000', '20200101140000+0000'),
      '2020-01-01T13:00:00.000Z OBR-7',
    ],
    ['the time of the header', at('', '', '20200101140000'), '2020-01-01T13:00:00.000Z MSH-7 assumed'],
    ['HL7’s word for nothing', at('""', '""', '20200101140000+0000'), '2020-01-01T14:00:00.000Z MSH-7'],
    [
      'a time that cannot be read does not become the next one',
      at('2020XX', '20200101130000', '20200101140000'),
      'time-unreadable',
    ],
    ['nor a day without an hour', at('20200101', '20200101130000', '20200101140000'), 'time-too-coarse'],
    ['no time anywhere', at('', '', ''), 'time-unreadable'],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected)
  })
})

describe('a clock in a configured zone', () => {
  it.each([
    ['+0530', '2020-01-01T12:00:00Z', '2020-01-01T06:30:00.000Z'],
    ['America/Chicago', '2026-01-15T12:00:00Z', '2026-01-15T18:00:00.000Z'],
    ['America/Chicago', '2026-07-15T12:00:00Z', '2026-07-15T17:00:00.000Z'],
    // 1 November 2026: one o'clock comes twice; the first is taken.
    ['America/Chicago', '2026-11-01T01:30:00Z', '2026-11-01T06:30:00.000Z'],
    ['America/Chicago', '2026-11-01T02:30:00Z', '2026-11-01T08:30:00.000Z'],
    ['America/Chicago', '2026-11-01T00:30:00Z', '2026-11-01T05:30:00.000Z'],
    // 8 March 2026: half past two does not exist; a clock that was not put forward says so.
    ['America/Chicago', '2026-03-08T02:30:00Z', '2026-03-08T08:30:00.000Z'],
    ['America/Chicago', '2026-03-08T03:30:00Z', '2026-03-08T08:30:00.000Z'],
    ['America/Chicago', '2026-03-08T01:30:00Z', '2026-03-08T07:30:00.000Z'],
  ])('%s %s is %s', (zone, wall, instant) => {
    expect(iso(instantIn(zone, Date.parse(wall)))).toBe(instant)
  })

  it('knows a zone from a slip of the pen', () => {
    expect(['UTC', '+0100', 'Europe/London', 'America/Chicgo', '+1', ''].map(isZone)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
