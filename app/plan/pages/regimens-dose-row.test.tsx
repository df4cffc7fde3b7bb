import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DoseRowFields } from './regimens-dose-row.tsx'

test('minutes of a route that takes none are kept, and hidden by the route alone', () => {
  const values = { 'r1-d1-route': 'im', 'r1-d1-amount': '0.5', 'r1-d1-over': '40' }
  const html = renderToStaticMarkup(<DoseRowFields values={values} errors={{}} place={1} row={1} />)
  const row = parseHTML(`<html><body>${html}</body></html>`).document
  const over = row.querySelector('.regimens-dose .regimens-over')!
  expect(over.querySelector('input')!.getAttribute('value')).toBe('40')
  expect(over.textContent).toMatch('Only for infusions.')
  // What the style sheet asks of: a select whose name ends in -route, and its options.
  expect(row.querySelector('.regimens-dose select[name$="-route"] > option[value="infusion"]')).not.toBeNull()
  const css = readFileSync(new URL('../regimens/regimens.css', import.meta.url), 'utf8')
  expect(css).toMatch(
    /:has\(select\[name\$="-route"\] > option:not\(\[value="infusion"\]\):checked\) \.regimens-over \{\s+display: none/,
  )
})
