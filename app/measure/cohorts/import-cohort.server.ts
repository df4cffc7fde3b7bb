import { createHash } from 'node:crypto'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { importCohortAction, withdrawCohortAction } from '../measure-access.ts'
import { plainLineEnds, readCohort } from './cohort-file.ts'
import type { CohortMapping } from './cohort-mapping.ts'
import {
  type CohortId,
  cohortByHash,
  insertCohort,
  insertCohortRows,
  markWithdrawn,
} from './cohort-queries.server.ts'
import { peopleIn } from './cohort-rows.ts'

export type NewCohort = {
  /** Becomes the cohort's id. */
  readonly key: CohortId
  readonly name: string
  /** The file's name without its folder; shown as the source. */
  readonly fileName: string
  readonly text: string
  readonly mapping: CohortMapping
}

const LONGEST_NAME = 200

/**
 * Brings in people of another place from a CSV file, whole or not at all. The same file read the same way is one cohort:
 * importing it again answers with the first. Refuses with the problems by line and column (`CohortFile`).
 */
export const importCohort: Command<
  NewCohort,
  { readonly cohortId: CohortId; readonly people: number; readonly already: boolean },
  'not-readable' | 'no-name'
> = {
  action: importCohortAction,
  async run({ db, at, actor, audit, tell }, { key, name, fileName, text, mapping }) {
    if (name.trim() === '') return refused('no-name')
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
      detail: { people, kind: mapping.kind },
    })
    tell('cohort.imported', { cohortId: key })
    return done({ cohortId: key, people, already: false })
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
