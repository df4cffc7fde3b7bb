import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ErrorSummary } from './fields/error-summary.tsx'
import { TextField } from './fields/text-field.tsx'
import { frameWords } from './frame-words.ts'
import { PortalLayout } from './portal-layout.tsx'
import { ProgressSteps } from './progress-steps.tsx'
import { SiteLayout } from './site-layout.tsx'

const clinic = {
  name: 'Clínica',
  phoneDisplay: '703-555-0100',
  phoneHref: 'tel:+17035550100',
  addressLines: [],
  city: 'Fairfax',
}

const inside = (
  <>
    <ProgressSteps steps={[{ label: 'Uno' }, { label: 'Dos' }]} current={1} />
    <ErrorSummary errors={[{ fieldId: 'a', message: 'Falta algo' }]} />
    <TextField name="a" label="Campo" error="Falta algo" optional />
  </>
)

const site = (language: 'en' | 'es') => (
  <SiteLayout
    language={language}
    otherLanguage={{ href: '/other', language: language === 'en' ? 'es' : 'en' }}
    clinic={clinic}
    nav={[]}
    currentPath="/"
    demonstration
    signInHref="/sign-in"
    discreet={{ on: true, switchHref: '/x' }}
    footer={[{ title: 'Grupo', items: [{ href: '/a', label: 'Página' }] }]}
  >
    {inside}
  </SiteLayout>
)

const portal = (
  <PortalLayout
    language="es"
    clinic={clinic}
    nav={[]}
    currentPath="/"
    demonstration
    printSize={{ large: false, action: '/print-size' }}
  >
    {inside}
  </PortalLayout>
)

/** Everything seen or heard of a page. */
function said(html: string): string {
  const labels = [...html.matchAll(/(?:aria-label|placeholder|title|alt)="([^"]*)"/g)].map(
    (match) => match[1],
  )
  const { document } = parseHTML(`<html><body>${html}</body></html>`)
  for (const english of document.querySelectorAll('[lang=en]')) english.remove()
  return [document.body.textContent, ...labels].join(' ')
}

/** Words that stand in the English frame and in no Spanish sentence. */
const englishWords =
  /\b(the|and|or|to|you|your|this|page|call|text|help|search|skip|leave|menu|sign in|request|location|hours|all|clinic|about|what|step|done|please|write|wrote|not|known|larger|print|demonstration|person|crisis help|danger)\b/i

describe('a Spanish frame', () => {
  it.each([
    ['of the site', site('es')],
    ['of pages by link', portal],
  ])('%s has no English word', (_, frame) => {
    const words = said(renderToStaticMarkup(frame))
    expect(englishWords.exec(words)?.[0]).toBeUndefined()
  })

  it('has a word for everything, and none that is the English one', () => {
    const flat = (words: object): string[] =>
      Object.values(words).flatMap((one) =>
        typeof one === 'function'
          ? [String(one('1', 2))]
          : typeof one === 'object'
            ? flat(one)
            : [String(one)],
      )
    const [english, spanish] = [flat(frameWords('en')), flat(frameWords('es'))]
    expect(spanish).toHaveLength(english.length)
    const same = english.filter((word, at) => word === spanish[at])
    expect(same).toEqual(['Error:'])
  })

  it('calls the Spanish line of 988', () => {
    const html = renderToStaticMarkup(site('es'))
    expect(html).toContain('Llame al 988, marque 2')
    expect(html).toContain('sms:988?&amp;body=AYUDA')
  })
})

describe('the way to the other language', () => {
  it.each(['en', 'es'] as const)('names both languages in their own words on a page in %s', (language) => {
    const { document } = parseHTML(`<html><body>${renderToStaticMarkup(site(language))}</body></html>`)
    const nav = document.querySelector('.site-language')!
    expect([...nav.children].map((one) => [one.textContent, one.getAttribute('lang')])).toEqual([
      ['English', 'en'],
      ['Español', 'es'],
    ])
    expect(nav.querySelector('a')!.getAttribute('hrefLang')).toBe(language === 'en' ? 'es' : 'en')
  })
})
