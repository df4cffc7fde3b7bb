import { describe, expect, it, test } from 'vitest'
import { stem } from './search-stem.ts'

describe('one stem for one family', () => {
  test.each([
    ['addict', 'addicted', 'addiction', 'addictive', 'addictions'],
    ['depress', 'depression', 'depressed', 'depressive'],
    ['alcohol', 'alcoholic', 'alcoholism'],
    ['hallucinate', 'hallucinations', 'hallucinating'],
    ['gamble', 'gambling', 'gambler', 'gamblers'],
    ['smoke', 'smoking', 'smokers', 'smoked'],
    ['therapy', 'therapies', 'therapist'],
    ['study', 'studies', 'studied'],
    ['nausea', 'nauseous'],
    ['panic', 'panicking'],
    ['trauma', 'traumatic', 'traumatized'],
    ['medicine', 'medication', 'medications', 'medical'],
    ['pregnant', 'pregnancy'],
    ['drink', 'drinks', 'drinker', 'drinking', 'drank', 'drunk'],
    ['quit', 'quitting'],
    ['location', 'located'],
  ])('%s', (...family) => {
    expect(new Set(family.map(stem)).size).toBe(1)
  })

  test.each([
    ['behaviour', 'behavior'],
    ['counselling', 'counseling'],
    ['anaesthetic', 'anesthetic'],
    ['randomised', 'randomized'],
    ['tranquilliser', 'tranquilizer'],
    ['programme', 'program'],
    ['centre', 'center'],
  ])('British and American: %s, %s', (british, american) => {
    expect(stem(british)).toBe(stem(american))
  })
})

test.each([
  ['number', 'numb'],
  ['speed', 'spe'],
  ['need', 'ne'],
  ['several', 'severe'],
  ['party', 'part'],
  ['evening', 'even'],
])('%s and %s stay two words', (one, other) => {
  expect(stem(one)).not.toBe(stem(other))
})

it('leaves short words, figures and words without vowels as they are', () => {
  for (const word of ['k', 'iv', 'ice', '988', '2022', 'c19', 'xyzzz', 'thing']) expect(stem(word)).toBe(word)
})
