import { createHash } from 'node:crypto'
import { clinicById } from '../../identity/index.server.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Command, type ReadNeeds, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { Services } from '../../platform/services.server.ts'
import { type LocalDate, localDateOf } from '../../platform/time.ts'
import { lockRefresh } from '../dataset/course-queries.server.ts'
import { datasetOverview } from '../dataset/figure-queries.server.ts'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { inventedWords } from '../invented-words.ts'
import { publishReleaseAction, withdrawReleaseAction } from './release-access.ts'
import { releaseVersions } from './release-definitions.ts'
import {
  type Correction,
  correctionTellsFew,
  type ReleaseBatch,
  type ReleasePage,
  releasePage,
} from './release-page.ts'
import { nextReleaseDay, quarterStart, type ReleasePeriod, releasePeriod } from './release-period.ts'
import {
  batchCounts,
  type CountedPeople,
  countedPeople,
  insertRelease,
  insertWithdrawal,
  type Release,
  type ReleaseId,
  releases,
  type WhoIsCounted,
} from './release-queries.server.ts'
import { releaseSequence } from './release-sequence.ts'

/** What would be published now, or why nothing can be. */
export type PreparedRelease =
  | {
      readonly kind: 'ready'
      readonly number: number
      readonly added: ReleasePeriod
      /** The withdrawn release it takes the place of. */
      readonly corrects: { readonly id: ReleaseId; readonly number: number } | undefined
      /** Whoever kept the withdrawn page can tell by it what was corrected of fewer than ten people. */
      readonly tellsFew: boolean
      readonly who: WhoIsCounted
      readonly batch: ReleaseBatch
      readonly page: ReleasePage
      readonly pageHash: string
    }
  | {
      readonly kind: 'wait'
      readonly why: 'nobody-yet' | 'no-new-quarter' | 'too-few-new' | 'too-few-left'
      /** When there is more to add; undefined when nobody can say. */
      readonly until: LocalDate | undefined
    }

type ToPrepare = { readonly added: ReleasePeriod; readonly who: WhoIsCounted; readonly people: CountedPeople }

/**
 * Puts the next release together from the stored courses, which must be up to date (`bringOutcomesUpToDate`). What was withdrawn is counted
 * anew before anything is added; those whom releases that stand have counted stay as they were.
 */
async function prepareRelease(
  { db, at, actor }: Pick<ReadNeeds, 'db' | 'at' | 'actor'>,
  before: readonly Release[],
): Promise<PreparedRelease> {
  const { clinicId } = actor
  const clinic = await clinicById(db, clinicId)
  if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
  const today = localDateOf(at, clinic.timeZone)
  const { standing, toCorrect } = releaseSequence(before)
  const next = await nextPeople(db, clinicId, today, standing, toCorrect)
  if ('why' in next) return { kind: 'wait', ...next }
  const { added, who, people } = next
  const counts = await batchCounts(db, clinicId, who)
  const since = people.firstDoseFrom && quarterStart(people.firstDoseFrom)
  const batch: ReleaseBatch = {
    versions: releaseVersions,
    counts,
    ...(since && since < added.from ? { since } : {}),
  }
  const number = (before[0]?.number ?? 0) + 1
  const page = releasePage(
    { ...batch, period: added },
    standing.map((release) => ({ ...release.batch, period: release.added })),
    {
      clinicName: clinic.name,
      invented: inventedWords(
        people.invented === 0 ? 'none' : people.invented === people.people ? 'all' : 'some',
        clinic.demonstration,
      ),
      countedOn: today,
      corrections: correctionsSoFar(before, toCorrect && { toCorrect, number, today }, clinic.timeZone),
    },
  )
  return {
    kind: 'ready',
    number,
    added,
    corrects: toCorrect && { id: toCorrect.id, number: toCorrect.number },
    tellsFew: toCorrect !== undefined && correctionTellsFew(toCorrect.page.figures, page.figures),
    who,
    batch,
    page,
    pageHash: createHash('sha256').update(JSON.stringify(page)).digest('hex'),
  }
}

/** Whose figures come next: those of a withdrawn release anew, or those of new quarters. */
async function nextPeople(
  db: Read,
  clinicId: ClinicId,
  today: LocalDate,
  standing: readonly Release[],
  toCorrect: Release | undefined,
): Promise<ToPrepare | Omit<PreparedRelease & { kind: 'wait' }, 'kind'>> {
  const after = standing.find(({ batch }) => batch.versions !== releaseVersions)?.added.to
  if (toCorrect) {
    const { added } = toCorrect
    const who = { counted: 'anew', of: toCorrect.id, upTo: added.to, after } as const
    const people = await countedPeople(db, clinicId, who)
    if (people.people >= SMALLEST_SHOWN) return { added, who, people }
  }
  const { firstDoseFrom } = await datasetOverview(db, { clinicId, today })
  if (!firstDoseFrom) return { why: 'nobody-yet', until: undefined }
  const publishedTo = standing[0]?.added.to
  const added = releasePeriod(today, firstDoseFrom, publishedTo)
  if (!added) return { why: 'no-new-quarter', until: nextReleaseDay(publishedTo ?? firstDoseFrom) }
  const who = { counted: 'first', upTo: added.to, after } as const
  const people = await countedPeople(db, clinicId, who)
  // Those of a withdrawn page do not count as new: somebody may have kept it.
  if (people.fresh < SMALLEST_SHOWN) {
    return { why: toCorrect ? 'too-few-left' : 'too-few-new', until: nextReleaseDay(added.to) }
  }
  return { added, who, people }
}

