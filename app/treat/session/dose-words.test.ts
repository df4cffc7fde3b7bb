import { describe, expect, it } from 'vitest'
import { DOSE_WORDS, doseKind, endedInWords, orderedKind, phaseInWords, redNowWords } from './dose-words.ts'
import { eventWords } from './event-words.ts'
import type { SessionDose } from './session.ts'
import type { SessionEvent } from './session-event.ts'

const ended = { how: 'finished', mgGiven: 40 } as SessionDose['ended']
const stopped = { how: 'stopped', mgGiven: 28 } as SessionDose['ended']
const devices = { count: 2, unitMg: 28, atMin: [5] } as SessionDose['units']
const pump = { ended: undefined }
const injection = { atOnce: 'intramuscular', ended: undefined } as const
const spray = { units: devices, ended: undefined }
const tablets = { units: devices, atOnce: 'sublingual', ended: undefined } as const

describe('a dose in the words of its route', () => {
  it('is known from the log and from the order', () => {
    expect([pump, injection, spray, tablets].map((dose) => doseKind(dose as never))).toEqual([
      'infusion',
      'injection',
      'spray',
      'tablets',
    ])
    expect(orderedKind({ route: 'subcutaneous', given: { kind: 'volume' } })).toBe('injection')
    expect(orderedKind({ route: 'nasal-esketamine', given: { kind: 'units' } })).toBe('spray')
    expect(doseKind({ atOnce: 'nasal-racemic' })).toBe('once')
    expect(orderedKind({ route: 'nasal-racemic', given: { kind: 'volume' } })).toBe('once')
    expect(orderedKind({ route: 'oral', given: { kind: 'units' } })).toBe('tablets')
    expect(orderedKind({ route: 'intravenous', given: { kind: 'infusion' } })).toBe('infusion')
  })

  it('speaks of a pump and an infusion where there is one, and nowhere else', () => {
    for (const dose of [injection, spray, tablets] as never as SessionDose[]) {
      const said = [
        ...Object.values(DOSE_WORDS[doseKind(dose)]),
        phaseInWords('monitor', dose),
        endedInWords({ ...dose, ended: stopped }),
        redNowWords(dose),
      ]
      for (const words of said) expect(words).not.toMatch(/infusion|pump/i)
    }
    expect(phaseInWords('monitor', pump as never)).toBe('Infusion')
    expect(redNowWords(pump as never)).toMatch(/stop the pump/)
  })

  it('ends as it was given', () => {
    expect(endedInWords({ ...pump, ended } as never)).toBe('Infusion finished: 40 mg given')
    expect(endedInWords({ ...injection, ended } as never)).toBe('Injection: 40 mg given')
    expect(endedInWords({ ...spray, ended: stopped } as never)).toBe('Nasal dose stopped: 28 mg given')
    expect(endedInWords({ ...tablets, ended } as never)).toBe('Tablets: 40 mg given')
  })

  it('is so in the log as in print', () => {
    const end = { kind: 'dose-finished', data: { mgGiven: 56, computedMg: 56 } } as SessionEvent
    expect(eventWords(end, spray as never)).toEqual({
      title: 'Nasal dose finished: 56 mg given',
      text: undefined,
    })
    expect(eventWords(end, pump as never).title).toBe('Infusion finished: 56 mg given')
  })

  it('asks nobody to stop what is not given any more', () => {
    for (const dose of [undefined, { ...pump, ended }, { ...spray, ended }] as never[])
      expect(redNowWords(dose)).toBe('Red: call the prescriber.')
  })
})
