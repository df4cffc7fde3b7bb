import { expect, it } from 'vitest'
import * as z from 'zod'
import { parseForm } from './form.ts'

const schema = z.object({ name: z.string(), weekdays: z.array(z.string()) })

it('reads a list with nothing ticked as empty, not as missing', () => {
  const form = new FormData()
  form.set('name', 'Morning')
  expect(parseForm(schema, form, ['weekdays'])).toEqual({
    ok: true,
    value: { name: 'Morning', weekdays: [] },
  })
})

it('reads a list ticked once as a list, without empty entries', () => {
  const form = new FormData()
  form.set('name', 'Morning')
  form.append('weekdays', '1')
  form.append('weekdays', '')
  expect(parseForm(schema, form, ['weekdays'])).toMatchObject({ ok: true, value: { weekdays: ['1'] } })
})
