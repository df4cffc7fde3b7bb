import type { Actor } from '../../../platform/actor.ts'
import type { ReadNeeds } from '../../../platform/command.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import { timeInWords } from '../../../platform/time.ts'
import { unansweredRequests } from './witness-queries.server.ts'
import { actOfRequest, inputText, isRecorded, type WitnessedAct } from './witnessed-acts.server.ts'

/** A request of one's own that nobody has answered yet: nothing of it stands in the ledger. */
export type OwnWaiting = {
  readonly href: string
  /** "Waste 1.20 mL (12 mg). Lot L1: Ketamine hydrochloride 10 mg/mL, usable through Sun 31 Dec 2028." */
  readonly words: string
  /** "12:04" */
  readonly since: string
  /** Whether what is about to be entered is the same once more, under another key. */
  readonly again: boolean
}

/**
 * What somebody asked a witness for and is not answered, the oldest first.
 *
 * @param entering what they are about to enter, to be told where it waits already
 */
export async function ownWaiting(
  {
    db,
    at,
    actor,
  }: Pick<ReadNeeds, 'db' | 'at'> & { readonly actor: Actor & { readonly clinicId: ClinicId } },
  timeZone: string,
  entering?: WitnessedAct,
): Promise<OwnWaiting[]> {
  if (actor.kind !== 'member') return []
  const waiting: OwnWaiting[] = []
  for (const request of await unansweredRequests(db, actor.clinicId, at)) {
    if (request.askedBy !== actor.accountId || (await isRecorded({ db, actor }, request))) continue
    const asked = actOfRequest(request)
    waiting.push({
      href: `/work/witness/${request.id}`,
      words: request.words.split('\n').slice(0, 2).join(' '),
      since: timeInWords(request.askedAt, timeZone),
      again: entering !== undefined && isSameAgain(asked, entering),
    })
  }
  return waiting
}

/** Whether two acts of different forms say the same, whatever reason was typed. */
function isSameAgain(one: WitnessedAct, other: WitnessedAct): boolean {
  return one.act === other.act && one.input.key !== other.input.key && contentOf(one) === contentOf(other)
}

function contentOf(asked: WitnessedAct): string {
  const { key: _key, at: _at, reason: _reason, remarks: _remarks, ...content } = JSON.parse(inputText(asked))
  return JSON.stringify(content)
}
