import { describe, expect, it } from 'vitest'
import { audKare } from './library/aud-kare.ts'
import type { Protocol } from './protocol.ts'
import { libraryIds, libraryVersions, protocolById } from './protocol-library.ts'
import { leastVisitMin, visitProblems } from './visit-holds.ts'

const audMet = protocolById('aud-met')!
const spray = protocolById('esk-trd')!

/** A version with steps, parts of the visit ("Infusion 40") and least minutes before leaving. */
function timed(
  protocol: Protocol,
  { stepsMin, parts, leaveMin }: { stepsMin?: number[]; parts?: readonly string[]; leaveMin?: number },
): Protocol {
  const { dose } = protocol
  return {
    ...protocol,
    dose:
      stepsMin && dose.kind === 'infusion-mg-per-kg'
        ? {
            ...dose,
            steps: stepsMin.map((value, i) => ({
              ...dose.steps[Math.min(i, dose.steps.length - 1)]!,
              durationMin: { value, origin: 'clinic' },
            })),
          }
        : dose,
    visit: parts
      ? {
          origin: 'clinic',
          parts: parts.map((text) => ({
            title: text.replace(/ \d+$/, ''),
            minutes: Number(text.split(' ').at(-1)),
          })),
        }
      : protocol.visit,
    discharge: {
      ...protocol.discharge,
      minMinutesAfterEnd: leaveMin ?? protocol.discharge.minMinutesAfterEnd,
    },
  }
}

const paths = (protocol: Protocol) => visitProblems(protocol).map(({ path }) => path)

describe('the visit of a protocol', () => {
  it.each(libraryIds().flatMap((id) => libraryVersions(id).map((p) => [`${id} ${p.version}`, p] as const)))(
    'holds the session of %s',
    (_, protocol) => expect(visitProblems(protocol)).toEqual([]),
  )

  // audKare: 40 min to arrive, 40 of infusion, 60 to recover, 40 to leave; nobody leaves within 60.
  it.each<[string, Protocol, readonly string[]]>([
    ['an infusion of 60 min in a part of 40', timed(audKare, { stepsMin: [60] }), ['visit.parts.1.minutes']],
    ['an infusion one minute too long', timed(audKare, { stepsMin: [41] }), ['visit.parts.1.minutes']],
    ['a shorter infusion', timed(audKare, { stepsMin: [20] }), []],
    [
      'the part made as long',
      timed(audKare, { stepsMin: [60], parts: ['Arrival 40', 'Infusion 60', 'Recovery 60', 'Checks 40'] }),
      [],
    ],
    ['what comes after it too short', timed(audKare, { leaveMin: 101 }), ['visit.parts.1.minutes']],
    ['what comes after it just long enough', timed(audKare, { leaveMin: 100 }), []],
    [
      'no time before it',
      timed(audKare, { parts: ['Infusion 40', 'Recovery 100'] }),
      ['visit.parts.0.minutes'],
    ],
    [
      'too little before it for the forms',
      timed(audKare, { parts: ['Arrival 14', 'Infusion 40', 'Recovery 60'] }),
      ['visit.parts.1.minutes'],
    ],
    ['just enough before it', timed(audKare, { parts: ['Arrival 15', 'Infusion 40', 'Recovery 60'] }), []],
    [
      'another name, too short',
      timed(audKare, { stepsMin: [60], parts: ['Arrival 40', 'Treatment 40', 'Recovery 60', 'Checks 40'] }),
      ['visit.parts.1.minutes'],
    ],
    [
      'another name, long enough',
      timed(audKare, { stepsMin: [60], parts: ['Arrival 40', 'Treatment 60', 'Recovery 60'] }),
      [],
    ],
    [
      'dose and watching in one part',
      timed(audKare, { parts: ['Arrival 40', 'Infusion and recovery 100', 'Checks 20'] }),
      [],
    ],
    [
      'dose and watching in one part, too short',
      timed(audKare, { parts: ['Arrival 40', 'Infusion and recovery 99', 'Checks 20'] }),
      ['visit.parts.1.minutes'],
    ],
    ['without a name for it, at the end', timed(audKare, { parts: ['Arrival 40', 'Treatment 100'] }), []],
    ['one part for everything', timed(audKare, { parts: ['Visit 115'] }), []],
    [
      'one part for everything, too short',
      timed(audKare, { parts: ['Visit 114'] }),
      ['visit.parts.0.minutes'],
    ],
    ['a bolus and an infusion in one part', audMet, []],
    ['two steps longer than their part', timed(audMet, { stepsMin: [2, 51] }), ['visit.parts.1.minutes']],
    [
      'a part for each step',
      timed(audMet, { parts: ['Arrival 40', 'Bolus 2', 'Infusion 50', 'Recovery 60'] }),
      [],
    ],
    [
      'a part for each step, one too short',
      timed(audMet, { parts: ['Arrival 40', 'Bolus 2', 'Infusion 49', 'Recovery 60'] }),
      ['visit.parts.2.minutes'],
    ],
    ['a spray watched for longer than the visit', timed(spray, { leaveMin: 141 }), ['visit.parts.1.minutes']],
    ['a spray watched for as long', timed(spray, { leaveMin: 140 }), []],
  ])('%s', (_, protocol, expected) => expect(paths(protocol)).toEqual(expected))

  it('says both figures in words', () => {
    expect(visitProblems(timed(audKare, { stepsMin: [60] }))[0]!.words).toBe(
      'The dose takes 60 min, and the visit gives 40 min to “Infusion”. Give it at least 60 min.',
    )
    expect(visitProblems(timed(audKare, { leaveMin: 120 }))[0]!.words).toBe(
      'The parts of the visit, 180 min together, do not hold the session in its order: 15 min before the dose, 40 min for it, then at least 120 min before anybody leaves.',
    )
  })
})

describe('the length a dose of other minutes needs', () => {
  it.each<[string, Protocol, number, number | undefined]>([
    ['as the protocol', audKare, 40, 180],
    ['longer', audKare, 70, 210],
    ['shorter', audKare, 30, 170],
    ['a version whose part was too short already', timed(audKare, { stepsMin: [60] }), 60, 200],
    ['a part with room to spare', timed(audKare, { stepsMin: [30] }), 40, 180],
    [
      'one part for dose and watching',
      timed(audKare, { parts: ['Arrival 40', 'Infusion and recovery 100'] }),
      70,
      170,
    ],
    ['no part named for it', timed(audKare, { parts: ['Arrival 40', 'Treatment 100'] }), 70, 170],
    ['a bolus and an infusion', audMet, 62, 202],
    ['given at once', spray, 0, undefined],
  ])('%s', (_, protocol, doseMin, expected) => expect(leastVisitMin(protocol, doseMin)).toBe(expected))
})
