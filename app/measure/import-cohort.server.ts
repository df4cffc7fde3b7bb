import { createHash } from 'node:crypto'
import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { type CohortColumns, readCohort } from './cohort-file.ts'
import { importCohortAction, withdrawCohortAction } from './measure-access.ts'
import {
  type CohortId,
  cohortByHash,
  insertCohort,
  insertCohortRows,
  markWithdrawn,
} from './measure-queries.server.ts'

export type NewCohort = {
  /** Becomes the cohort's id. */
  readonly key: CohortId
  readonly name: string
  /** The file's name without its folder; shown as the source. */
  readonly fileName: string
  readonly text: string
  readonly columns: CohortColumns
}

/**
 * Brings in people of another place from a CSV file, whole or not at all. The same file read the same way is one cohort:
 * importing it again answers with the first. Refuses with the problems by line.
 */
export const importCohort: Command<
  NewCohort,
  { readonly cohortId: CohortId; readonly people: number; readonly already: boolean },
  'not-readable' | 'no-name'
> = {
  action: importCohortAction,
  async run({ db, at, actor, audit, tell }, { key, name, fileName, text, columns }) {
    if (name.trim() === '') return refused('no-name')
    const file = readCohort(text, columns)
    if (!file.ok) return refused('not-readable', file.problems)
    const { clinicId } = actor
    const contentHash = createHash('sha256')
      .update(JSON.stringify([columns.time, columns.event, columns.group ?? null, columns.unit]))
      .update(text)
      .digest('hex')
    const fresh = await insertCohort(db, clinicId, {
      id: key,
      name: name.trim(),
      fileName,
      contentHash,
      timeColumn: columns.time,
      eventColumn: columns.event,
      groupColumn: columns.group,
      timeUnit: columns.unit,
      people: file.rows.length,
      at,
      by: actor.kind === 'member' ? actor.accountId : actor.kind,
    })
    if (!fresh) {
      const first = await cohortByHash(db, clinicId, contentHash)
      // A key that names another file's cohort is a defect of the caller, never of the file.
      if (!first) throw new Error(`the key ${key} is taken by another cohort`)
      return done({ cohortId: first.id, people: first.people, already: true })
    }
    await insertCohortRows(db, clinicId, key, file.rows)
    audit.write(importCohortAction.id, {
      object: 'outside-cohort',
      objectId: key,
      detail: { people: file.rows.length },
    })
    tell('cohort.imported', { cohortId: key })
    return done({ cohortId: key, people: file.rows.length, already: false })
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
