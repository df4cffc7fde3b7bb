import { personById } from '../identity/index.server.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { done, type Outcome, refused } from '../platform/outcome.ts'
import { addMs, type Instant, MINUTE_MS } from '../platform/time.ts'
import { recordFact as recordFactAction } from './assess-access.ts'
import { factsOfPerson, insertFact } from './assess-queries.server.ts'
import { type Fact, type FactId, type FactKind, type FactSource, factValueSchemas } from './fact.ts'

export type NewFact = {
  readonly id: FactId
  readonly personId: PersonId
  readonly kind: FactKind
  readonly value: unknown
  readonly observedAt: Instant
  readonly source: Exclude<FactSource, 'self-report'>
}

/** How far a bedside clock may run ahead of the server's. */
const CLOCK_SLACK_MS = 5 * MINUTE_MS

type FactRefusal = 'no-such-person' | 'not-plausible' | 'observed-in-the-future' | 'id-taken'

/** Staff record what they measured or read. Repeating it with the same id answers like the first time. */
export const recordFact: Command<NewFact, Fact, FactRefusal> = {
  action: recordFactAction,
  run: recordOne,
}

/** Staff record several facts at once: all of them, or none when one is refused. */
export const recordFacts: Command<readonly NewFact[], readonly Fact[], FactRefusal> = {
  action: recordFactAction,
  async run(needs, inputs) {
    const facts: Fact[] = []
    for (const input of inputs) {
      const outcome = await recordOne(needs, input)
      if (!outcome.ok) return outcome
      facts.push(outcome.value)
    }
    return done(facts)
  },
}

async function recordOne(needs: Needs, input: NewFact): Promise<Outcome<Fact, FactRefusal>> {
  const { db, at, actor } = needs
  if (!(await personById(db, actor.clinicId, input.personId))) return refused('no-such-person')
  const value = factValueSchemas[input.kind].safeParse(input.value)
  if (!value.success) return refused('not-plausible', { kind: input.kind })
  if (input.observedAt > addMs(at, CLOCK_SLACK_MS)) return refused('observed-in-the-future')
  const stored = await storeFact(needs, { ...input, value: value.data })
  return stored ? done(stored) : refused('id-taken', { kind: input.kind })
}

/**
 * Part of a command: stores a fact whose value was checked.
 *
 * @returns the fact, or the same one stored earlier under this id; undefined when that one says something else
 */
export async function storeFact(
  { db, at, actor, audit, tell }: Needs,
  input: Omit<NewFact, 'source' | 'value'> & {
    readonly source: FactSource
    readonly value: Fact['value']
  },
): Promise<Fact | undefined> {
  const fact: Fact = {
    ...input,
    recordedAt: at,
    recordedBy: actor.kind === 'member' && input.source !== 'self-report' ? actor.accountId : 'patient',
  }
  if (await insertFact(db, actor.clinicId, fact)) {
    audit.write('assess.record-fact', {
      personId: input.personId,
      object: 'fact',
      objectId: fact.id,
      detail: { kind: fact.kind, source: fact.source },
    })
    tell('fact.recorded', { personId: input.personId, kind: fact.kind })
    return fact
  }
  const all = await factsOfPerson(db, actor.clinicId, input.personId, [input.kind])
  return all.find(
    (earlier) =>
      earlier.id === input.id &&
      earlier.observedAt === fact.observedAt &&
      canonical(earlier.value) === canonical(fact.value),
  )
}

/** The database keeps no order of members, so they are sorted before comparing. */
function canonical(value: Fact['value']): string {
  return JSON.stringify(typeof value === 'object' ? Object.entries(value).sort() : value)
}
