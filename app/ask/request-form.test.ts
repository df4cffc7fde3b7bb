import { describe, expect, it } from 'vitest'
import {
  type DraftAnswers,
  pageAfter,
  pageBefore,
  pageToContinue,
  readDraft,
  readStep,
  STEPS,
  typedOfStep,
} from './request-form.ts'

const whole: DraftAnswers = {
  who: { forWhom: 'self' },
  about: { topics: ['alcohol', 'unsure'], words: '  I drink too much. ' },
  safety: { safety: 'safe' },
  suitability: { suitability: ['none'] },
  reach: { name: 'Robin', email: 'robin@example.org', phone: '', otherName: 'left over' },
  times: { suits: [], safeTimes: 'after six' },
}

const errorsOf = (step: Parameters<typeof readStep>[0], typed: Parameters<typeof readStep>[1]) => {
  const read = readStep(step, typed)
  return read.ok ? {} : read.answer.errors
}

describe('one page', () => {
  it.each([
    ['who', {}, ['forWhom']],
    ['who', { forWhom: 'nobody' }, ['forWhom']],
    ['about', {}, ['topics']],
    ['about', { topics: ['alcohol', 'poker'] }, ['topics']],
    ['about', { topics: ['alcohol'], words: 'x'.repeat(4001) }, ['words']],
    ['safety', {}, ['safety']],
    ['suitability', { suitability: [] }, ['suitability']],
    ['suitability', { suitability: ['none', 'pregnant'] }, ['suitability']],
    ['reach', {}, ['name', 'email']],
    ['reach', { name: '   ', email: 'no', phone: '12' }, ['name', 'email', 'phone']],
    ['reach', { name: 'Robin', phone: '555 people 0123' }, ['phone']],
    ['reach', { name: 'Robin', email: '', phone: '' }, ['email']],
    ['times', { suits: ['midnight'] }, ['suits']],
    ['times', { safeTimes: 'x'.repeat(401) }, ['safeTimes']],
  ] as const)('%s with %o needs another look at %o', (step, typed, fields) => {
    expect(Object.keys(errorsOf(step, typed))).toEqual(fields)
  })

  it.each([
    ['reach', { name: 'Robin', phone: '+1 (703) 555-0123 ext. 4' }],
    ['reach', { name: 'Robin', email: 'robin@example.org' }],
    ['times', {}],
    ['suitability', { suitability: ['unsure', 'heart'] }],
  ] as const)('%s with %o is fine', (step, typed) => {
    expect(errorsOf(step, typed)).toEqual({})
  })

  it('gives back everything typed with its errors', () => {
    const typed = { name: 'Robin', email: 'robin@', phone: '' }
    const read = readStep('reach', typed)
    expect(read.ok ? {} : read.answer.values).toEqual(typed)
  })

  it('keeps its own fields only, bounded', () => {
    const form = new FormData()
    form.append('topics', 'alcohol')
    form.append('topics', 'cannabis')
    form.append('words', 'y'.repeat(40_000))
    form.append('intent', 'continue')
    form.append('name', 'of another page')
    const typed = typedOfStep('about', form)
    expect(Object.keys(typed)).toEqual(['topics', 'words'])
    expect(typed.topics).toEqual(['alcohol', 'cannabis'])
    expect(typed.words).toHaveLength(24_000)
  })
})

describe('controls of direction', () => {
  it.each([
    ['about', 'words'],
    ['reach', 'name'],
    ['reach', 'otherName'],
    ['reach', 'email'],
    ['reach', 'phone'],
    ['times', 'safeTimes'],
  ] as const)('are left out on the page %s of %s, everything else is kept', (step, name) => {
    const form = new FormData()
    const controls = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]
    form.append(
      name,
      ` <b>Sam</b> ${controls.map((code) => String.fromCodePoint(code)).join('–')} שלום 🫠 \u200f`,
    )
    expect(typedOfStep(step, form)[name]).toBe(' <b>Sam</b> –––––––– שלום 🫠 \u200f')
  })
})

describe('the whole form', () => {
  it('becomes the answers, trimmed, without what no longer applies', () => {
    const read = readDraft(whole)
    expect(read).toEqual({
      complete: true,
      answers: {
        forWhom: 'self',
        topics: ['alcohol', 'unsure'],
        words: 'I drink too much.',
        safety: 'safe',
        suitability: ['none'],
        name: 'Robin',
        email: 'robin@example.org',
        suits: [],
        safeTimes: 'after six',
      },
    })
    const forOther = readDraft({ ...whole, who: { forWhom: 'other' } })
    expect(forOther.complete && forOther.answers.otherName).toBe('left over')
  })

  it.each(STEPS.map((step) => step.id))('is not complete without the page %s', (step) => {
    const { [step]: _left, ...rest } = whole
    expect(readDraft(rest)).toEqual({ complete: false, missing: [step] })
    expect(pageToContinue(rest)).toBe(`/request/${step}`)
  })

  it('goes on at the first page when nothing is there, and to the check when all is', () => {
    expect(pageToContinue({})).toBe('/request/who')
    expect(pageToContinue(whole)).toBe('/request/check')
  })
})

describe('where a page leads', () => {
  const leads = (step: Parameters<typeof pageAfter>[0], change: DraftAnswers = {}, fromCheck = false) =>
    pageAfter(step, { ...whole, ...change }, fromCheck)
  it.each([
    ['on', leads('who'), '/request/about'],
    ['to the check at the end', leads('times'), '/request/check'],
    ['back to the check', leads('who', {}, true), '/request/check'],
    ['to help at once', leads('safety', { safety: { safety: 'thoughts' } }), '/request/safety-help'],
    ['to help at once', leads('safety', { safety: { safety: 'danger-now' } }), '/request/safety-help'],
    ['to help when not said', leads('safety', { safety: { safety: 'not-said' } }), '/request/safety-help'],
    [
      'to help from the check too',
      leads('safety', { safety: { safety: 'thoughts' } }, true),
      '/request/safety-help?from=check',
    ],
    [
      'to what a tick means',
      leads('suitability', { suitability: { suitability: ['pregnant'] } }),
      '/request/what-this-means',
    ],
    ['on when unsure', leads('suitability', { suitability: { suitability: ['unsure'] } }), '/request/reach'],
    ['back', pageBefore('about'), '/request/who'],
    ['back to the start', pageBefore('who'), '/request'],
  ])('%s', (_what, got, expected) => {
    expect(got).toBe(expected)
  })
})
