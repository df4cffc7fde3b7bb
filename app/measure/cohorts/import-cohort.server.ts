import { createHash } from 'node:crypto'
import { mayDo } from '../../platform/access.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { importCohortAction, markCohortPublishedAction, withdrawCohortAction } from '../measure-access.ts'
import { plainLineEnds, readCohort } from './cohort-file.ts'
import type { CohortMapping } from './cohort-mapping.ts'
import {
  type CohortId,
  cohortByHash,
  insertCohort,
  insertCohortRows,
  markPublished,
  markWithdrawn,
} from './cohort-queries.server.ts'
import { peopleIn } from './cohort-rows.ts'
import { publishedReference } from './published-reference.ts'

export type NewCohort = {
  /** Becomes the cohort's id. */
  readonly key: CohortId
  readonly name: string
  /** The file's name without its folder; shown as the source. */
  readonly fileName: string
  readonly text: string
  readonly mapping: CohortMapping
  /**
   * Who published these data and where; without it small groups stay withheld from who does not treat people here. Only
   * from who may mark a cohort as published, and from the terminal.
   */
  readonly published?: string | undefined
}

const LONGEST_NAME = 200

/**
 * Brings in people of another place from a CSV file, whole or not at all. The same file read the same way is one cohort:
 * importing it again answers with the first. Refuses with the problems by line and column (`CohortFile`).
 */
export const importCohort: Command<
  NewCohort,
  { readonly cohortId: CohortId; readonly people: number; readonly already: boolean },
  'not-readable' | 'no-name' | 'may-not-mark-published'
> = {
  action: importCohortAction,
  async run({ db, at, actor, audit, tell }, { key, name, fileName, text, mapping, published }) {
    if (name.trim() === '') return refused('no-name')
    const reference = publishedReference(published)
    if (reference !== undefined && actor.kind !== 'system' && !mayDo(actor, markCohortPublishedAction))
      return refused('may-not-mark-published')
    const plain = plainLineEnds(text)
    const file = readCohort(plain, mapping)
    if (!file.ok) return refused('not-readable', file)
    const { clinicId } = actor
    const people = peopleIn(file.cohort)
    const contentHash = createHash('sha256').update(JSON.stringify(mapping)).update(plain).digest('hex')
    const fresh = await insertCohort(db, clinicId, {
      id: key,
      name: name.trim().slice(0, LONGEST_NAME),
      fileName: fileName.slice(0, LONGEST_NAME),
      contentHash,
      mapping,
      people,
      rowsInFile: file.rowsInFile,
      rowsNotWanted: file.rowsNotWanted,
      rowsLeftOut: file.rowsLeftOut,
      published: reference,
      at,
      by: actor.kind === 'member' ? actor.accountId : actor.kind,
    })
    if (!fresh) {
      const first = await cohortByHash(db, clinicId, contentHash)
      // A key that names another file's cohort is a defect of the caller, never of the file.
      if (!first) throw new Error(`the key ${key} is taken by another cohort`)
      return done({ cohortId: first.id, people: first.people, already: true })
    }
    await insertCohortRows(db, clinicId, key, file.cohort)
    audit.write(importCohortAction.id, {
      object: 'outside-cohort',
      objectId: key,
      detail: { people, kind: mapping.kind, published: reference !== undefined },
    })
    tell('cohort.imported', { cohortId: key })
    return done({ cohortId: key, people, already: false })
  },
}

/**
 * Says that the data of a cohort are public, and where they were published, or takes that back. With it everybody who may
 * read the results sees its groups of fewer than ten people too.
 */
export const markCohortPublished: Command<
  { readonly cohortId: CohortId; readonly reference: string | undefined },
  undefined,
  'no-such-cohort'
> = {
  action: markCohortPublishedAction,
  async run({ db, actor, audit }, { cohortId, reference }) {
    const kept = publishedReference(reference)
    if (!(await markPublished(db, actor.clinicId, cohortId, kept))) return refused('no-such-cohort')
    audit.write(markCohortPublishedAction.id, {
      object: 'outside-cohort',
      objectId: cohortId,
      detail: { published: kept !== undefined },
    })
    return done(undefined)
  },
}

/** Takes a cohort off the pages, for instance when the wrong columns were read. Its rows stay, since nothing is deleted. */
export const withdrawCohort: Command<{ readonly cohortId: CohortId }, undefined, 'no-such-cohort'> = {
  action: withdrawCohortAction,
  async run({ db, at, actor, audit }, { cohortId }) {
    if (!(await markWithdrawn(db, actor.clinicId, cohortId, at))) return refused('no-such-cohort')
    audit.write(withdrawCohortAction.id, { object: 'outside-cohort', objectId: cohortId })
    return done(undefined)
  },
}
