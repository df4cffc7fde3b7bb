import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { languageOf } from '../../platform/language.ts'
import type { PublicPage } from './public-pages.ts'

/** A node of schema.org's graph. */
export type Node = Readonly<Record<string, unknown>>

export type Clinic = Pick<
  ClinicProfile,
  | 'name'
  | 'city'
  | 'region'
  | 'addressLines'
  | 'phoneDisplay'
  | 'email'
  | 'openingHours'
  | 'services'
  | 'demonstration'
>

/** A question with the sentences that answer it at once; the rest stands on the page. */
export type Answered = { readonly id: string; readonly question: string; readonly answer: string }

/**
 * What a public page says of itself to machines, as schema.org's JSON-LD.
 *
 * A demonstration claims only what is true: the clinic's name and town, and that the rest is invented. Street,
 * telephone, hours and services of a demonstration stand nowhere in it. Nothing here comes from a request.
 *
 * @param base origin of the site without a slash at the end, from configuration
 * @param questions for the page of questions; others give none
 */
export function structuredData(
  page: PublicPage,
  clinic: Clinic,
  base: string,
  questions: readonly Answered[] = [],
): Node {
  const about = page.kind === 'home' || page.path === '/location'
  return {
    '@context': 'https://schema.org',
    '@graph': [
      about ? wholeClinic(clinic, base) : namedClinic(clinic, base),
      ...(page.kind === 'home' ? [site(clinic, base)] : []),
      webPage(page, base, questions),
      ...crumbs(page, base),
    ],
  }
}

const idOfClinic = (base: string) => `${base}/#clinic`

function namedClinic({ name }: Clinic, base: string): Node {
  return { '@type': 'MedicalClinic', '@id': idOfClinic(base), name, url: `${base}/` }
}

function wholeClinic(clinic: Clinic, base: string): Node {
  const place = {
    '@type': 'PostalAddress',
    ...(clinic.city ? { addressLocality: clinic.city } : {}),
    ...(clinic.region ? { addressRegion: clinic.region } : {}),
  }
  if (clinic.demonstration)
    return {
      ...namedClinic(clinic, base),
      description: 'A demonstration. Street, telephone number, hours, services and prices are invented.',
      address: place,
    }
  const hours = clinic.openingHours.flatMap(openingInWords)
  return {
    ...namedClinic(clinic, base),
    address: {
      ...place,
      ...(clinic.addressLines.length > 0 ? { streetAddress: clinic.addressLines.join(', ') } : {}),
    },
    ...(clinic.phoneDisplay ? { telephone: clinic.phoneDisplay } : {}),
    ...(clinic.email ? { email: clinic.email } : {}),
    ...(hours.length > 0 ? { openingHours: hours } : {}),
    ...(clinic.services.length > 0
      ? {
          availableService: clinic.services.map(({ name, summary }) => ({
            '@type': 'MedicalTherapy',
            name,
            description: summary,
          })),
        }
      : {}),
  }
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** "Monday to Friday", 08:00, 17:00 as `Mo-Fr 08:00-17:00`; nothing when the days are said in another way or it is closed. */
function openingInWords(row: ClinicProfile['openingHours'][number]): string[] {
  const found = /^(\w+day)(?:(?: to |[-–])(\w+day))?s?$/i.exec(row.days.trim())
  const named = [found?.[1], found?.[2]].filter((day) => day !== undefined)
  if (named.length === 0 || !named.every((day) => days.includes(day)) || !row.opens || !row.closes) return []
  return [`${named.map((day) => day.slice(0, 2)).join('-')} ${row.opens}-${row.closes}`]
}

function site({ name }: Clinic, base: string): Node {
  return {
    '@type': 'WebSite',
    '@id': `${base}/#site`,
    name,
    url: `${base}/`,
    inLanguage: 'en-US',
    publisher: { '@id': idOfClinic(base) },
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${base}/search?q={search_term_string}` },
      'query-input': 'required name=search_term_string',
    },
  }
}

const medical: ReadonlySet<PublicPage['kind']> = new Set(['text', 'condition', 'article'])

function webPage(page: PublicPage, base: string, questions: readonly Answered[]): Node {
  const url = base + page.path
  return {
    '@type': questions.length > 0 ? 'FAQPage' : medical.has(page.kind) ? 'MedicalWebPage' : 'WebPage',
    '@id': `${url}#page`,
    url,
    name: page.title,
    description: page.summary,
    inLanguage: languageOf(page.path) === 'es' ? 'es-US' : 'en-US',
    publisher: { '@id': idOfClinic(base) },
    ...(medical.has(page.kind) ? { audience: { '@type': 'MedicalAudience', audienceType: 'Patient' } } : {}),
    ...(page.reviewedOn === null ? {} : { lastReviewed: page.reviewedOn }),
    ...(questions.length > 0
      ? {
          mainEntity: questions.map(({ id, question, answer }) => ({
            '@type': 'Question',
            name: question,
            url: `${url}#${id}`,
            acceptedAnswer: { '@type': 'Answer', text: answer },
          })),
        }
      : {}),
  }
}

const listOf: Readonly<Partial<Record<PublicPage['kind'], { path: string; name: string }>>> = {
  condition: { path: '/conditions', name: 'Conditions' },
  study: { path: '/studies', name: 'All studies' },
  article: { path: '/articles', name: 'Articles' },
}

function crumbs(page: PublicPage, base: string): Node[] {
  const list = listOf[page.kind]
  if (list === undefined) return []
  const item = (position: number, path: string, name: string) => ({
    '@type': 'ListItem',
    position,
    name,
    item: base + path,
  })
  return [
    {
      '@type': 'BreadcrumbList',
      itemListElement: [item(1, list.path, list.name), item(2, page.path, page.title)],
    },
  ]
}
