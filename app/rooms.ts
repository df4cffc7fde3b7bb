import type { Role } from './platform/actor.ts'
import { type ClinicProfile, phoneHref } from './platform/clinic-profile.ts'
import type { ClinicFace, NavGroup, NavItem } from './ui/index.ts'

/** What layouts show of the clinic. */
export function clinicFace(clinic: ClinicProfile): ClinicFace {
  return {
    name: clinic.name,
    phoneDisplay: clinic.phoneDisplay,
    phoneHref: phoneHref(clinic.phoneDisplay) ?? '/location',
    addressLines: clinic.addressLines,
    city: [clinic.city, clinic.region].filter(Boolean).join(', '),
  }
}

/** The header of the public site. */
export const siteNav: readonly NavItem[] = [
  { href: '/how-treatment-works', label: 'How treatment works' },
  { href: '/conditions', label: 'Conditions' },
  { href: '/studies', label: 'Evidence' },
  { href: '/services', label: 'Costs and services' },
  { href: '/questions', label: 'Questions' },
]

/** Every page of the public site, in groups: the foot of each page. A test holds every text to a place here. */
export const siteFooter: readonly NavGroup[] = [
  {
    title: 'The treatment',
    items: [
      { href: '/how-treatment-works', label: 'How treatment works' },
      { href: '/inside-a-session', label: 'Inside a session' },
      { href: '/what-it-feels-like', label: 'What it feels like' },
      { href: '/who-should-not', label: 'Who should not have it' },
      { href: '/side-effects', label: 'Side effects' },
      { href: '/bladder-and-dependence', label: 'Bladder and dependence' },
      { href: '/driving-and-the-day-after', label: 'Driving and the day after' },
      { href: '/after-care', label: 'After-care' },
    ],
  },
  {
    title: 'To understand it',
    items: [
      { href: '/how-addiction-works', label: 'How addiction works' },
      { href: '/how-craving-is-learned', label: 'How craving is learned' },
      { href: '/what-is-ketamine', label: 'What ketamine is' },
      { href: '/how-ketamine-may-act', label: 'How ketamine may act' },
      { href: '/what-else-works', label: 'What else works' },
      { href: '/for-families', label: 'For families' },
      { href: '/questions', label: 'Questions' },
      { href: '/articles', label: 'Articles' },
      { href: '/glossary', label: 'Glossary' },
    ],
  },
  {
    title: 'How sure it is',
    items: [
      { href: '/conditions', label: 'Conditions' },
      { href: '/studies', label: 'All studies' },
      { href: '/results', label: 'Results here' },
      { href: '/protocols', label: 'Plans from studies' },
      { href: '/what-does-65-percent-mean', label: 'What 65% means' },
      { href: '/about-these-pages', label: 'About these pages' },
    ],
  },
  {
    title: 'The clinic',
    items: [
      { href: '/request', label: 'Request a visit' },
      { href: '/services', label: 'Services and prices' },
      { href: '/what-it-costs', label: 'What it costs' },
      { href: '/team', label: 'Team' },
      { href: '/location', label: 'Location and hours' },
      { href: '/help-now', label: 'Help now' },
      { href: '/privacy', label: 'Privacy' },
      { href: '/reading-privately', label: 'Reading privately' },
    ],
  },
]

type WorkEntry = NavItem & { readonly roles: readonly Role[] }

const WORK_NAV: readonly WorkEntry[] = [
  { href: '/work/requests', label: 'Requests', roles: ['coordinator', 'manager'] },
  {
    href: '/work/concerns',
    label: 'Safety concerns',
    roles: ['coordinator', 'prescriber', 'nurse', 'therapist', 'manager'],
  },
  { href: '/work/results', label: 'To be looked at', roles: ['prescriber', 'nurse', 'therapist'] },
  { href: '/work/assessments', label: 'Assessments', roles: ['prescriber', 'coordinator', 'therapist'] },
  { href: '/work/work-up', label: 'Work-up', roles: ['prescriber', 'nurse', 'therapist'] },
  { href: '/work/plans', label: 'Plans', roles: ['prescriber', 'coordinator', 'nurse', 'therapist'] },
  { href: '/work/protocols', label: 'Protocols', roles: ['prescriber', 'manager'] },
  { href: '/work/board', label: 'Board', roles: ['nurse', 'prescriber', 'manager'] },
  {
    href: '/work/schedule',
    label: 'Schedule',
    roles: ['coordinator', 'nurse', 'prescriber', 'therapist', 'manager'],
  },
  { href: '/work/waiting', label: 'Waiting', roles: ['coordinator', 'nurse'] },
  { href: '/work/day-before', label: 'Day before', roles: ['coordinator', 'nurse', 'prescriber'] },
  {
    href: '/work/people',
    label: 'People',
    roles: ['coordinator', 'prescriber', 'nurse', 'therapist', 'manager'],
  },
  { href: '/work/follow-up', label: 'Follow-up', roles: ['nurse', 'therapist', 'coordinator', 'prescriber'] },
  { href: '/work/rems', label: 'REMS forms', roles: ['nurse', 'prescriber'] },
  { href: '/work/adverse-events', label: 'Adverse events', roles: ['nurse', 'prescriber'] },
  { href: '/work/stock', label: 'Stock', roles: ['nurse', 'manager'] },
  { href: '/work/witness', label: 'Witness', roles: ['nurse', 'prescriber', 'manager'] },
  { href: '/work/monitors', label: 'Monitors', roles: ['manager'] },
  {
    href: '/work/measure',
    label: 'Results',
    roles: ['prescriber', 'therapist', 'manager', 'nurse', 'researcher'],
  },
  { href: '/work/eligibility-rules', label: 'Rules', roles: ['manager'] },
  { href: '/work/regimens', label: 'Regimens', roles: ['prescriber', 'researcher', 'manager'] },
  { href: '/work/instruments', label: 'Forms', roles: ['manager'] },
  { href: '/work/chairs', label: 'Chairs', roles: ['manager'] },
  { href: '/work/calendars', label: 'Calendars', roles: ['manager'] },
  { href: '/work/documents', label: 'Documents', roles: ['manager'] },
  { href: '/work/note-template', label: 'Note layout', roles: ['manager'] },
  { href: '/work/staff', label: 'Staff', roles: ['manager'] },
  { href: '/work/outbox', label: 'Outbox', roles: ['manager'] },
]

/**
 * The workspace's navigation for somebody's roles.
 *
 * @param waiting how many wait behind an entry, by its address
 */
export function workNav(
  roles: readonly Role[],
  waiting: Readonly<Record<string, number>> = {},
): readonly NavItem[] {
  return WORK_NAV.filter((entry) => entry.roles.some((role) => roles.includes(role))).map(
    ({ href, label }) => ({ href, label, ...(waiting[href] ? { count: waiting[href] } : {}) }),
  )
}

/** Where somebody begins after signing in. */
export function firstPage(roles: readonly Role[]): string {
  if (roles.includes('coordinator')) return '/work/requests'
  if (roles.includes('prescriber')) return '/work/assessments'
  if (roles.includes('nurse')) return '/work/board'
  if (roles.includes('therapist')) return '/work/people'
  if (roles.includes('manager') || roles.includes('researcher')) return '/work/measure'
  return '/portal'
}
