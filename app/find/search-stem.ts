/**
 * Endings that are taken off, the longest first, each with the fewest letters that must be left before it. What is left
 * need not be a word; it must only be the same for words of one family and another for words of two.
 */
const endings: readonly (readonly [ending: string, leave: number])[] = (
  [
    ['ization isation ability ibility icity atized atised atize atise ically', 4],
    ['ational ations ation ating ators ative ator ated ized ised izing ising izer iser ical atic', 4],
    [
      'ances ance ancy ences ence ency ants ant ents ent ate ize ise ist ism ive ous ion acy ful al ic or er',
      4,
    ],
    ['ment ness less', 3],
    ['able ible ity', 4],
    ['ing ed ly', 3],
  ] as const
)
  .flatMap(([list, leave]) => list.split(' ').map((ending) => [ending, leave] as const))
  .sort(([a], [b]) => b.length - a.length)

/** Words that an ending would be taken off by mistake, and words whose forms no rule joins. */
const exceptions: ReadonlyMap<string, string> = new Map(
  `number number|evening evening|several several|nothing nothing|something something|anything anything|during during
   morning morning|using use|used use|uses use|user use|users use|dying die|died die|dies die|lying lie
   drank drink|drunk drink|drove driv|driven driv|slept sleep|quitting quit|felt feel|fell fall|took tak|taken tak
   children child|women woman|men man|wives wife|mice mouse|ageing age|aging age|crises crisis|doctor doctor
   medicine medic|medicines medic|panicky panic|feeling feel|hospital hospital|journal journal|paid pay
   anesthesia anesthet|psychotic psychos|psychosis psychos|psychoses psychos|hypnotic hypnotic|urine urin|urinary urin
   percent percent|percents percent|percentage percent|percentages percent`
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(' ') as [string, string]),
)

const remembered = new Map<string, string>()
const mostRemembered = 20_000

/**
 * The stem that forms of one word share: plural, tense, the doer and the deed; British spelling meets American.
 *
 * @param word lower case, without accents or apostrophes
 * @example stem('addicted') === stem('addiction') // 'addict'
 * @example stem('counselling') === stem('counseling') // 'counsel'
 */
export function stem(word: string): string {
  const known = remembered.get(word)
  if (known !== undefined) return known
  const found = stemOf(word)
  // What people type is endless; the words of the site are not.
  if (remembered.size < mostRemembered) remembered.set(word, found)
  return found
}

function stemOf(word: string): string {
  const exception = exceptions.get(word)
  if (exception !== undefined) return exception
  if (word.length < 4 || /\d/.test(word)) return word
  let left = singular(american(word))
  const ofSingular = exceptions.get(left)
  if (ofSingular !== undefined) return ofSingular
  // Twice, because endings follow one another: mind-ful-ness, plac-ed-ly.
  for (let pass = 0; pass < 2; pass++) left = withoutEnding(left)
  if (left.length > 4) left = left.replace(/ck$/, 'c').replace(/(?<=.....)[yia]$/, '')
  return left.length > 3 ? left.replace(/e$/, '') : left
}

/** American spelling, letters for letters: behaviour, anaesthetic, programme, centre. */
function american(word: string): string {
  return word
    .replace(/(?<=..[a-z])our(?=(?:al|s|ed|ing|ite|ful|able)?$)/, 'or')
    .replace(/aesth/, 'esth')
    .replace(/^(?:an)?haem|(?<=an)aem/, (part) => part.replace('ae', 'e'))
    .replace(/rrhoea/, 'rrhea')
    .replace(/mmes?$/, 'm')
    .replace(/(?<=...)tres?$/, 'ter')
}

function singular(word: string): string {
  if (word.length > 4 && /ie[sd]$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  if (word.endsWith('s') && !/(?:ss|us|is|ws)$/.test(word)) return word.slice(0, -1)
  return word
}

function withoutEnding(word: string): string {
  for (const [ending, leave] of endings) {
    if (!word.endsWith(ending)) continue
    const left = word.slice(0, -ending.length)
    if (left.length < leave || !/[aeiouy]/.test(left) || (ending === 'ed' && left.endsWith('e'))) continue
    return single(left)
  }
  return word
}

/** One letter where an ending had doubled it: stopped, quitting, counselling; not tell, miss, buzz. */
function single(left: string): string {
  if (/([^aeiouylsz])\1$/.test(left)) return left.slice(0, -1)
  return left.length > 6 && left.endsWith('ll') ? left.slice(0, -1) : left
}
