import type { ChairId } from '../app/plan/index.ts'
import type { Actor, Member, SystemActor } from '../app/platform/actor.ts'
import { type Command, runCommand } from '../app/platform/command.server.ts'
import type { Id, PersonId } from '../app/platform/ids.ts'
import type { Services } from '../app/platform/services.server.ts'
import { addMs, type Instant, MINUTE_MS } from '../app/platform/time.ts'
import type { LotId } from '../app/treat/index.ts'
import type { InventedPerson } from './invented-person.ts'
import type { Random } from './random.ts'
import type { Timetable } from './timetable.ts'

/** Everything a life in the virtual clinic needs: the clinic's own services, on the timetable's clock. */
export type World = {
  readonly services: Services
  readonly table: Timetable
  readonly zone: string
  readonly system: SystemActor
  readonly staff: {
    readonly coordinator: Member
    /** The first treats the people of the last year, all of them those of before. */
    readonly prescribers: readonly [Member, ...Member[]]
    /** The first two take turns; whoever follows is there for the rooms of the last day. */
    readonly nurses: readonly Member[]
    readonly therapist: Member
    readonly manager: Member
  }
  readonly chairs: readonly ChairId[]
  /** The lot that is in use now; a fresh one is received before it runs out. */
  lot: { id: LotId } | undefined
  /** Where the story ends and the real clock takes over. */
  readonly end: Instant
}

/** How a room stands at the story's end: an infusion runs, one was stopped for high pressure, one is over. */
export type RoomUnderWay = 'calm' | 'high-pressure' | 'recovering'

/** One person's way through the clinic, with their own chance. */
export type Life = {
  readonly person: InventedPerson
  readonly random: Random
  readonly personId: PersonId
  /** Who decides, plans and orders for this person. */
  readonly prescriber: Member
  /**
   * Somebody of earlier: the same steps, told with fewer commands and rows, so that many such people cost the start little. The
   * tablet sends its entries in bundles, forms are those that figures rest on, and check-ins are rarer.
   */
  readonly brief: boolean
  /** Somebody whose first visit is under way when the story ends. */
  readonly room?: RoomUnderWay
  /** The person signed in to the portal. */
  patient: Member | undefined
  /** The rows of the list of medicines that stand, and when the person was last asked; undefined before that. */
  medicines?: { readonly rows: readonly Id<'medicine-entry'>[]; readonly askedAt: Instant }
}

/**
 * Runs a command as somebody in the story.
 *
 * @throws Error when it is refused: in the story nobody does what the clinic refuses, so a refusal is a defect
 */
export async function act<Input, Value, Reason extends string>(
  world: World,
  actor: Actor,
  command: Command<Input, Value, Reason>,
  input: NoInfer<Input>,
): Promise<Value> {
  const outcome = await runCommand(world.services, actor, command, input)
  if (outcome.ok) return outcome.value
  throw new Error(
    `${command.action.id} at ${world.table.now()} was refused: ${outcome.reason} ${JSON.stringify(outcome.detail ?? '')}`,
  )
}

export function minutesAfter(instant: Instant, minutes: number): Instant {
  return addMs(instant, Math.round(minutes * MINUTE_MS))
}
