import { describe, expect, it } from 'vitest'
import { ROUTES } from '../protocols/protocol.ts'
import { DOSING, STANDARD_TYPES } from './appointment-type.ts'
import { typeForRoute } from './needs-by-route.ts'

const asking = (code: string) => {
  const type = STANDARD_TYPES.find((each) => each.code === code)!
  const equipment = ['infusion-pump', 'pump', 'monitor', 'syringe-pumps', 'pumpkin']
  return { ...type, needs: { ...type.needs, equipment } }
}

describe('the equipment of a dosing visit', () => {
  it.each(ROUTES)('holds a pump only where the dose runs through one: %s', (route) => {
    const { needs } = typeForRoute(asking(DOSING), route)
    expect(needs.equipment).toEqual(
      route === 'intravenous' ? asking(DOSING).needs.equipment : ['monitor', 'pumpkin'],
    )
    expect({ ...needs, equipment: [] }).toEqual({ ...asking(DOSING).needs, equipment: [] })
  })

  it('stays as it is where no route is known, and for other kinds of appointments', () => {
    expect(typeForRoute(asking(DOSING), undefined)).toEqual(asking(DOSING))
    expect(typeForRoute(asking('check'), 'nasal-esketamine')).toEqual(asking('check'))
  })
})
