import { describe, expect, it } from 'vitest'
import { englishPath, hrefIn, languageOf } from './language.ts'

describe('the language of an address', () => {
  it.each([
    ['/', 'en'],
    ['/es', 'es'],
    ['/es/', 'es'],
    ['/es/help-now', 'es'],
    ['/esketamine', 'en'],
    ['/studies/es', 'en'],
  ] as const)('%s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language)
  })

  it.each(['/', '/help-now', '/conditions/alcohol', '/request/state/abc'])(
    'leads there and back from %s',
    (path) => {
      expect(languageOf(hrefIn('es', path))).toBe('es')
      expect(englishPath(hrefIn('es', path))).toBe(path)
      expect(hrefIn('en', path)).toBe(path)
      expect(englishPath(path)).toBe(path)
    },
  )

  it('keeps query and fragment', () => {
    expect(hrefIn('es', '/request/check?from=check#x')).toBe('/es/request/check?from=check#x')
  })
})
