import type { Member } from '../../app/platform/actor.ts'
import type { FormAnswer } from '../../app/platform/form.ts'
import type { PageArgs } from '../../app/platform/page.server.ts'
import type { ReadingStep, ToRead } from '../../app/treat/ledger/signed-act.server.ts'
import type { Arranging, TestClinic } from './test-clinic.ts'

/** What a loader or an action of a page is called with, as somebody of the clinic opens or posts it. */
export async function pageArgs(
  { services }: Arranging,
  clinic: TestClinic,
  path: string,
  more: {
    /** The nurse when left out. */
    readonly by?: Member
    readonly params?: Readonly<Record<string, string>>
    readonly fields?: Readonly<Record<string, string>>
  } = {},
): Promise<PageArgs & { readonly form: FormData }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(more.fields ?? {})) form.set(name, value)
  const url = new URL(path, 'http://clinic.test')
  return {
    services,
    actor: more.by ?? clinic.as.nurse,
    clinic: (await services.clinicProfile(clinic.id))!,
    params: more.params ?? {},
    request: new Request(url),
    url,
    address: '192.0.2.1',
    form,
  }
}

/** The words that a page puts before who signs; a test that gets errors instead fails here. */
export const stepOf = (answer: unknown): ToRead => (answer as ReadingStep).read

/** Field by field. */
export const errorsOf = (answer: unknown) => (answer as FormAnswer).errors

/** What the page with the words sends: what was typed, and its own fields. */
export const sentWith = ({ typed, asked, shown }: ToRead) => ({ ...Object.fromEntries(typed), asked, shown })
