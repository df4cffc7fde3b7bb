import type { ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import type { ClinicFace, NavItem } from './clinic-face.ts'
import { CrisisHelp } from './crisis-help.tsx'
import { currentHref } from './current-page.ts'
import { DemonstrationRibbon } from './demonstration-ribbon.tsx'
import { Horizon } from './horizon.tsx'
import { Logo } from './logo.tsx'

/**
 * The public site around a page: crisis help, name, navigation, search, call and request; no script needed.
 *
 * @param nav entries of the header, five or fewer
 * @param currentPath path of this page
 * @param demonstration shows the demonstration ribbon
 * @param searchQuery what was searched for, to keep it in the box
 * @param requestHref the request form, default `/request`
 * @param hoursHref page with location and hours, default `/location`
 * @param signInHref entrance for patients and staff; left out of the footer when not given
 * @param footerNav further links for the footer
 * @param quickExitHref a harmless page elsewhere, for leaving quickly
 */
export function SiteLayout({
  clinic,
  nav,
  currentPath,
  demonstration,
  searchQuery,
  requestHref = '/request',
  hoursHref = '/location',
  signInHref,
  footerNav = [],
  quickExitHref = 'https://www.weather.gov/',
  children,
}: {
  clinic: ClinicFace
  nav: readonly NavItem[]
  currentPath: string
  demonstration: boolean
  searchQuery?: string
  requestHref?: string
  hoursHref?: string
  signInHref?: string
  footerNav?: readonly NavItem[]
  quickExitHref?: string
  children: ReactNode
}) {
  const current = currentHref(nav, currentPath)
  return (
    <div className="site">
      <a className="skip" href="#main">
        Skip to the text
      </a>
      {demonstration && <DemonstrationRibbon />}
      <aside className="top-strip" aria-label="Help at once">
        <CrisisHelp />
        <a className="quick-exit" href={quickExitHref} rel="noreferrer">
          Leave this site <span aria-hidden="true">→</span>
        </a>
      </aside>
      <header className="site-header">
        <a className="brand" href="/">
          <Logo />
          <span className="brand-name">{clinic.name}</span>
        </a>
        <div className="site-actions">
          <ButtonLink kind="quiet" href={clinic.phoneHref}>
            Call <span className="site-phone">{clinic.phoneDisplay}</span>
          </ButtonLink>
          <ButtonLink href={requestHref}>Request a visit</ButtonLink>
        </div>
        <nav className="site-nav" aria-label="Main">
          <ul>
            {nav.map((item) => (
              <li key={item.href}>
                <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
                  {item.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <search className="site-search">
          <form action="/search" method="get">
            <label className="hidden" htmlFor="site-search">
              Search this site
            </label>
            <input id="site-search" name="q" type="search" placeholder="Search" defaultValue={searchQuery} />
            <button type="submit">
              <span className="hidden">Search</span>
              <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="9" cy="9" r="5.5" />
                <path d="M13 13 L17.5 17.5" />
              </svg>
            </button>
          </form>
        </search>
      </header>
      <main id="main" className="site-main" tabIndex={-1}>
        {children}
      </main>
      <footer className="site-footer">
        <Horizon kind="hull" />
        <div className="site-footer-parts">
          <CrisisHelp kind="block" />
          <section aria-label="The clinic">
            <h2>{clinic.name}</h2>
            <address>
              {clinic.addressLines.map((line) => (
                <span key={line}>{line}</span>
              ))}
              <span>{clinic.city}</span>
              <a href={clinic.phoneHref}>{clinic.phoneDisplay}</a>
            </address>
            <ul className="site-footer-links">
              <li>
                <a href={hoursHref}>Location and hours</a>
              </li>
              {footerNav.map((item) => (
                <li key={item.href}>
                  <a href={item.href}>{item.label}</a>
                </li>
              ))}
              {signInHref !== undefined && (
                <li>
                  <a href={signInHref}>Sign in</a>
                </li>
              )}
            </ul>
          </section>
          <section aria-label="About ketamine">
            <h2>About ketamine</h2>
            <p>
              Ketamine is approved as an anesthetic. Using it to treat addiction is off-label: the Food and
              Drug Administration has not approved it for that use. It does not help everyone, it has risks,
              and we talk about both before anything is decided.
            </p>
          </section>
        </div>
      </footer>
      <aside className="site-reach" aria-label="Reach the clinic">
        <ButtonLink kind="quiet" href={clinic.phoneHref}>
          Call
        </ButtonLink>
        <ButtonLink href={requestHref}>Request a visit</ButtonLink>
      </aside>
    </div>
  )
}
