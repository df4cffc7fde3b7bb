import { describe, expect, it } from 'vitest'
import { classesOf, usedRules } from './used-rules.ts'

const cut = (css: string, ...classes: string[]) => usedRules(css)(new Set(classes))

describe('the rules that a page can use', () => {
  it('are those whose classes stand in it', () => {
    expect(cut('p{a:b}.x{a:b}.y .x{a:b}', 'x')).toBe('p{a:b}.x{a:b}')
    expect(cut('.x,.y{a:b}.y>.z,.y:hover{a:b}', 'x')).toBe('.x,.y{a:b}')
  })

  it('are kept when in doubt', () => {
    for (const css of [
      'p:not(.y){a:b}',
      ':is(.y,.z) p{a:b}',
      '.x:has(>.y:not(.z)){a:b}',
      'a[href*=".y"]{a:b}',
    ])
      expect(cut(css, 'x'), css).toBe(css)
  })

  it('keep their blocks, and blocks that name no class whole', () => {
    expect(cut('@media (width<9px){.x{a:b}.y{a:b}}@media print{.y{a:b}}', 'x')).toBe(
      '@media (width<9px){.x{a:b}}',
    )
    const kept = '@charset "utf-8";@keyframes k{from{a:b}to{a:b}}@font-face{font-family:f}:root{--a:"}"}'
    expect(cut(kept)).toBe(kept)
    expect(cut('@supports (a:b){@media print{.x{a:b}}}', 'x')).toBe('@supports (a:b){@media print{.x{a:b}}}')
  })
})

it('reads the classes of a page', () => {
  expect([...classesOf('<p class="a b-c"><svg class="d">')]).toEqual(['a', 'b-c', 'd'])
})
