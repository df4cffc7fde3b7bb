import { accountNames, personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, type Instant, localDateOf, momentInWords, timeInWords } from '../../platform/time.ts'
import { tagInWords } from '../eligibility/eligibility-words.ts'
import { shownInteraction, toAskToday } from './interaction.ts'
import { byGravity, whyNotKnown } from './interaction-words.ts'
import { type InteractionPicture, interactionsOfPerson } from './interactions-of.server.ts'
import { MEDICINE_SOURCES, type Medicine, type MedicineEntry, standingEntries } from './medicine.ts'
import { overrideInteraction, readMedicines, recordMedicine } from './medicine-access.ts'
import { groupTitle } from './medicine-groups.ts'
import { namedIn, SUGGESTED_NAMES } from './medicine-names.ts'
import { medicineEntriesOf } from './medicine-queries.server.ts'

/** Everything the page of a person's medicines shows. */
export async function loadMedicines({ services, actor, clinic, params, url }: PageArgs) {
  const id = parseId<'person'>(params.id) ?? notFound()
  const zone = clinic.timeZone
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const person = (await personById(db, clinic.id, id)) ?? notFound()
    audit.read(readMedicines.id, { personId: id, object: 'medicines', objectId: id })
    const entries = await medicineEntriesOf(db, clinic.id, [id])
    const picture = await interactionsOfPerson(db, clinic.id, id, at)
    const names = await accountNames(db, [
      ...entries.map(({ recordedBy }) => recordedBy),
      ...picture.interactions.flatMap(({ setAside }) => setAside?.signedBy ?? []),
    ])
    const name = (accountId: string) => names.get(accountId) ?? 'unknown'
    const may = mayDo(actor, recordMedicine)
    const changing = picture.list.medicines.find((one) => one.id === url.searchParams.get('change'))
    const { list } = picture
    return {
      person: { id: id as string, name: person.displayName },
      may,
      maySetAside: mayDo(actor, overrideInteraction),
      done: url.searchParams.get('done'),
      keys: {
        form: services.ids.next() as string,
        none: services.ids.next() as string,
        confirm: services.ids.next() as string,
        stop: services.ids.next() as string,
        withdraw: services.ids.next() as string,
        override: services.ids.next() as string,
      },
      today: localDateOf(at, zone),
      now: `${localDateOf(at, zone)}T${timeInWords(at, zone)}`,
      suggestions: SUGGESTED_NAMES,
      state: list.state,
      open: whyNotKnown(list, at),
      askToday: toAskToday(list, at).map(({ told }) => told.name),
      seen: may ? standingEntries(list).map(({ id: entryId }) => entryId as string) : [],
      none: list.none && {
        when: momentInWords(list.none.recordedAt, zone),
        by: name(list.none.recordedBy),
        source: 'source' in list.none.told ? sourceWords(list.none.told.source) : '',
      },
      medicines: list.medicines.map((one) => medicineRow(one, zone, name)),
      changing: may && changing ? changeForm(changing, zone) : undefined,
      interactions: interactionRows(picture, name),
      history: [...entries].reverse().map((entry) => ({
        id: entry.id as string,
        title: entryWords(entry, entries),
        reason: entry.reason,
        when: momentInWords(entry.recordedAt, zone),
        dateTime: entry.recordedAt,
        by: name(entry.recordedBy),
      })),
    }
  })
}

export type MedicinesView = Awaited<ReturnType<typeof loadMedicines>>

function sourceWords(source: string): string {
  return MEDICINE_SOURCES.find(({ id }) => id === source)?.title ?? source
}

function medicineRow(one: Medicine, zone: string, name: (id: string) => string) {
  const { told, groups } = one
  const known = namedIn(told.name)
  return {
    id: one.id as string,
    name: told.name,
    planned: told.kind === 'to-start',
    group: groups.map(groupTitle).join('; '),
    open: groups.every((group) => group === 'not-known'),
    basis:
      known.length > 0
        ? known.map(({ generic, tag }) => `${generic} [${tag}], ${tagInWords(tag)}`).join('; ')
        : groups.every((group) => group === 'not-known')
          ? 'this name is not in our table'
          : `chosen by ${name(one.recordedBy)}`,
    dose: told.dose,
    since: told.since && dateInWords(told.since),
    lastTaken: told.lastTakenAt && momentInWords(told.lastTakenAt, zone),
    source: sourceWords(told.source),
    recorded: `${momentInWords(one.recordedAt, zone)}, ${name(one.recordedBy)}`,
  }
}

function changeForm({ id, told }: Medicine, zone: string) {
  return {
    id: id as string,
    name: told.name,
    values: {
      kind: told.kind,
      name: told.name,
      group: told.group === 'not-known' ? 'by-name' : told.group,
      dose: told.dose ?? '',
      since: told.since ?? '',
      lastTakenAt: told.lastTakenAt ? localTime(told.lastTakenAt, zone) : '',
      source: told.source,
    } as Record<string, string>,
  }
}

function localTime(at: Instant, zone: string): string {
  return `${localDateOf(at, zone)}T${timeInWords(at, zone)}`
}

/** The rules that apply, what holds the dose first, with everything a reader needs to judge them. */
function interactionRows({ interactions, list }: InteractionPicture, name: (id: string) => string) {
  return interactions
    .filter(({ applies }) => applies === 'yes')
    .sort(byGravity)
    .map((one) => ({
      id: one.rule.id,
      version: one.rule.version,
      title: one.rule.title,
      level: one.level,
      because: one.because.map(({ told }) => told.name),
      raised: one.raised.map(({ words }) => words),
      open: one.open.map(({ settle }) => settle),
      say: one.rule.say,
      keep: one.rule.keep,
      known: one.rule.known.map(({ fact, source, tag }) => `${fact} ${source} [${tag}], ${tagInWords(tag)}.`),
      shown: shownInteraction(one, list),
      holds: one.holds,
      maySetAside: one.holds && one.rule.override === 'prescriber',
      setAside: one.setAside && { reason: one.setAside.reason, by: name(one.setAside.signedBy) },
    }))
}

export type InteractionRow = ReturnType<typeof interactionRows>[number]

function entryWords({ told, replaces }: MedicineEntry, all: readonly MedicineEntry[]): string {
  switch (told.kind) {
    case 'none':
      return `No medicines (${sourceWords(told.source).toLowerCase()})`
    case 'stopped':
      return `${nameOf(replaces, all)}: not taken any more`
    case 'withdrawn':
      return `${nameOf(replaces, all)}: recorded by mistake, taken back`
    default:
      return [
        `${replaces ? 'Changed: ' : ''}${told.name}${told.kind === 'to-start' ? ' (to be begun)' : ''}`,
        ...(told.dose ? [told.dose] : []),
      ].join(', ')
  }
}

function nameOf(id: MedicineEntry['replaces'], all: readonly MedicineEntry[]): string {
  const told = all.find((entry) => entry.id === id)?.told
  return told && 'name' in told ? told.name : 'No medicines'
}
