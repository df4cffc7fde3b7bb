import type { Instrument, Item } from '../instrument.ts'
import { type FormItem, isQuestion } from './form-item.ts'

export type MatchedBy = 'hand' | 'loinc' | 'linkId'

type Found = { readonly item: FormItem; readonly by: MatchedBy }

/** Which question of a foreign form is which of ours. */
export type ItemMatch = {
  readonly matched: ReadonlyMap<string, Found>
  /** Items that hold a score: the stored score is ours. */
  readonly scoreItems: readonly FormItem[]
  /** Questions that are none of ours. */
  readonly extra: readonly FormItem[]
  readonly missing: readonly Item[]
  readonly problems: readonly { readonly at: string; readonly says: string }[]
}

/**
 * Finds our items in a form: by hand, by LOINC code, or by our own item id as linkId. Never by place. A linkId such as
 * "q1" stands in many forms: whoever reads a file that does not say which form it is must ask a person.
 *
 * @param byHand linkId → our item id
 * @param scoreCodes LOINC codes that name a score and no question
 */
export function matchItems(
  instrument: Instrument,
  formItems: readonly FormItem[],
  byHand: ReadonlyMap<string, string>,
  scoreCodes: ReadonlySet<string>,
): ItemMatch {
  const problems: { at: string; says: string }[] = []
  const candidates = new Map<string, Found[]>()
  const byLoinc = new Map(instrument.items.flatMap(({ id, loinc }) => (loinc === null ? [] : [[loinc, id]])))
  const byId = new Set(instrument.items.map(({ id }) => id))
  const questions = formItems.filter(isQuestion)
  const scoreItems: FormItem[] = []
  const extra: FormItem[] = []

  for (const [linkId, itemId] of byHand) {
    if (!byId.has(itemId)) {
      problems.push({
        at: linkId,
        says: `it was mapped to ${itemId}, but ${instrument.shortName} has no such item`,
      })
    }
    if (!questions.some((one) => one.linkId === linkId)) {
      problems.push({
        at: linkId,
        says: 'it was mapped by hand, but the file has no question with this linkId',
      })
    }
  }
  for (const item of questions) {
    const coded = [...new Set(item.loincCodes.flatMap((code) => byLoinc.get(code) ?? []))]
    const named = byHand.get(item.linkId)
    if (named !== undefined) {
      if (coded.length > 0 && !coded.includes(named)) {
        problems.push({
          at: item.linkId,
          says: `it was mapped to ${named}, but its LOINC code is that of ${coded[0]}`,
        })
      }
      add(candidates, named, { item, by: 'hand' })
    } else if (coded.length === 1) add(candidates, coded[0]!, { item, by: 'loinc' })
    else if (coded.length > 1) {
      problems.push({
        at: item.linkId,
        says: `its codes are those of several of our items: ${coded.join(', ')}`,
      })
    } else if (item.loincCodes.some((code) => scoreCodes.has(code))) scoreItems.push(item)
    else if (byId.has(item.linkId)) add(candidates, item.linkId, { item, by: 'linkId' })
    else extra.push(item)
  }

  const matched = new Map<string, Found>()
  for (const { id } of instrument.items) {
    const found = candidates.get(id) ?? []
    const handed = found.filter(({ by }) => by === 'hand')
    const chosen = handed.length > 0 ? handed : found
    if (chosen.length > 1) {
      const linkIds = chosen.map(({ item }) => item.linkId).join(', ')
      problems.push({
        at: id,
        says: `several questions of the file are this one: ${linkIds}. Map the right one by hand`,
      })
    } else if (chosen[0]) {
      matched.set(id, chosen[0])
      extra.push(...found.filter((one) => one !== chosen[0]).map(({ item }) => item))
    }
  }
  const missing = instrument.items.filter(({ id }) => !candidates.has(id))
  return { matched, scoreItems, extra, missing, problems }
}

function add<Value>(into: Map<string, Value[]>, key: string, value: Value): void {
  const there = into.get(key)
  if (there) there.push(value)
  else into.set(key, [value])
}
