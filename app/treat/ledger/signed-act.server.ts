import { createHash } from 'node:crypto'
import { confirmSecond, members } from '../../identity/index.server.ts'
import { notConfirmedWords, type StepUp } from '../../identity/index.ts'
import { runQuery } from '../../platform/command.server.ts'
import { formProblem, typedValues } from '../../platform/form.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addMs, type Instant, MINUTE_MS, parseInstant } from '../../platform/time.ts'
import { WITNESS_REFUSALS, WITNESS_ROLES } from './witness.server.ts'
import type { OwnWaiting } from './witness-request/own-waiting.server.ts'

type Posted = PageArgs & { readonly form: FormData }

/**
 * How long a sentence that was shown may wait for its signature; after that it is shown anew, with the time of then. A design
 * default.
 */
const SHOWN_FOR_MS = 30 * MINUTE_MS

/** Fields of the reading step itself: everything else was typed in the form before it. */
const OWN_FIELDS = ['intent', 'shown', 'asked', 'secondEmail']

/** An act that is read before it is recorded. */
export type ActToSign = {
  /** What is recorded, in one sentence; it names nobody who is treated here. */
  readonly says: string
  /** What was typed as the reason. */
  readonly why?: string
  /** What whoever signs should know beside, such as that the label has to be read. */
  readonly remarks?: readonly string[]
  readonly second: 'required' | 'optional' | 'none'
  /** What they asked a witness for that is not answered yet. It is told beside: nobody signs over it. */
  readonly waiting?: readonly OwnWaiting[]
}

/** What the page then shows instead of its form. Nothing is recorded by it. */
export type ToRead = ActToSign & {
  readonly asked: Instant
  /** Ties a signature to the words: see `shownDigest`. */
  readonly shown: string
  /** What was typed before, to be sent again. */
  readonly typed: readonly (readonly [name: string, value: string])[]
  readonly secondEmail: string
  readonly errors: Readonly<Record<string, string>>
  /** The words are not those that were shown before. */
  readonly changed: boolean
}

/** The answer of an action that asks for reading. */
export type ReadingStep = { readonly read: ToRead }

/**
 * When the act was put into words, as the form says; undefined when it says nothing of use or that is too long ago: then the words
 * are shown anew.
 */
export function askedAt({ form, services }: Posted): Instant | undefined {
  const now = services.clock.now()
  try {
    const asked = parseInstant(String(form.get('asked') ?? ''))
    return asked <= now && asked >= addMs(now, -SHOWN_FOR_MS) ? asked : undefined
  } catch {
    return undefined
  }
}

/** SHA-256 of everything that is shown to whoever signs. */
function shownDigest({ says, why, remarks }: ActToSign): string {
  return createHash('sha256')
    .update(JSON.stringify([says, why ?? '', remarks ?? []]))
    .digest('hex')
}

/** Shows an act in words and asks for the signature. What was typed goes along and comes back. */
export function toRead(
  { form }: Posted,
  act: ActToSign,
  asked: Instant,
  more: { readonly errors?: Readonly<Record<string, string>>; readonly changed?: boolean } = {},
): ReadingStep {
  const typed = Object.entries(typedValues(form)).flatMap(([name, value]) =>
    OWN_FIELDS.includes(name) ? [] : [value].flat().map((each) => [name, each] as const),
  )
  return {
    read: {
      ...act,
      asked,
      shown: shownDigest(act),
      typed,
      secondEmail: String(form.get('secondEmail') ?? ''),
      errors: more.errors ?? {},
      changed: more.changed ?? false,
    },
  }
}

/**
 * Whether what is sent is what was shown, and who else signs it: by their own e-mail address and password or passkey.
 *
 * @param act as it is by now; where its words differ from those shown, nothing is signed and it is shown anew
 * @param asked when it was shown, from `askedAt`
 */
export async function signatureFor(
  page: Posted,
  act: ActToSign,
  asked: Instant | undefined,
): Promise<
  | { readonly ok: true; readonly witness: StepUp | undefined }
  | { readonly ok: false; readonly step: ReadingStep }
> {
  const { form, services } = page
  const again = (errors: Readonly<Record<string, string>>) => ({
    ok: false as const,
    step: toRead(page, act, asked ?? services.clock.now(), { errors }),
  })
  if (asked === undefined || form.get('shown') !== shownDigest(act)) {
    return { ok: false, step: toRead(page, act, asked ?? services.clock.now(), { changed: true }) }
  }
  if (act.second === 'none') return { ok: true, witness: undefined }
  const given = (name: string) => String(form.get(name) ?? '').trim() !== ''
  const proves = given('secondPassword') || given('secondPasskey')
  if (!given('secondEmail') && !proves && act.second === 'optional') return { ok: true, witness: undefined }
  const missing = {
    ...(given('secondEmail') ? {} : { secondEmail: 'Enter the e-mail address of who saw it.' }),
    ...(proves ? {} : { secondPassword: 'They sign with their own password, or with their passkey.' }),
  }
  if (Object.keys(missing).length > 0) return again(missing)
  const second = await confirmSecond(page, WITNESS_ROLES)
  if (second.ok) return { ok: true, witness: second.stepUp }
  const words = 'This is not the password of a colleague who may witness. Nothing was recorded.'
  return again({ secondPassword: notConfirmedWords(second, words) })
}

/**
 * Of a form sent again: whether it names the witness who stands on record, or nobody. Who signed need not sign again, so that their
 * address alone is compared and nothing is signed by it.
 *
 * @param witness the account on record; undefined where nobody witnessed
 */
export async function namesWitness(
  { form, services, actor, clinic }: Posted,
  witness: string | undefined,
): Promise<boolean> {
  const email = String(form.get('secondEmail') ?? '')
    .trim()
    .toLowerCase()
  if (email === '') return true
  if (witness === undefined) return false
  const all = await runQuery(services, actor, ({ db }) => members(db, clinic.id))
  // Whoever has left since is no longer among them, and did sign.
  const named = all.find((member) => member.email === email)
  return named === undefined || named.accountId === witness
}

/** Back to the form with everything that was typed. A button that had filled in the amount counts as not pressed. */
export async function changeTyped({ form }: Posted) {
  const typed = new FormData()
  for (const [name, value] of form) {
    if (name !== 'all' && !OWN_FIELDS.includes(name)) typed.append(name, value)
  }
  return formProblem(typed, {})
}

/** Whether a command's refusal is about who witnesses, so that only they have to sign again. */
export function isAboutWitness(reason: string): boolean {
  return (WITNESS_REFUSALS as readonly string[]).includes(reason)
}
