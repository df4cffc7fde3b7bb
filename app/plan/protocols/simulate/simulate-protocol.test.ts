import { describe, expect, it } from 'vitest'
import { ELIGIBILITY_RULES } from '../../../assess/index.ts'
import type { ClinicId, MembershipId } from '../../../platform/ids.ts'
import { parseInstant } from '../../../platform/time.ts'
import { DOSING, STANDARD_TYPES } from '../../diary/appointment-type.ts'
import type { DiaryFacts } from '../../diary/diary-facts.ts'
import { audKare } from '../library/aud-kare.ts'
import type { Protocol } from '../protocol.ts'
import { protocolById } from '../protocol-library.ts'
import { readingsOfSession, simulateProtocol } from './simulate-protocol.ts'

const clinic = (chairs: number, nurses: number): DiaryFacts => ({
  clinic: {
    id: 'clinic' as ClinicId,
    slug: 'harbor',
    timeZone: 'America/New_York',
    openingHours: [],
  } as unknown as DiaryFacts['clinic'],
  types: [],
  chairs: Array.from({ length: chairs }, (_, i) => ({
    id: `chair-${i}`,
    name: `Chair ${i}`,
    roomName: 'Blue room',
    roomId: 'room',
    turnaroundMin: 30,
    retired: false,
  })) as unknown as DiaryFacts['chairs'],
  rooms: [],
  equipment: [],
  staff: Array.from({ length: nurses }, (_, i) => ({
    membershipId: `nurse-${i}` as MembershipId,
    name: `Nurse ${i}`,
    parts: ['nurse'],
  })),
  weeks: [],
  leaves: [],
  closures: [],
})

function simulated(protocol: Protocol, options: { seed?: number; people?: number; diary?: DiaryFacts } = {}) {
  const run = simulateProtocol({
    protocol,
    seed: options.seed ?? 7,
    people: options.people ?? 60,
    rules: ELIGIBILITY_RULES,
    diary: options.diary ?? clinic(3, 2),
    from: parseInstant('2026-11-23T14:00:00Z'),
  })
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}

const found = (report: ReturnType<typeof simulated>, id: string) =>
  [...report.orders, ...report.diary, ...report.readings, ...report.excludedBy].find((f) => f.id === id)

describe('a simulation', () => {
  it('says the same for the same seed and something else for another', () => {
    expect(simulated(audKare)).toEqual(simulated(audKare))
    expect(simulated(audKare, { seed: 8 }).doseMg).not.toEqual(simulated(audKare).doseMg)
  })

  it('gives each figure what it is counted in', () => {
    const report = simulated(audKare)
    for (const finding of [...report.orders, ...report.diary, ...report.readings, ...report.excludedBy]) {
      expect(finding.count).toBeLessThanOrEqual(finding.of)
      expect(finding.ofWhat).not.toBe('')
    }
    expect(report.eligible.of).toBe(60)
    expect(found(report, 'reason')).toMatchObject({ count: 0, of: report.eligible.count })
    expect(report.assumptions.length).toBeGreaterThan(3)
  })

  it('counts what meets a ceiling: 2 mg/kg by injection always needs a reason', () => {
    const report = simulated(protocolById('oud-kpt')!)
    expect(found(report, 'reason')).toMatchObject({ count: report.eligible.count, of: report.eligible.count })
  })

  it('says that nothing can be worked out while a figure is unknown', () => {
    const report = simulated(protocolById('can-step')!)
    expect(report.doseMg).toBeNull()
    expect(report.obstacles).toEqual(['No order could be worked out.'])
  })

  it.each([
    ['no chair', clinic(0, 2), 'no-series-place'],
    ['no nurse', clinic(3, 0), 'no-series-nurse'],
  ])('says that with %s no course finds a place', (_case, diary, id) => {
    const report = simulated(audKare, { diary })
    const eligible = report.eligible.count
    expect(found(report, 'no-series')).toMatchObject({ count: eligible, of: eligible })
    expect(found(report, id)).toMatchObject({ count: eligible })
    expect(report.obstacles).toEqual(['No course found a place in the diary.'])
    expect(found(report, 'missed')).toMatchObject({ count: 0, of: 0 })
  })

  it('keeps a pump free for infusions: without one no infusion finds a place, and a spray does', () => {
    const dosing = STANDARD_TYPES.find(({ code }) => code === DOSING)!
    const diary = {
      ...clinic(3, 2),
      types: [{ ...dosing, needs: { ...dosing.needs, equipment: ['infusion-pump'] } }],
    }
    const placed = (protocol: Protocol) => found(simulated(protocol, { diary }), 'no-series-equipment')?.count
    expect(placed(audKare)).toBe(simulated(audKare).eligible.count)
    expect(placed(protocolById('esk-trd')!)).toBeUndefined()
  })

  it('says that the visit does not hold the session, though the diary has a place for it', () => {
    const { dose } = audKare
    if (dose.kind !== 'infusion-mg-per-kg') throw new Error('this protocol is an infusion')
    const steps = [{ ...dose.steps[0]!, durationMin: { value: 60, origin: 'clinic' as const } }]
    const report = simulated({ ...audKare, dose: { ...dose, steps } })
    expect(found(report, 'no-series')).toMatchObject({ count: 0 })
    expect(report.obstacles).toEqual([expect.stringContaining('The dose takes 60 min')])
    expect(simulated(audKare).obstacles).toEqual([])
  })

  it('meets a full diary before an empty one', () => {
    const spray = protocolById('esk-trd')!
    const small = found(simulated(spray, { diary: clinic(1, 1) }), 'no-series')!
    const large = found(simulated(spray, { diary: clinic(8, 6) }), 'no-series')!
    expect(small.count).toBeGreaterThan(large.count)
  })

  // Before the start, every 10 min of 40, then 15, 30, 45 and 60 min after the end.
  it('counts the readings of a session as the bedside clock asks for them', () => {
    expect(readingsOfSession(audKare)).toBe(9)
  })
})
