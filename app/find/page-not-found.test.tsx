import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { ClinicProfile } from '../platform/clinic-profile.ts'
import { pageNotFound } from './page-not-found.server.ts'
import { SpanishNotFound } from './spanish/pages/spanish-not-found.tsx'

const clinic = {
  id: 'c',
  name: 'N',
  city: '',
  region: '',
  addressLines: [],
  services: [],
} as unknown as ClinicProfile

/** How a loader ends at an address: where it leads, or what is told to the page. */
function at(path: string): { status: number; location?: string | null; said?: unknown } {
  try {
    return pageNotFound({ clinic, url: new URL(path, 'http://clinic.test') })
  } catch (ended) {
    if (ended instanceof Response) return { status: ended.status, location: ended.headers.get('location') }
    const { data, init } = ended as { data: unknown; init: { status: number } }
    return { status: init.status, said: data }
  }
}

describe('an address that leads nowhere', () => {
  it.each([
    ['/i-want-to-die', true],
    ['/es/quiero-morir', true],
    ['/es/no-quiero-vivir.html', true],
    // Only words that no search looks for.
    ['/i-cant-go-on', true],
    ['/es/dejar-de-beber', false],
    ['/es/request/state/quiero-morir', false],
    ['/side-efects', false],
  ])('%s: help first is %s', (path, crisis) => {
    expect(at(path)).toMatchObject({ status: 404, said: { crisis } })
  })

  it('in Spanish shows help first in Spanish, and otherwise does not', () => {
    const shown = (said: unknown) => renderToStaticMarkup(<SpanishNotFound said={said} />)
    const crisis = shown(at('/es/quiero-morir').said)
    expect(crisis).toContain('href="tel:988"')
    expect(crisis).toContain('href="/es/help-now"')
    for (const said of [at('/es/dejar-de-beber').said, 'There is nothing here', undefined, null])
      expect(shown(said)).not.toContain('988')
  })
})
