import { stem } from './search-stem.ts'

/**
 * Cuts a text into words as people type them: lower case, without accents and apostrophes.
 *
 * @example words('Alcohol’s Effects, café') // ['alcohol', 'effects', 'cafe']
 */
export function words(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/['’`]s\b/g, '')
    .replace(/['’`]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}

/** The words of a text by their stems. */
export function stems(text: string): string[] {
  return words(text).map(stem)
}

/** English words that carry no subject. */
export const englishEmptyWords: ReadonlySet<string> = new Set(
  words(
    `a about after all am an and any anymore are arent as at be because been before being but by can cannot cant could did
     didnt do does doesnt doing dont during for from get gets getting give go going got had has have having he her him his
     how i if im in into is isnt it its ive just know let like likely lot may me might more most much must my need needs
     of on only or our out please really say should so some such take taking tell than that thats the their them then
     there theres these they this those to too us very want was we were what whats when where which while who why will with
     wont would you your youre`,
  ),
)

/** Spanish words that carry no subject, where they are no English word of another meaning. */
export const spanishEmptyWords: ReadonlySet<string> = new Set(
  words(
    `el la los las de del en me por para como cuanto cuanta cuesta donde es un una unos unas mi mis su que quien cual y puedo tengo
     estoy quiero necesito dejar ustedes usted hay`,
  ),
)

/** Words that carry no subject; left out of a query unless nothing else is in it. */
export const emptyWords: ReadonlySet<string> = new Set([...englishEmptyWords, ...spanishEmptyWords])
