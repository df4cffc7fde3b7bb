import { createHash } from 'node:crypto'
import { formHash, instrumentById, withWording } from '@evenkeel/questionnaires'
import { readQuestionnaire } from '@evenkeel/questionnaires/fhir'
import type { Command, Needs } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs } from '../../platform/time.ts'
import { type EditionChoice, type EditionId, editionName, type WordingEdition } from './edition.ts'
import { chooseEditionAction, importEditionAction } from './edition-access.ts'
import {
  editionById,
  editionByName,
  insertChoice,
  insertEdition,
  newestChoice,
} from './edition-queries.server.ts'

export type NewEdition = {
  /** Becomes the edition's id. */
  readonly key: EditionId
  readonly instrumentId: string
  /** The file's name without its folder; kept as the source. */
  readonly fileName: string
  /** The file, decoded as UTF-8. */
  readonly text: string
  /** linkId → item, where the file does not tell by itself. */
  readonly map: ReadonlyMap<string, string>
  /** What somebody has looked at and confirmed by name. */
  readonly confirmed: readonly string[]
}

export type ImportedEdition = {
  readonly edition: string
  readonly report: WordingEdition['report']
  /** `already`: the same file was in use; nothing was changed. `again`: it had been set aside and is in use once more. */
  readonly as: 'new' | 'again' | 'already'
}

/**
 * Takes a FHIR Questionnaire as the wording of one of our instruments and puts it in use for new responses; those that
 * were given or begun keep theirs. The file comes in whole or not at all. The same file read the same way is one
 * edition: a mapping by hand is part of its name, since another mapping gives other words.
 *
 * @throws RangeError when we do not ship the instrument
 */
export const importEdition: Command<NewEdition, ImportedEdition, 'not-readable'> = {
  action: importEditionAction,
  async run(needs, { key, instrumentId, fileName, text, map, confirmed }) {
    const { db, at, actor, audit, tell } = needs
    const plain = instrumentById(instrumentId)
    if (!plain) throw new RangeError(`no instrument ${instrumentId}`)
    const form = readQuestionnaire(text, plain, { map, confirmed })
    if (!form.ok) return refused('not-readable', form)

    const name = editionName(fingerprint(text, map))
    const before = await editionByName(db, actor.clinicId, instrumentId, name)
    const chosen = await newestChoice(db, actor.clinicId, instrumentId)
    if (before && chosen?.editionId === before.id) {
      return done({ edition: name, report: before.report, as: 'already' })
    }
    let kept = before
    if (!kept) {
      const { title: _title, ...origin } = form.origin
      const fresh = await insertEdition(db, actor.clinicId, {
        id: key,
        instrumentId,
        edition: name,
        formHash: formHash(withWording(plain, name, form.wording)),
        language: form.language,
        wording: form.wording,
        source: { fileName, sha256: fingerprint(text, new Map()), ...origin },
        report: form.report,
        importedAt: at,
        importedBy: whoOf(actor),
      })
      if (fresh) {
        audit.write(importEditionAction.id, {
          object: 'instrument-edition',
          objectId: key,
          detail: { instrument: instrumentId, edition: name },
        })
      } else kept = await editionByName(db, actor.clinicId, instrumentId, name)
    }
    await choose(needs, instrumentId, kept?.id ?? key, chosen)
    tell('instrument-edition.chosen', { instrumentId })
    return done({ edition: name, report: kept?.report ?? form.report, as: kept ? 'again' : 'new' })
  },
}

/** Puts a wording in use for new responses: one that was imported before, or null for our plain-language edition. */
export const chooseEdition: Command<
  { readonly instrumentId: string; readonly editionId: EditionId | null },
  { readonly changed: boolean },
  'no-such-edition'
> = {
  action: chooseEditionAction,
  async run(needs, { instrumentId, editionId }) {
    const { db, actor, tell } = needs
    if (!instrumentById(instrumentId)) return refused('no-such-edition')
    if (editionId !== null) {
      const edition = await editionById(db, actor.clinicId, editionId)
      if (edition?.instrumentId !== instrumentId) return refused('no-such-edition')
    }
    const chosen = await newestChoice(db, actor.clinicId, instrumentId)
    if ((chosen?.editionId ?? null) === editionId) return done({ changed: false })
    await choose(needs, instrumentId, editionId, chosen)
    tell('instrument-edition.chosen', { instrumentId })
    return done({ changed: true })
  },
}

/** The newest choice holds. Two clocks may differ, a server's and a command's: this one always comes after the last. */
async function choose(
  { db, at, ids, actor, audit }: Needs,
  instrumentId: string,
  editionId: EditionId | null,
  last: EditionChoice | undefined,
): Promise<void> {
  const id = ids.next<'instrument-edition-choice'>()
  const chosenAt = last !== undefined && last.chosenAt >= at ? addMs(last.chosenAt, 1) : at
  await insertChoice(db, actor.clinicId, { id, instrumentId, editionId, chosenAt, chosenBy: whoOf(actor) })
  audit.write(chooseEditionAction.id, {
    object: 'instrument-edition-choice',
    objectId: id,
    detail: { instrument: instrumentId, edition: editionId ?? 'plain-language-edition' },
  })
}

function whoOf(actor: Needs['actor']): string {
  return actor.kind === 'member' ? actor.accountId : actor.kind
}

/** SHA-256 of the text written as UTF-8, and of the mapping by hand where there is one; 64 hexadecimal digits. */
function fingerprint(text: string, map: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256').update(text)
  if (map.size > 0) hash.update('\n').update(JSON.stringify([...map].sort(([a], [b]) => (a < b ? -1 : 1))))
  return hash.digest('hex')
}
