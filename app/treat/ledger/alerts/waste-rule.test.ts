import { describe, expect, it } from 'vitest'
import { ago, codes, facts, moved, only, session, sessions } from '../../../../tests/stock-for-alerts.ts'
import type { Instant } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import { ledgerAlerts } from './alert-rules.ts'

let count = 0

describe('waste unlike that of colleagues', () => {
  const colleagues = () => [...sessions(20, 'ben', 10), ...sessions(20, 'cleo', 0)]

  it('names somebody with far more sessions of much waste, with the figures and no verdict', () => {
    const movements = [...sessions(6, 'ana', 40), ...sessions(6, 'ana', 0), ...colleagues()]
    const alert = only('waste-unlike-colleagues', { movements })
    expect(alert.severity).toBe('red')
    expect(alert.detail).toMatch(
      /^In 6 of 12 sessions of the last 90 days more than 25 % of what was drawn was wasted; with colleagues in 0 of 40\. /,
    )
    expect(alert.todo).toMatch(/a question, not a finding/)
    expect(alert.ids.accounts).toEqual(['ana'])
    expect(alert.ids.sessions).toHaveLength(6)
  })

  it('is Fisher’s exact test, adjusted after Holm: 3 of 12 beside 0 of 40 is amber', () => {
    // One-sided: C(12,3) / C(52,3) = 220 / 22100 = 0.00995; times three people compared 0.0299.
    const movements = [...sessions(3, 'ana', 26), ...sessions(9, 'ana', 0), ...colleagues()]
    const alert = only('waste-unlike-colleagues', { movements })
    expect(alert.severity).toBe('amber')
    expect(alert.detail).toMatch(/Chance alone would show as much in at most 1 of 33 looks\.$/)
    // 2 of 12: 66 / 1326 = 0.0498, times three.
    expect(
      codes({ movements: [...sessions(2, 'ana', 26), ...sessions(10, 'ana', 0), ...colleagues()] }),
    ).toEqual([])
  })

  it('never names anybody on fewer than ten sessions, whatever was wasted', () => {
    expect(codes({ movements: [...sessions(9, 'ana', 90), ...colleagues()] })).toEqual([])
    expect(codes({ movements: [...sessions(10, 'ana', 90), ...colleagues()] })).toEqual([
      'waste-unlike-colleagues',
    ])
  })

  it('says that nobody is compared where colleagues have too few', () => {
    const { alerts, notJudged } = ledgerAlerts(
      facts({ movements: [...sessions(30, 'ana', 90), ...sessions(9, 'ben', 0)] }),
    )
    expect(alerts).toEqual([])
    expect(notJudged[0]?.words).toMatch(/nobody is compared yet/)
  })

  it('exactly the share that is set is not much yet', () => {
    expect(codes({ movements: [...sessions(12, 'ana', 25), ...colleagues()] })).toEqual([])
    expect(codes({ movements: [...sessions(12, 'ana', 26), ...colleagues()] })).toEqual([
      'waste-unlike-colleagues',
    ])
  })

  it('looks at 90 days, at the day itself too', () => {
    const at = (when: Instant) => [...sessions(12, 'ana', 60, { at: when }), ...colleagues()]
    expect(codes({ movements: at(ago(90)) })).toEqual(['waste-unlike-colleagues'])
    expect(codes({ movements: at(ago(90, -1)) })).toEqual([])
  })

  it('counts what was returned as not drawn, and no session whose syringe is not empty', () => {
    const returned = (by: string) => {
      count += 1
      const every = { by, sessionId: `session-${count}` as SessionId }
      return [
        moved('draw', { ...every, hundredths: 300 }),
        moved('return', { ...every, hundredths: 200 }),
        moved('waste', { ...every, hundredths: 30 }),
        moved('give', { ...every, hundredths: 70 }),
      ]
    }
    const all = Array.from({ length: 12 }, () => returned('ana'))
    expect(codes({ movements: [...all.flat(), ...colleagues()] })).toEqual(['waste-unlike-colleagues'])
    const underWay = all.flatMap(([draw, , waste]) => [draw!, waste!])
    expect(codes({ movements: [...underWay, ...colleagues()] })).toEqual([])
  })

  it('counts what was not wasted after all as not wasted', () => {
    const setRight = Array.from({ length: 12 }, () => {
      const own = session('ana', 60)
      const every = { by: 'ana', sessionId: own[0]!.sessionId!, hundredths: 60 }
      return [...own, moved('waste-back', every), moved('give', every)]
    })
    expect(codes({ movements: [...setRight.flat(), ...colleagues()] })).toEqual([])
  })

  it('is of who drew most, not of who wasted', () => {
    const movements = Array.from({ length: 12 }, () => session('ana', 60))
      .flat()
      .map((movement) => (movement.kind === 'waste' ? { ...movement, by: 'ben' } : movement))
    expect(
      only('waste-unlike-colleagues', { movements: [...movements, ...colleagues()] }).ids.accounts,
    ).toEqual(['ana'])
  })

  it('where much waste is the rule it says that the share is set too low', () => {
    const { notJudged } = ledgerAlerts(
      facts({ movements: [...sessions(15, 'ana', 60), ...sessions(15, 'ben', 60)] }),
    )
    expect(notJudged[0]?.words).toMatch(/in 30 of 30 sessions more than 25 % .* set a higher share/)
  })
})
