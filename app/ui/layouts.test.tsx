import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { PortalLayout } from './portal-layout.tsx'
import { SiteLayout } from './site-layout.tsx'
import { WorkLayout } from './work-layout.tsx'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document
/** An attribute by its name in any case, as a browser reads it. */
const attribute = (element: Element | null, name: string) =>
  [...(element?.attributes ?? [])].find((one) => one.name.toLowerCase() === name)?.value
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

test('call, location and request are one tap from every page, at a desk and on a phone', () => {
  const page = draw(rooms.site(false))
  for (const place of ['.site-actions', '.site-reach']) {
    const hrefs = [...page.querySelectorAll(`${place} a`)].map((link) => link.getAttribute('href'))
    expect(hrefs).toEqual(expect.arrayContaining([clinic.phoneHref, '/location', '/request']))
  }
})

test('the menu opens by the browser alone', () => {
  const page = draw(rooms.site(false))
  const opener = page.querySelector('.site-menu-button')
  const menu = page.getElementById(attribute(opener, 'popovertarget')!)
  expect(menu?.hasAttribute('popover')).toBe(true)
  expect(menu?.querySelector('nav a[href="/a"]')).not.toBeNull()
})

test('the way out leads to another house, says nothing of where one was, and has a key', () => {
  const exit = draw(rooms.site(false)).querySelector('.quick-exit')
  expect(exit?.getAttribute('href')).toMatch(/^https:/)
  expect(exit?.getAttribute('rel')).toContain('noreferrer')
  expect(attribute(exit, 'accesskey')).toBe('x')
})

test('discreet reading is offered at the foot, and ended at the top', () => {
  const site = (on: boolean) =>
    draw(
      <SiteLayout
        clinic={clinic}
        nav={nav}
        currentPath="/a"
        demonstration={false}
        discreet={{ on, switchHref: on ? '/a' : '/quiet/a' }}
      >
        x
      </SiteLayout>,
    )
  expect(site(false).querySelector('footer a[href="/quiet/a"]')).not.toBeNull()
  expect(site(false).querySelector('.discreet-strip')).toBeNull()
  expect(site(true).querySelector('.discreet-strip a[href="/a"]')?.hasAttribute('data-plain')).toBe(true)
  expect(site(true).querySelector('footer a[href="/a"]:not(nav a)')).toBeNull()
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
