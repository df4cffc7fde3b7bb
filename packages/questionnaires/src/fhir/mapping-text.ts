import { type AnswerList, answerListOf, type Contained } from './answer-list.ts'
import { matchAnswers } from './answer-match.ts'
import { textOf } from './fhir-json.ts'
import type { FormItem } from './form-item.ts'
import type { ItemMatch } from './item-match.ts'

export type ReadMapping =
  | { readonly ok: true; readonly map: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly says: string }

/**
 * Reads a mapping as a person types it: `g1.q1=q1, g1.q2=q2`. The last "=" parts the two, since a linkId may hold one.
 *
 * @param text empty for no mapping
 */
export function readMapping(text: string): ReadMapping {
  const map = new Map<string, string>()
  for (const part of text.split(/[,\n]/).map((one) => one.trim())) {
    if (part === '') continue
    const at = part.lastIndexOf('=')
    const linkId = part.slice(0, Math.max(at, 0)).trim()
    const item = part.slice(at + 1).trim()
    if (at < 1 || linkId === '' || item === '')
      return { ok: false, says: `“${part}” is not of the form linkId=item` }
    if (map.has(linkId)) return { ok: false, says: `${linkId} is mapped twice` }
    map.set(linkId, item)
  }
  return { ok: true, map }
}

/**
 * A mapping in the order of the file, to be looked at by a person: the questions whose answers carry the very points
 * of ours, or, where no answers can be read, as many questions as are missing. Undefined when neither fits.
 */
export function proposedMapping(
  { missing, extra, matched }: ItemMatch,
  contained: Contained,
): string | undefined {
  if (missing.length === 0) return undefined
  const fits = (item: FormItem, list: AnswerList, place: number) => {
    const wanted = missing[place]
    return (
      wanted !== undefined &&
      matchAnswers(
        { ...wanted, values: wanted.values?.map(({ value }) => ({ value, label: '' })) },
        item.type,
        item.element,
        list,
      ).ok
    )
  }
  const byPoints: FormItem[] = []
  const lists = extra.map((item) => ({ item, list: answerListOf(item.element, contained) }))
  for (const { item, list } of lists) if (fits(item, list, byPoints.length)) byPoints.push(item)
  const listed = missing.every(({ values }) => values !== undefined)
  const asked = lists
    .filter(({ item, list }) => textOf(item.element.text) !== undefined && (!listed || list.kind !== 'none'))
    .map(({ item }) => item)
  const wanted = missing.filter(({ optional }) => optional !== true)
  // Where some answers lie outside the file, points tell too little: the next question that fits may be a later one.
  const allKnown = lists.every(({ list }) => list.kind !== 'external')
  const enough = byPoints.length >= wanted.length && byPoints.length > 0
  const chosen =
    asked.length === missing.length || asked.length === wanted.length
      ? asked
      : allKnown && enough
        ? byPoints
        : undefined
  if (!chosen || chosen.length === 0 || chosen.some(({ linkId }) => !/^[^\s,\p{Cc}]+$/u.test(linkId)))
    return undefined
  const pairs = chosen.slice(0, missing.length).map(({ linkId }, place) => {
    const item = (chosen.length >= missing.length ? missing : wanted)[place]
    return item && `${linkId}=${item.id}`
  })
  const already = [...matched].flatMap(([id, { item, by }]) =>
    by === 'hand' ? [`${item.linkId}=${id}`] : [],
  )
  return [...already, ...pairs.flatMap((one) => one ?? [])].join(',')
}
