import { peopleByIds } from '../identity/index.server.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { done, type Outcome, refused } from '../platform/outcome.ts'
import { addMs, type Instant, MINUTE_MS } from '../platform/time.ts'
import { recordFact as recordFactAction } from './assess-access.ts'
import { factsOfPerson, insertFacts } from './assess-queries.server.ts'
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
  async run(needs, input) {
    const outcome = await recordAll(needs, [input])
    return outcome.ok ? done(outcome.value[0]!) : outcome
  },
}

/** Staff record several facts at once: all of them, or none when one is refused. */
export const recordFacts: Command<readonly NewFact[], readonly Fact[], FactRefusal> = {
  action: recordFactAction,
  run: recordAll,
}

async function recordAll(
  needs: Needs,
  inputs: readonly NewFact[],
): Promise<Outcome<readonly Fact[], FactRefusal>> {
  const { db, at, actor } = needs
  const named = [...new Set(inputs.map(({ personId }) => personId))]
  if ((await peopleByIds(db, actor.clinicId, named)).length < named.length) return refused('no-such-person')
  const checked: CheckedFact[] = []
  for (const input of inputs) {
    const value = factValueSchemas[input.kind].safeParse(input.value)
    if (!value.success) return refused('not-plausible', { kind: input.kind })
    if (input.observedAt > addMs(at, CLOCK_SLACK_MS)) return refused('observed-in-the-future')
    checked.push({ ...input, value: value.data })
  }
  const facts: Fact[] = []
  for (const [i, stored] of (await storeFacts(needs, checked)).entries()) {
    if (!stored) return refused('id-taken', { kind: inputs[i]!.kind })
    facts.push(stored)
  }
  return done(facts)
}

type CheckedFact = Omit<NewFact, 'source' | 'value'> & {
  readonly source: FactSource
  readonly value: Fact['value']
}

/**
 * Part of a command: stores a fact whose value was checked.
 *
 * @returns the fact, or the same one stored earlier under this id; undefined when that one says something else
 */
export async function storeFact(needs: Needs, input: CheckedFact): Promise<Fact | undefined> {
  return (await storeFacts(needs, [input]))[0]
}

/**
 * Part of a command: stores several facts in one statement.
 *
 * @returns for each what `storeFact` returns of it, in their order
 */
export async function storeFacts(
  { db, at, actor, audit, tell }: Needs,
  inputs: readonly CheckedFact[],
): Promise<(Fact | undefined)[]> {
  const facts = inputs.map(
    (input): Fact => ({
      ...input,
      recordedAt: at,
      recordedBy: actor.kind === 'member' && input.source !== 'self-report' ? actor.accountId : 'patient',
    }),
  )
  const fresh = await insertFacts(db, actor.clinicId, facts)
  const results: (Fact | undefined)[] = []
  for (const fact of facts) {
    // Taken out when met, so that an id given twice is new once.
    if (fresh.delete(fact.id)) {
      audit.write('assess.record-fact', {
        personId: fact.personId,
        object: 'fact',
        objectId: fact.id,
        detail: { kind: fact.kind, source: fact.source },
      })
      tell('fact.recorded', { personId: fact.personId, kind: fact.kind })
      results.push(fact)
      continue
    }
    const all = await factsOfPerson(db, actor.clinicId, fact.personId, [fact.kind])
    results.push(
      all.find(
        (earlier) =>
          earlier.id === fact.id &&
          earlier.observedAt === fact.observedAt &&
          canonical(earlier.value) === canonical(fact.value),
      ),
    )
  }
  return results
}

/** The database keeps no order of members, so they are sorted before comparing. */
function canonical(value: Fact['value']): string {
  return JSON.stringify(typeof value === 'object' ? Object.entries(value).sort() : value)
}
