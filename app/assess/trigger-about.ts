import type { Condition, Instrument } from '@evenkeel/questionnaires'

/**
 * What a safety trigger is about, in a few words: the questions, part score, flag or level that its condition names.
 *
 * @returns undefined when it is about the whole score, which says nothing more than the instrument's name
 */
export function aboutTrigger(instrument: Instrument, when: Condition): string | undefined {
  return inOneLine([...new Set(partsOf(instrument, when))])
}

function partsOf(instrument: Instrument, when: Condition): readonly string[] {
  const concepts = (ids: readonly string[]) =>
    instrument.items.filter(({ id }) => ids.includes(id)).map(({ concept }) => concept)
  if ('any' in when) return when.any.flatMap((one) => partsOf(instrument, one))
  if ('all' in when) return when.all.flatMap((one) => partsOf(instrument, one))
  if ('item' in when) return concepts([when.item])
  if ('countItems' in when) return concepts(when.countItems)
  if ('score' in when)
    return instrument.subscales.filter(({ id }) => id === when.score).map(({ label }) => label)
  if ('flag' in when) return instrument.flags.filter(({ id }) => id === when.flag).map(({ label }) => label)
  if ('category' in when) return levelOf(instrument, when)
  if ('analyte' in when) return [when.analyte].flat()
  return []
}

function levelOf(
  { categories }: Instrument,
  { category, eq, unknown }: Extract<Condition, { category: string }>,
): readonly string[] {
  const found = categories.find(({ id }) => id === category)
  if (!found) return []
  if (unknown) return [`${found.label} not known`]
  return found.firstMatch.filter(({ id }) => id === eq).map(({ label }) => `risk ${label}`)
}

/** "chest pain or breathlessness"; what every part ends in is said once: "tactile, auditory or visual disturbances". */
function inOneLine(parts: readonly string[]): string | undefined {
  const ends = new Set(parts.map((part) => part.slice(part.lastIndexOf(' '))))
  const [end] = ends
  const shared = parts.length > 1 && ends.size === 1 && end?.startsWith(' ') ? end : ''
  const short = parts.map((part, place) =>
    place < parts.length - 1 ? part.slice(0, part.length - shared.length) : part,
  )
  const last = short.at(-1)
  return short.length < 2 ? last : `${short.slice(0, -1).join(', ')} or ${last}`
}
