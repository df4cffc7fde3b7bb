import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import type { ToRead } from '../signed-act.server.ts'
import { ReadAndSign } from './read-and-sign.tsx'

const read: ToRead = {
  says: 'A line.',
  second: 'required',
  asked: '2026-11-23T15:00:00.000Z' as Instant,
  shown: '',
  typed: [],
  secondEmail: '',
  errors: {},
  changed: false,
}

/** The names of what has the cursor once the page stands. */
function focused(of: Partial<ToRead>, own: boolean) {
  const html = renderToStaticMarkup(<ReadAndSign read={{ ...read, ...of }} leaveHref="/" own={own} />)
  return (html.match(/<[^>]*autofocus[^>]*>/g) ?? []).map((tag) => /name="([^"]*)"/.exec(tag)?.[1])
}

it.each([
  ['their own password, where they sign', {}, true, ['password']],
  ['their own password, where nobody else has to', { second: 'optional' }, true, ['password']],
  ['who witnesses, where only they sign', {}, false, ['secondEmail']],
  ['the button, where nobody has to', { second: 'optional' }, false, ['intent']],
  ['the summary of errors, where there is one', { errors: { password: 'No.' } }, true, [undefined]],
] as const)('the cursor is at %s', (_, of, own, names) => {
  expect(focused(of, own)).toEqual(names)
})

it('says what waits for a witness, and that the same would stand twice', () => {
  const waits = { href: '/work/witness/1', words: 'Waste 1.20 mL.', since: '12:04' }
  const shown = (again: boolean) =>
    renderToStaticMarkup(<ReadAndSign read={{ ...read, waiting: [{ ...waits, again }] }} leaveHref="/" />)
  expect(shown(false)).toContain('It waits for a witness since 12:04.')
  expect(shown(false)).not.toContain('twice')
  expect(shown(true)).toContain('in the ledger twice')
})
