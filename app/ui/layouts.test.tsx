import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { PortalLayout } from './portal-layout.tsx'
import { SiteLayout } from './site-layout.tsx'
import { WorkLayout } from './work-layout.tsx'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document
const clinic = {
  name: 'Example Clinic',
  phoneDisplay: '(555) 010-0142',
  phoneHref: 'tel:+15550100142',
  addressLines: ['1 Example Street'],
  city: 'Exampleton, ME 04101',
}
const nav = [
  { href: '/a', label: 'A', count: 3 },
  { href: '/b', label: 'B', count: 0 },
]
const rooms = {
  site: (demonstration: boolean) => (
    <SiteLayout clinic={clinic} nav={nav} currentPath="/a/1" demonstration={demonstration}>
      <h1>Page</h1>
    </SiteLayout>
  ),
  portal: (demonstration: boolean) => (
    <PortalLayout
      clinic={clinic}
      nav={nav}
      currentPath="/a/1"
      demonstration={demonstration}
      signOutAction="/sign-out"
    >
      <h1>Page</h1>
    </PortalLayout>
  ),
  work: (demonstration: boolean) => (
    <WorkLayout
      clinic={clinic}
      person={{ name: 'Ines', role: 'Nurse' }}
      nav={nav}
      currentPath="/a/1"
      demonstration={demonstration}
    >
      <h1>Page</h1>
    </WorkLayout>
  ),
}

describe.each(Object.entries(rooms))('%s layout', (_, room) => {
  test('starts with a link to its one main part', () => {
    const page = draw(room(true))
    expect(page.querySelector('a')?.getAttribute('href')).toBe('#main')
    expect(page.querySelectorAll('main#main').length).toBe(1)
  })

  test('marks the current entry', () => {
    const current = [...draw(room(true)).querySelectorAll('[aria-current=page]')].map((link) =>
      link.getAttribute('href'),
    )
    expect(new Set(current)).toEqual(new Set(['/a']))
  })

  test('says when its data are invented, and only then', () => {
    expect(draw(room(true)).body.textContent).toContain('Demonstration data')
    expect(draw(room(false)).body.textContent).not.toContain('Demonstration data')
  })

  test('has no inline style, no script and no id twice', () => {
    const page = draw(room(true))
    expect(page.querySelectorAll('[style], style, script, [onclick]').length).toBe(0)
    const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test.each(['site', 'portal'] as const)('%s says where to turn in a crisis', (room) => {
  const hrefs = [...draw(rooms[room](false)).querySelectorAll('a')].map((link) => link.getAttribute('href'))
  expect(hrefs).toEqual(expect.arrayContaining(['tel:988', 'sms:988', 'tel:911']))
})

test('the site searches, calls and asks without script', () => {
  const page = draw(rooms.site(false))
  expect(page.querySelector('form[action="/search"]')?.getAttribute('method')).toBe('get')
  expect(page.querySelector('form input[name=q]')).not.toBeNull()
  expect(page.querySelector(`.site-actions a[href="${clinic.phoneHref}"]`)).not.toBeNull()
  expect(page.querySelector('.site-actions a[href="/request"]')).not.toBeNull()
  expect(page.querySelector('footer')?.textContent).toContain('off-label')
})

test('overdue safety concerns interrupt; none leaves no strip', () => {
  const room = (count: number) =>
    draw(
      <WorkLayout
        clinic={clinic}
        person={{ name: 'Ines', role: 'Nurse' }}
        nav={nav}
        currentPath="/a"
        demonstration={false}
        overdueSafety={{ count, href: '/safety' }}
      >
        x
      </WorkLayout>,
    )
  expect(room(2).querySelector('[role=alert] a')?.textContent).toBe('2 safety concerns are overdue')
  expect(room(1).querySelector('[role=alert] a')?.textContent).toBe('1 safety concern is overdue')
  expect(room(0).querySelector('[role=alert]')).toBeNull()
})

test('a count of zero is not shown', () => {
  expect(
    [...draw(rooms.work(false)).querySelectorAll('.work-nav .nav-count')].map((count) => count.textContent),
  ).toEqual(['3'])
})
