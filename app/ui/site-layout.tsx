import type { ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import type { ClinicFace, NavGroup, NavItem } from './clinic-face.ts'
import { CrisisHelp } from './crisis-help.tsx'
import { currentHref } from './current-page.ts'
import { DemonstrationRibbon } from './demonstration-ribbon.tsx'
import { type FrameLanguage, FrameLanguageContext, frameWords } from './frame-words.ts'
import { Horizon } from './horizon.tsx'
import { LanguageLink, type OtherLanguage } from './language-link.tsx'
import { Logo } from './logo.tsx'

/** How a page is read with a neutral title and icon, and how that is left again. */
export interface DiscreetReading {
  readonly on: boolean
  /** This page in the other way of reading. */
  readonly switchHref: string
}

/**
 * The public site around a page: crisis help, a quick way out, name, navigation, search, call, location and request;
 * no script needed. On a phone the navigation is a `popover`, which opens without script; a browser that does not know
 * popovers shows it as it stands.
 *
 * @param language of the page and of what the frame says
 * @param otherLanguage this page in the other language, or the place that says that there is none; not offered when not given
 * @param homeHref the first page, default `/`
 * @param nav entries of the header, five or fewer
 * @param currentPath path of this page
 * @param demonstration shows the demonstration ribbon
 * @param searchQuery what was searched for, to keep it in the box
 * @param requestHref the request form, default `/request`
 * @param hoursHref page with location and hours, default `/location`
 * @param signInHref entrance for patients and staff; left out of the footer when not given
 * @param footer every page of the site in groups
 * @param quickExitHref a harmless page elsewhere, for leaving quickly
 * @param discreet the way to a neutral title and icon, or back; not offered when not given
 */
export function SiteLayout({
  language = 'en',
  otherLanguage,
  homeHref = '/',
  clinic,
  nav,
  currentPath,
  demonstration,
  searchQuery,
  requestHref = '/request',
  hoursHref = '/location',
  signInHref,
  footer = [],
  quickExitHref = 'https://www.weather.gov/',
  discreet,
  children,
}: {
  language?: FrameLanguage
  otherLanguage?: OtherLanguage
  homeHref?: string
  clinic: ClinicFace
  nav: readonly NavItem[]
  currentPath: string
  demonstration: boolean
  searchQuery?: string
  requestHref?: string
  hoursHref?: string
  signInHref?: string
  footer?: readonly NavGroup[]
  quickExitHref?: string
  discreet?: DiscreetReading
  children: ReactNode
}) {
  const current = currentHref(nav, currentPath)
  const words = frameWords(language)
  return (
    <FrameLanguageContext value={language}>
      <div className="site">
        <a className="skip" href="#main">
          {words.skip}
        </a>
        {demonstration && <DemonstrationRibbon />}
        <aside className="top-strip" aria-label={words.helpAtOnce}>
          <CrisisHelp />
          {/* biome-ignore lint/a11y/noAccessKey: leaving in one stroke is what this link is for; it takes a modifier in every browser */}
          <a className="quick-exit" href={quickExitHref} rel="noreferrer" accessKey="x">
            {words.leave}
            <span className="when-wide">{words.leaveLong}</span> <span aria-hidden="true">→</span>
          </a>
        </aside>
        {discreet?.on && (
          <aside className="discreet-strip" aria-label={words.discreet}>
            {words.discreetOn}{' '}
            <a data-plain="" href={discreet.switchHref}>
              {words.discreetOff}
            </a>
          </aside>
        )}
        <header className="site-header">
          <a className="brand" href={homeHref}>
            <Logo />
            <span className="brand-name">{clinic.name}</span>
          </a>
          {otherLanguage && <LanguageLink {...otherLanguage} />}
          <button className="site-menu-button" type="button" popoverTarget="site-menu">
            <MenuLines />
            {words.menu}
          </button>
          <div className="site-actions">
            <a className="site-place" href={hoursHref}>
              {words.location}
            </a>
            <ButtonLink kind="quiet" href={clinic.phoneHref}>
              {words.call} <span className="site-phone">{clinic.phoneDisplay}</span>
            </ButtonLink>
            <ButtonLink href={requestHref}>{words.request}</ButtonLink>
          </div>
          <div className="site-menu" id="site-menu" popover="auto">
            <nav className="site-nav" aria-label={words.main}>
              <ul>
                {nav.map((item) => (
                  <li key={item.href}>
                    <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
                      {item.label}
                    </a>
                  </li>
                ))}
                {footer.length > 0 && (
                  <li className="site-nav-all">
                    <a href="#all-pages">{words.allPages}</a>
                  </li>
                )}
              </ul>
            </nav>
            <search className="site-search">
              <form action="/search" method="get">
                <label className="hidden" htmlFor="site-search">
                  {words.searchThis}
                </label>
                <input
                  id="site-search"
                  name="q"
                  type="search"
                  placeholder={words.search}
                  maxLength={200}
                  defaultValue={searchQuery}
                />
                <button type="submit">
                  <span className="hidden">{words.search}</span>
                  <svg viewBox="0 0 20 20" aria-hidden="true">
                    <circle cx="9" cy="9" r="5.5" />
                    <path d="M13 13 L17.5 17.5" />
                  </svg>
                </button>
              </form>
            </search>
          </div>
        </header>
        <main id="main" className="site-main" tabIndex={-1}>
          {children}
        </main>
        <footer className="site-footer">
          <Horizon kind="hull" />
          {footer.length > 0 && (
            <nav className="site-pages" id="all-pages" aria-label={words.allPages}>
              {footer.map((group) => (
                <div key={group.title}>
                  <h2>{group.title}</h2>
                  <ul>
                    {group.items.map((item) => (
                      <li key={item.href}>
                        <a href={item.href}>{item.label}</a>
                      </li>
                    ))}
                  </ul>
                </div>
              ))}
            </nav>
          )}
          <div className="site-footer-parts">
            <CrisisHelp kind="block" />
            <section aria-label={words.clinic}>
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
                  <a href={hoursHref}>{words.location}</a>
                </li>
                {signInHref !== undefined && (
                  <li>
                    <a href={signInHref}>{words.signIn}</a>
                  </li>
                )}
                {discreet !== undefined && !discreet.on && (
                  <li>
                    <a href={discreet.switchHref} rel="nofollow">
                      {words.readDiscreetly}
                    </a>
                  </li>
                )}
              </ul>
            </section>
            <section aria-label={words.aboutKetamine}>
              <h2>{words.aboutKetamine}</h2>
              <p>{words.ketamine}</p>
            </section>
          </div>
        </footer>
        <aside className="site-reach" aria-label={words.reach}>
          <a href={clinic.phoneHref}>
            <ReachSign kind="call" />
            {words.call}
          </a>
          <a href={hoursHref}>
            <ReachSign kind="place" />
            {words.place}
          </a>
          <a href={requestHref}>
            <ReachSign kind="ask" />
            {words.request}
          </a>
        </aside>
      </div>
    </FrameLanguageContext>
  )
}

function MenuLines() {
  return (
    <svg className="site-sign" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 6 H17 M3 10.5 H17 M3 15 H17" />
    </svg>
  )
}

const reachSigns = {
  call: 'M5.5 3 H8 L9.2 6.6 L7.4 7.9 C8.2 9.8 10 11.6 12 12.5 L13.3 10.8 L17 12 V14.6 C17 16 15.9 17 14.5 17 C8.2 16.6 3.4 11.8 3 5.6 C2.9 4.1 4 3 5.5 3 Z',
  place:
    'M10 18 C6.5 13.6 4.5 10.8 4.5 8 A5.5 5.5 0 0 1 15.5 8 C15.5 10.8 13.5 13.6 10 18 Z M10 6 V10 M8 8 H12',
  ask: 'M3 5 H17 V14 H10 L6.5 17 V14 H3 Z M6.5 8.3 H13.5 M6.5 10.9 H11',
} as const

function ReachSign({ kind }: { kind: keyof typeof reachSigns }) {
  return (
    <svg className="site-sign" viewBox="0 0 20 20" aria-hidden="true">
      <path d={reachSigns[kind]} />
    </svg>
  )
}