/** Every withdrawn release that was counted anew, and the one that is to be, oldest first. */
function correctionsSoFar(
  before: readonly Release[],
  now: { readonly toCorrect: Release; readonly number: number; readonly today: LocalDate } | undefined,
  timeZone: string,
): Correction[] {
  return before.toReversed().flatMap((wrong): Correction[] => {
    const by = before.find(({ corrects }) => corrects === wrong.id)
    const corrected = by
      ? { correctedBy: by.number, correctedOn: by.page.countedOn }
      : wrong.id === now?.toCorrect.id && { correctedBy: now.number, correctedOn: now.today }
    if (!wrong.withdrawn || !corrected) return []
    const { at, reason } = wrong.withdrawn
    return [{ release: wrong.number, withdrawnOn: localDateOf(at, timeZone), reason, ...corrected }]
  })
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

/** Whether two names are the same but for upper case and spaces. */
function isSameName(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
  return plain(one) === plain(other)
}

/**
 * Publishes the next release under the name of the manager's account, which they type to sign. What is stored is what was looked at: when the figures have changed
 * since (`pageHash`), nothing is published. The same key again answers as the first time.
 */
export const publishRelease: Command<
  { readonly key: ReleaseId; readonly pageHash: string; readonly typedName: string },
  { readonly releaseId: ReleaseId; readonly number: number },
  'not-a-member' | 'name-missing' | 'other-name' | 'nothing-to-publish' | 'changed-since'
> = {
  action: publishReleaseAction,
  async run({ db, at, actor, audit, tell }, { key, pageHash, typedName }) {
    if (actor.kind !== 'member') return refused('not-a-member')
    if (typedName.trim().length < 2) return refused('name-missing')
    const signedName = actor.name
    if (!isSameName(typedName, signedName)) return refused('other-name')
    // Nobody's course changes, and no release is signed or withdrawn, between counting and storing.
    await lockRefresh(db, actor.clinicId)
    const before = await releases(db, actor.clinicId)
    const same = before.find(({ id }) => id === key)
    if (same) return done({ releaseId: key, number: same.number })
    const next = await prepareRelease({ db, at, actor }, before)
    if (next.kind === 'wait') return refused('nothing-to-publish')
    if (next.pageHash !== pageHash) return refused('changed-since')
    const stored = await insertRelease(db, actor.clinicId, {
      id: key,
      ...next,
      corrects: next.corrects?.id,
      signedName,
      signedBy: actor.accountId,
      publishedAt: at,
    })
    if (!stored) return refused('changed-since')
    audit.write(publishReleaseAction.id, {
      object: 'results-release',
      objectId: key,
      detail: { number: next.number, pageHash, corrects: next.corrects?.number ?? null },
    })
    tell('results.published', { releaseId: key, number: next.number })
    return done({ releaseId: key, number: next.number })
  },
}

/**
 * Takes the newest release that stands off the public page, which then says so and why. It stays stored; its people may be counted anew by a
 * release that corrects it. An older one is refused while a newer one stands, since that one adds it up.
 */
export const withdrawRelease: Command<
  { readonly releaseId: ReleaseId; readonly reason: string },
  undefined,
  'not-a-member' | 'no-such-release' | 'not-the-newest' | 'reason-missing'
> = {
  action: withdrawReleaseAction,
  async run({ db, at, actor, audit, tell }, { releaseId, reason }) {
    if (actor.kind !== 'member') return refused('not-a-member')
    const said = reason.trim()
    if (said.length < 3) return refused('reason-missing')
    await lockRefresh(db, actor.clinicId)
    const all = await releases(db, actor.clinicId)
    const release = all.find(({ id }) => id === releaseId)
    if (!release) return refused('no-such-release')
    if (release.withdrawn) return done(undefined)
    if (releaseSequence(all).standing[0] !== release) return refused('not-the-newest')
    await insertWithdrawal(db, actor.clinicId, { releaseId, reason: said, by: actor.accountId, at })
    audit.write(withdrawReleaseAction.id, { object: 'results-release', objectId: releaseId })
    tell('results.withdrawn', { releaseId })
    return done(undefined)
  },
}
