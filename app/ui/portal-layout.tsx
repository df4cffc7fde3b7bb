import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import type { ClinicFace, NavItem } from './clinic-face.ts'
import { CrisisHelp } from './crisis-help.tsx'
import { currentHref } from './current-page.ts'
import { DemonstrationRibbon } from './demonstration-ribbon.tsx'
import { type FrameLanguage, FrameLanguageContext, frameWords } from './frame-words.ts'
import { Horizon } from './horizon.tsx'
import { LanguageLink, type OtherLanguage } from './language-link.tsx'
import { Logo } from './logo.tsx'
import { NavCount } from './nav-count.tsx'
import { SignOutForm } from './sign-out-form.tsx'

/** The rooms of the portal. */
export const portalNav: readonly NavItem[] = [
  { href: '/portal', label: 'Today' },
  { href: '/portal/check-ins', label: 'Check-ins' },
  { href: '/portal/progress', label: 'Progress' },
  { href: '/portal/appointments', label: 'Visits' },
  { href: '/portal/documents', label: 'Documents' },
]

/**
 * The patient's portal around a page: one quiet column.
 *
 * @param language of the page and of what the frame says
 * @param otherLanguage this page in the other language, when it has one
 * @param homeHref where the name leads when there is no navigation, default `/`
 * @param personName the person who is signed in, as they want to be called; undefined on pages reached by a link alone
 * @param nav entries, default Today, Check-ins, Progress, Visits, Documents; an empty list hides the navigation
 * @param signOutAction where the sign-out form posts; undefined when nobody is signed in
 */
export function PortalLayout({
  language = 'en',
  otherLanguage,
  homeHref = '/',
  clinic,
  personName,
  nav = portalNav,
  currentPath,
  demonstration,
  signOutAction,
  printSize,
  children,
}: {
  language?: FrameLanguage
  otherLanguage?: OtherLanguage | undefined
  homeHref?: string
  clinic: ClinicFace
  personName?: string
  nav?: readonly NavItem[]
  currentPath: string
  demonstration: boolean
  signOutAction?: string
  /** Whether print is large now, and where the button that changes it posts to. */
  printSize?: { readonly large: boolean; readonly action: string }
  children: ReactNode
}) {
  const current = currentHref(nav, currentPath)
  const words = frameWords(language)
  return (
    <FrameLanguageContext value={language}>
      <div className="portal">
        <a className="skip" href="#main">
          {words.skipToPage}
        </a>
        {demonstration && <DemonstrationRibbon />}
        <aside className="top-strip" aria-label={words.helpAtOnce}>
          <CrisisHelp />
        </aside>
        <header className="portal-header">
          <a className="brand" href={nav[0]?.href ?? homeHref}>
            <Logo />
            <span className="brand-name">{clinic.name}</span>
          </a>
          {otherLanguage && <LanguageLink {...otherLanguage} />}
          {(personName !== undefined || signOutAction !== undefined) && (
            <div className="portal-person">
              {personName !== undefined && <span>{personName}</span>}
              {signOutAction !== undefined && <SignOutForm action={signOutAction} />}
            </div>
          )}
          {nav.length > 0 && (
            <nav className="portal-nav" aria-label="Your pages">
              <ul>
                {nav.map((item) => (
                  <li key={item.href}>
                    <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
                      {item.label}
                      <NavCount count={item.count} />
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
        </header>
        <main id="main" className="portal-main" tabIndex={-1}>
          {children}
        </main>
        <footer className="portal-footer">
          <Horizon kind="hull" />
          {printSize && (
            <form method="post" action={printSize.action} className="print-size">
              <input type="hidden" name="back" value={currentPath} />
              <input type="hidden" name="size" value={printSize.large ? 'usual' : 'large'} />
              <Button kind="quiet" size="small">
                {printSize.large ? words.usualPrint : words.largerPrint}
              </Button>
            </form>
          )}
          <CrisisHelp kind="block" />
          <p>
            {words.aboutTreatment(clinic.name)} <a href={clinic.phoneHref}>{clinic.phoneDisplay}</a>.
          </p>
          {signOutAction !== undefined && (
            <p>
              <a href="/portal/passkeys">Passkeys</a>: sign in without a password.
            </p>
          )}
        </footer>
      </div>
    </FrameLanguageContext>
  )
}
