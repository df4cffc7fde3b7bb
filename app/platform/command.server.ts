import type { Action } from './access.ts'
import { mayDo } from './access.ts'
import type { Actor } from './actor.ts'
import { AuditTrail } from './audit-trail.ts'
import { asWrite, type Read, setTenant, sqlState, type Write } from './database.server.ts'
import type { DomainEvent, FeedEvent } from './domain-event.ts'
import { appendFeed } from './feed.server.ts'
import type { Ids } from './ids.ts'
import type { Jobs } from './jobs.server.ts'
import { type Outcome, refused } from './outcome.ts'
import type { Services } from './services.server.ts'
import type { Instant } from './time.ts'

/** What a command may use. It names the parts it needs: `({ db, at, ids, actor, audit, tell }, input)`. */
export type Needs = {
  readonly db: Write
  readonly at: Instant
  readonly ids: Ids
  readonly actor: Actor
  readonly audit: AuditTrail
  readonly jobs: Jobs
  /** Says what happened; open screens and other slices hear it after commit. */
  readonly tell: (kind: string, data: Readonly<Record<string, unknown>>) => void
}

/** What a query may use. Reading a person's record is audited in the same transaction. */
export type ReadNeeds = {
  readonly db: Read
  readonly at: Instant
  readonly actor: Actor
  readonly audit: AuditTrail
}

/**
 * A command: authorise → load → decide → save → audit → plan jobs, in one transaction. `action` says who may.
 */
export type Command<Input, Value, Reason extends string> = {
  readonly action: Action
  readonly run: (needs: Needs, input: Input) => Promise<Outcome<Value, Reason>>
}

const ATTEMPTS = 4
/**
 * Serialization failure and deadlock: the database asks to try again. And a key that somebody else has written meanwhile: the next try
 * finds it and answers in words.
 */
const TRY_AGAIN = new Set(['40001', '40P01', '23505'])

/**
 * Runs a command in one transaction of the actor's clinic, appends audit and feed as its last statements,
 * commits, then tells screens and reactions. A refusal rolls the command back and keeps one audit line of it.
 *
 * @returns the command's outcome, or the refusal "not-allowed" when the actor may not do this
 */
export async function runCommand<Input, Value, Reason extends string>(
  services: Services,
  actor: Actor,
  command: Command<Input, Value, Reason>,
  input: NoInfer<Input>,
): Promise<Outcome<Value, Reason | 'not-allowed'>> {
  const started = performance.now()
  const outcome = mayDo(actor, command.action)
    ? await attempt(services, actor, command, input)
    : refused('not-allowed' as const)
  services.metrics.observeSeconds('evenkeel_command_seconds', (performance.now() - started) / 1000, {
    action: command.action.id,
    outcome: outcome.ok ? 'done' : 'refused',
  })
  if (!outcome.ok) await recordRefusal(services, actor, command.action, outcome.reason)
  return outcome
}

async function attempt<Input, Value, Reason extends string>(
  services: Services,
  actor: Actor,
  command: Command<Input, Value, Reason>,
  input: Input,
): Promise<Outcome<Value, Reason>> {
  for (let tries = 1; ; tries++) {
    try {
      const { outcome, feed } = await oneTransaction(services, actor, command, input)
      if (feed.length > 0) {
        services.feed.publish(feed)
        await react(services, feed)
      }
      return outcome
    } catch (error) {
      if (error instanceof RolledBack) return error.outcome as Outcome<Value, Reason>
      if (tries < ATTEMPTS && TRY_AGAIN.has(sqlState(error) ?? '')) continue
      throw error
    }
  }
}

/** Carries a refusal out of the transaction so that everything the command wrote is undone. */
class RolledBack extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super('refused')
    this.outcome = outcome
  }
}

async function oneTransaction<Input, Value, Reason extends string>(
  services: Services,
  actor: Actor,
  command: Command<Input, Value, Reason>,
  input: Input,
): Promise<{ outcome: Outcome<Value, Reason>; feed: FeedEvent[] }> {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const db = asWrite(transaction)
    const at = services.clock.now()
    const audit = new AuditTrail()
    const events: DomainEvent[] = []
    const tell: Needs['tell'] = (kind, data) =>
      events.push({ id: services.ids.next(), clinicId: actor.clinicId, kind, at, data })
    const outcome = await command.run(
      { db, at, ids: services.ids, actor, audit, jobs: services.jobs, tell },
      input,
    )
    if (!outcome.ok) throw new RolledBack(outcome as Outcome<never>)
    for (const event of events) {
      // The safety net: should the process die between commit and reaction, the job reacts later.
      if (services.reactions.has(event.kind)) {
        await services.jobs.plan(db, 'react', { event }, { runAt: secondsLater(at, 20) })
      }
    }
    if (audit.entries.length > 0) await services.audit.append(db, actor.clinicId, actor, at, audit.entries)
    const feed = await appendFeed(db, actor.clinicId, events)
    return { outcome, feed }
  })
}

function secondsLater(at: Instant, seconds: number): Instant {
  return new Date(Date.parse(at) + seconds * 1000).toISOString() as Instant
}

/** Runs what follows from events in other slices. A failure is logged; the planned job tries again. */
async function react(services: Services, events: readonly DomainEvent[]): Promise<void> {
  for (const event of events) {
    for (const reaction of services.reactions.get(event.kind) ?? []) {
      try {
        await reaction(services, event)
      } catch (error) {
        services.log.error('reaction.failed', error, { kind: event.kind, eventId: event.id })
      }
    }
  }
}

async function recordRefusal(
  services: Services,
  actor: Actor,
  wanted: Action,
  reason: string,
): Promise<void> {
  await services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    await services.audit.append(asWrite(transaction), actor.clinicId, actor, services.clock.now(), [
      { action: wanted.id, power: 'refused', detail: { reason } },
    ])
  })
}

/**
 * Runs a query in one transaction of the actor's clinic. What the query notes in `audit` is appended in the
 * same transaction, so that no record is read without a trace.
 */
export async function runQuery<Value>(
  services: Services,
  actor: Actor,
  query: (needs: ReadNeeds) => Promise<Value>,
): Promise<Value> {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, actor.clinicId)
    const db = asWrite(transaction)
    const audit = new AuditTrail()
    const at = services.clock.now()
    const value = await query({ db, at, actor, audit })
    if (audit.entries.length > 0) await services.audit.append(db, actor.clinicId, actor, at, audit.entries)
    return value
  })
}
