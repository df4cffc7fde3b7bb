import { createHash } from 'node:crypto'
import { clinicById } from '../../identity/index.server.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Command, type ReadNeeds, runQuery } from '../../platform/command.server.ts'
import { SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { Services } from '../../platform/services.server.ts'
import { type LocalDate, localDateOf } from '../../platform/time.ts'
import { datasetOverview } from '../dataset/figure-queries.server.ts'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { inventedWords } from '../invented-words.ts'
import { peopleOf } from './public-figures.ts'
import { publishReleaseAction, withdrawReleaseAction } from './release-access.ts'
import { releaseVersions } from './release-definitions.ts'
import { type ReleaseBatch, type ReleasePage, releasePage } from './release-page.ts'
import { nextReleaseDay, type ReleasePeriod, releasePeriod } from './release-period.ts'
import {
  batchCounts,
  insertRelease,
  insertWithdrawal,
  type Release,
  type ReleaseId,
  releases,
} from './release-queries.server.ts'

/** What would be published now, or why nothing can be. */
export type PreparedRelease =
  | {
      readonly kind: 'ready'
      readonly number: number
      readonly added: ReleasePeriod
      readonly batch: ReleaseBatch
      readonly page: ReleasePage
      readonly pageHash: string
    }
  | {
      readonly kind: 'wait'
      readonly why: 'nobody-yet' | 'no-new-quarter' | 'too-few-new'
      /** When there is more to add; undefined when nobody can say. */
      readonly until: LocalDate | undefined
    }

/**
 * Puts the next release together from the stored courses, which must be up to date (`bringOutcomesUpToDate`). Only people whose first session is
 * in quarters not yet published are counted; those published before stand as they were.
 */
async function prepareRelease(
  { db, at, actor }: Pick<ReadNeeds, 'db' | 'at' | 'actor'>,
  before: readonly Release[],
): Promise<PreparedRelease> {
  const { clinicId } = actor
  const clinic = await clinicById(db, clinicId)
  if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
  const today = localDateOf(at, clinic.timeZone)
  const { firstDoseFrom } = await datasetOverview(db, { clinicId, today })
  if (!firstDoseFrom) return { kind: 'wait', why: 'nobody-yet', until: undefined }
  const newest = before[0]
  const added = releasePeriod(today, firstDoseFrom, newest?.added.to)
  if (!added) {
    const until = nextReleaseDay(newest?.added.to ?? firstDoseFrom)
    return { kind: 'wait', why: 'no-new-quarter', until }
  }
  const counts = await batchCounts(db, clinicId, added)
  if (peopleOf(counts) < SMALLEST_SHOWN) {
    return { kind: 'wait', why: 'too-few-new', until: nextReleaseDay(added.to) }
  }
  const { people, invented } = await datasetOverview(db, { clinicId, today, firstDose: added })
  const page = releasePage(
    counts,
    added,
    before.map(({ batch, added: period }) => ({ ...batch, period })),
    {
      clinicName: clinic.name,
      invented: inventedWords(
        invented === 0 ? 'none' : invented === people ? 'all' : 'some',
        clinic.demonstration,
      ),
      countedOn: today,
    },
  )
  return {
    kind: 'ready',
    number: (newest?.number ?? 0) + 1,
    added,
    batch: { versions: releaseVersions, counts },
    page,
    pageHash: createHash('sha256').update(JSON.stringify(page)).digest('hex'),
  }
}

/** The next release as its signer will see it, and every release so far, newest first. */
export async function releaseDesk(
  services: Services,
  actor: Actor,
  noted: (needs: ReadNeeds) => void = () => {},
): Promise<{ readonly next: PreparedRelease; readonly before: readonly Release[] }> {
  await bringOutcomesUpToDate(services, actor.clinicId)
  return runQuery(services, actor, async (needs) => {
    noted(needs)
    const before = await releases(needs.db, actor.clinicId)
    return { next: await prepareRelease(needs, before), before }
  })
}

/**
 * Publishes the next release under the manager's name. What is stored is what was looked at: when the figures have changed
 * since (`pageHash`), nothing is published. The same key again answers as the first time.
 */
export const publishRelease: Command<
  { readonly key: ReleaseId; readonly pageHash: string; readonly typedName: string },
  { readonly releaseId: ReleaseId; readonly number: number },
  'not-a-member' | 'name-missing' | 'nothing-to-publish' | 'changed-since'
> = {
  action: publishReleaseAction,
  async run({ db, at, actor, audit, tell }, { key, pageHash, typedName }) {
    if (actor.kind !== 'member') return refused('not-a-member')
    const signedName = typedName.trim()
    if (signedName.length < 2) return refused('name-missing')
    const before = await releases(db, actor.clinicId)
    const same = before.find(({ id }) => id === key)
    if (same) return done({ releaseId: key, number: same.number })
    const next = await prepareRelease({ db, at, actor }, before)
    if (next.kind === 'wait') return refused('nothing-to-publish')
    if (next.pageHash !== pageHash) return refused('changed-since')
    const stored = await insertRelease(db, actor.clinicId, {
      id: key,
      ...next,
      signedName,
      signedBy: actor.accountId,
      publishedAt: at,
    })
    if (!stored) return refused('changed-since')
    audit.write(publishReleaseAction.id, {
      object: 'results-release',
      objectId: key,
      detail: { number: next.number, pageHash },
    })
    tell('results.published', { releaseId: key, number: next.number })
    return done({ releaseId: key, number: next.number })
  },
}

/**
 * Takes the newest release off the public page, which then says so and why. It stays stored, and its people stay counted:
 * somebody may have kept the page.
 */
export const withdrawRelease: Command<
  { readonly releaseId: ReleaseId; readonly reason: string },
  undefined,
  'not-a-member' | 'no-such-release' | 'reason-missing'
> = {
  action: withdrawReleaseAction,
  async run({ db, at, actor, audit, tell }, { releaseId, reason }) {
    if (actor.kind !== 'member') return refused('not-a-member')
    const said = reason.trim()
    if (said.length < 3) return refused('reason-missing')
    const release = (await releases(db, actor.clinicId)).find(({ id }) => id === releaseId)
    if (!release) return refused('no-such-release')
    if (release.withdrawn) return done(undefined)
    await insertWithdrawal(db, actor.clinicId, { releaseId, reason: said, by: actor.accountId, at })
    audit.write(withdrawReleaseAction.id, { object: 'results-release', objectId: releaseId })
    tell('results.withdrawn', { releaseId })
    return done(undefined)
  },
}
