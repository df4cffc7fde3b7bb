import type { Actor, Member } from '../../platform/actor.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { FigureBlock } from './figure-block.ts'
import type { ShownShare } from './missing-shares.ts'
import { pointShares } from './point-shares.server.ts'
import { keptFigures, type SnapshotKey } from './snapshot-queries.server.ts'
import { type FigureQuestion, overviewBlocks, topicBlocks } from './topic-blocks.server.ts'
import { TOPICS, type TopicId } from './topics.ts'
import { knowsClinicians } from './viewer.ts'

export type OverviewBlock = { readonly topic: TopicId; readonly block: FigureBlock }

/** Strict figures as they were worked out once. */
export type FrozenFigures = {
  topic(topic: TopicId): Promise<FigureBlock[]>
  overview(): Promise<OverviewBlock[]>
  pointShares(): Promise<readonly ShownShare[]>
}

const OVERVIEW = 'overview'
const POINT_SHARES = 'point shares'
/** Clinicians stand by name for the manager and by number for everybody else, so this page is kept twice. */
const FUNNEL_BY_NAME = 'funnel by name'

/** Reads kept figures, page by page. @param actor of kept pages which one they see */
export function frozenFigures(db: Read, snapshot: SnapshotKey, actor: Actor): FrozenFigures {
  const kept = <Figures>(page: string) => keptFigures(db, snapshot, page) as Promise<Figures>
  return {
    topic: (topic) => kept(topic === 'funnel' && knowsClinicians(actor) ? FUNNEL_BY_NAME : topic),
    overview: () => kept(OVERVIEW),
    pointShares: () => kept(POINT_SHARES),
  }
}

/** Everything that somebody with strict figures can ask for, by the name under which it is kept. */
export async function figuresToFreeze(
  of: Omit<FigureQuestion, 'actor' | 'frozen'>,
): Promise<Readonly<Record<string, unknown>>> {
  const question: FigureQuestion = { ...of, actor: someoneWith('researcher', of.asked.clinicId) }
  const figures: Record<string, unknown> = {}
  for (const { id } of TOPICS) figures[id] = await topicBlocks(id, question)
  figures[OVERVIEW] = await overviewBlocks(question)
  figures[POINT_SHARES] = await pointShares(question)
  figures[FUNNEL_BY_NAME] = await topicBlocks('funnel', {
    ...of,
    actor: someoneWith('manager', of.asked.clinicId),
  })
  return figures
}

/** Nobody in particular: what is kept is for all who have the role, so no clinician in it is "you". */
function someoneWith(role: 'manager' | 'researcher', clinicId: ClinicId): Member {
  const nobody = '00000000-0000-0000-0000-000000000000'
  return {
    kind: 'member',
    clinicId,
    accountId: nobody as Member['accountId'],
    membershipId: nobody as Member['membershipId'],
    name: role,
    roles: [role],
  }
}
