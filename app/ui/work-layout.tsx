import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { ClinicFace, NavItem } from './clinic-face.ts'
import { currentHref } from './current-page.ts'
import { DemonstrationRibbon } from './demonstration-ribbon.tsx'
import { Logo } from './logo.tsx'
import { NavCount } from './nav-count.tsx'
import { SignOutForm } from './sign-out-form.tsx'
import { StateShape } from './state-chip.tsx'

/** Safety concerns that nobody has answered in time. */
export interface OverdueSafety {
  readonly count: number
  readonly href: string
  /** How long the oldest waits, for example `oldest 3 h`. */
  readonly oldest?: string
}

/**
 * The clinic's workspace around a page.
 *
 * @param person who is signed in and in which role
 * @param nav entries this role may open, with counts of what waits
 * @param overdueSafety red strip above everything; undefined or a count of 0 shows none
 * @param theme `night` for the bedside in the dark: true black, dim and red-shifted
 * @param width `wide` lets boards and tables use the whole window
 */
export function WorkLayout({
  clinic,
  person,
  nav,
  currentPath,
  demonstration,
  overdueSafety,
  theme,
  width = 'normal',
  signOutAction = '/sign-out',
  children,
}: {
  clinic: ClinicFace
  person: { readonly name: string; readonly role: string }
  nav: readonly NavItem[]
  currentPath: string
  demonstration: boolean
  overdueSafety?: OverdueSafety
  theme?: 'light' | 'dark' | 'night'
  width?: 'normal' | 'wide'
  signOutAction?: string
  children: ReactNode
}) {
  const current = currentHref(nav, currentPath)
  const here = nav.find((item) => item.href === current)
  return (
    <div className="work" data-theme={theme}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      {demonstration && <DemonstrationRibbon />}
      {overdueSafety !== undefined && overdueSafety.count > 0 && <OverdueStrip {...overdueSafety} />}
      <header className="work-header">
        <a className="brand" href={nav[0]?.href ?? '/'}>
          <Logo />
          <span className="brand-name">{clinic.name}</span>
        </a>
        <div className="work-person">
          <span className="work-person-name">{person.name}</span>
          <span className="work-person-role">{person.role}</span>
          <a className="work-person-link" href="/work/account/passkeys">
            Passkeys
          </a>
          <SignOutForm action={signOutAction} />
        </div>
      </header>
      <nav className="work-nav" aria-label="Workspace">
        <WorkNavList nav={nav} current={current} />
      </nav>
      <details className="work-menu">
        <summary>{here?.label ?? 'Menu'}</summary>
        <nav aria-label="Workspace menu">
          <WorkNavList nav={nav} current={current} />
        </nav>
      </details>
      <main id="main" className={classNames('work-main', width === 'wide' && 'work-main-wide')} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function WorkNavList({ nav, current }: { nav: readonly NavItem[]; current: string | undefined }) {
  return (
    <ul>
      {nav.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
            <span>{item.label}</span>
            <NavCount count={item.count} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function OverdueStrip({ count, href, oldest }: OverdueSafety) {
  return (
    <div className="overdue" role="alert">
      <StateShape state="red" />
      <a href={href}>
        {count === 1 ? '1 safety concern is overdue' : `${count} safety concerns are overdue`}
      </a>
      {oldest !== undefined && <span>{oldest}</span>}
    </div>
  )
}
