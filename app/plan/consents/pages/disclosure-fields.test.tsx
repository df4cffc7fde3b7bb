import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { DisclosureFields } from './disclosure-fields.tsx'

it('says beside the last day that it is over', () => {
  const html = renderToStaticMarkup(
    <DisclosureFields
      typed={() => undefined}
      errors={{ expiresOn: 'This day is over.' }}
      clinicName="Harbor"
    />,
  )
  const { document } = parseHTML(`<html><body>${html}</body></html>`)
  const field = document.querySelector('[name="expiresOn"]')!
  const said = document.getElementById(field.getAttribute('aria-describedby')!.split(' ').at(-1)!)
  expect(said?.textContent).toContain('This day is over.')
})
