import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../platform/time.ts'
import { FrameLanguageContext } from '../../ui/frame-words.ts'
import { stepFields } from '../pages/step-fields.tsx'
import { publicState } from '../public-state.ts'
import { receipt } from '../receipt.ts'
import { readStep, STEPS, type Typed } from '../request-form.ts'
import { answersInWords } from '../request-words.ts'
import { SUITABILITY } from '../suitability.ts'
import { wordsIn } from './words-in.ts'

/** Every word of a dictionary with its place; what is made of values is made of example ones. */
function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const place = `${path}${key}`
    if (typeof value === 'function') return [[place, String(value('A', 'B', 1, true))]]
    if (typeof value === 'string') return [[place, value]]
    return value !== null && typeof value === 'object' ? flat(value, `${place}.`) : []
  })
}

const englishWords =
  /\b(the|and|or|to|you|your|this|is|are|it|not|what|when|how|call|text|request|we|for|please|nobody|form)\b/i

describe('the Spanish words of the request', () => {
  const spanish = flat(wordsIn.es)

  it('are as many as the English ones of the same places', () => {
    const places = new Set(spanish.map(([place]) => place))
    const notWords = /\.(id|weight|number|callHref|textHref|textHrefIn\.es|source)$/
    const missing = flat(wordsIn.en).filter(([place]) => !places.has(place) && !notWords.test(place))
    expect(missing).toEqual([])
  })

  it('hold no English', () => {
    // Names and examples of our own are no English words.
    const found = spanish.filter(([, word]) =>
      englishWords.test(word.replace('Poison Help', '').replace('example.org', '')),
    )
    expect(found).toEqual([])
  })

  it('say usted', () => {
    const found = spanish.filter(([, word]) =>
      /\b(tú|tu|tus|te|ti|vos|vosotros|puedes|tienes|quieres)\b/i.test(word),
    )
    expect(found).toEqual([])
  })

  it('call the Spanish line of 988', () => {
    expect(wordsIn.es.help.lines.lifeline.what).toMatch(/marque el 2.*AYUDA/)
    expect(wordsIn.es.start.cannotWait).toMatch(/988 y marque el 2.*AYUDA/)
  })
})

const typed: Typed = { forWhom: 'self' }

describe('the pages of the form in Spanish', () => {
  it.each(STEPS.flatMap(({ id }) => [false, true].map((forOther) => [id, forOther] as const)))(
    '%s, for somebody else: %s, has no English word',
    (id, forOther) => {
      const html = renderToStaticMarkup(
        <FrameLanguageContext value="es">
          {stepFields[id]({ typed, errors: { name: 'x' }, forOther, words: wordsIn.es })}
        </FrameLanguageContext>,
      )
      const { document } = parseHTML(`<html><body>${html}</body></html>`)
      expect(englishWords.exec(document.body.textContent ?? '')?.[0]).toBeUndefined()
    },
  )

  it.each([
    ['who', {}, 'forWhom'],
    ['about', {}, 'topics'],
    ['safety', {}, 'safety'],
    ['suitability', { suitability: ['none', 'heart'] }, 'suitability'],
    ['reach', { name: 'Ana' }, 'email'],
    ['reach', { name: 'Ana', email: 'ana' }, 'email'],
    ['reach', { phone: 'no' }, 'phone'],
    ['times', { safeTimes: 'x'.repeat(500) }, 'safeTimes'],
  ] as const)('%s with %j says in Spanish what to change', (step, what, field) => {
    const english = readStep(step, what)
    const spanish = readStep(step, what, 'es')
    if (english.ok || spanish.ok) throw new Error('both must refuse')
    expect(Object.keys(spanish.answer.errors)).toEqual(Object.keys(english.answer.errors))
    expect(spanish.answer.errors[field]).not.toBe(english.answer.errors[field])
    expect(spanish.answer.errors[field]).not.toMatch(englishWords)
    expect(spanish.answer.values).toEqual(what)
  })

  it('understand the same answers in both languages', () => {
    const suitability = SUITABILITY.map(({ id }) => id)
    expect(readStep('suitability', { suitability }, 'es')).toEqual(readStep('suitability', { suitability }))
  })

  it('are read again in Spanish before they are sent', () => {
    const lines = answersInWords(
      {
        forWhom: 'other',
        topics: ['alcohol', 'unsure'],
        safety: 'thoughts',
        suitability: ['heart', 'unsure'],
        name: 'Ana',
        suits: ['any'],
      },
      wordsIn.es,
    )
    for (const { question, answer } of lines) expect(`${question} ${answer}`).not.toMatch(englishWords)
    expect(lines.find(({ step }) => step === 'safety')?.answer).toBe('Hay ideas de morir o de hacerse daño')
  })
})

describe('what comes after sending, in Spanish', () => {
  const clinic = { name: 'Clínica Puerto', phoneDisplay: '703-555-0100', timeZone: 'America/New_York' }
  const request = {
    reference: 'AB12-CD34',
    answerBy: parseInstant('2026-11-24T22:00:00Z'),
    stateHref: 'https://c.example/es/request/state/x',
  }

  it('is a receipt without a telling word', () => {
    const { subject, body } = receipt(clinic, { ...request, language: 'es' })
    expect(subject).toBe('Clínica Puerto: recibido, referencia AB12-CD34')
    expect(body.replace(request.stateHref, '')).not.toMatch(englishWords)
    expect(body).not.toMatch(/ketamin|adicci|alcohol|droga|suicid|depres|tratamiento/i)
    expect(body).toContain('24 de nov')
    expect(body).toContain('17:00')
  })

  it('names no clinic whose name itself tells', () => {
    expect(receipt({ ...clinic, name: 'Ketamine House' }, { ...request, language: 'es' }).subject).toBe(
      'Recibido, referencia AB12-CD34',
    )
  })

  it('is a state with its reason', () => {
    const base = { since: request.answerBy, urgent: false, triesWithoutReaching: 0 } as const
    const declined = { ...base, kind: 'declined', reason: 'not-offered', elsewhere: 'x', helps: [] } as never
    expect(publicState(declined, { kind: 'none' }, wordsIn.es)).toMatchObject({
      title: 'No podemos ofrecer tratamiento para esta solicitud',
      text: 'No ofrecemos lo que usted pidió.',
    })
  })
})
