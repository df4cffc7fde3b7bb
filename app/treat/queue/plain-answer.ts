import { isRouteErrorResponse } from 'react-router'
import type { FormAnswer } from '../../platform/form.ts'
import { typedValues } from '../../platform/form.ts'

/** How a form that only the server may answer was answered, while the page stayed where it is. */
export type PlainAnswer = { readonly intent: string } & (
  | { readonly done: string }
  | { readonly answer: FormAnswer }
)

/** Longer than any answer should take; after that nothing is known. */
const GIVE_UP_MS = 30_000

const SIGNED_OUT =
  'Not recorded: nobody is signed in on this device any more. Sign in in another tab, then press again; what is typed here stays.'
const NO_RIGHT = 'Not recorded: you do not have the right to do this.'
/** Nothing heard is nothing known; the form's key makes a repeated one the same entry. */
export const NO_ANSWER =
  'No answer came: it is not known whether this was recorded. Look at the log, or press again; it is recorded once.'

/**
 * Waits for the server's answer to a form and says it as an answer, never as another page: what else is typed stays.
 *
 * @param asked rejects with the redirect of a form that was taken, with an error page, or without a network
 * @param form as it was sent; its values come back with what is to be changed
 */
export async function answeredInPlace(asked: Promise<unknown>, form: FormData): Promise<PlainAnswer> {
  const intent = String(form.get('intent') ?? '')
  const problem = (words: string): PlainAnswer => ({
    intent,
    answer: { errors: { form: words }, values: typedValues(form) },
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const givenUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), GIVE_UP_MS)
  })
  try {
    const answer = await Promise.race([asked, givenUp])
    return isFormAnswer(answer) ? { intent, answer } : problem(NO_ANSWER)
  } catch (thrown) {
    if (thrown instanceof Response && thrown.headers.has('Location')) {
      const { pathname, searchParams } = new URL(thrown.headers.get('Location')!, 'http://here.invalid')
      if (pathname.startsWith('/sign-in')) return problem(SIGNED_OUT)
      return { intent, done: searchParams.get('done') ?? '' }
    }
    if (!(thrown instanceof Response) && !isRouteErrorResponse(thrown)) return problem(NO_ANSWER)
    if (thrown.status === 401) return problem(SIGNED_OUT)
    if (thrown.status === 403) return problem(NO_RIGHT)
    if (thrown.status >= 500 || thrown.status === 408) return problem(NO_ANSWER)
    return problem(
      'Not recorded: the server did not understand this form. Write down what is typed, then reload the page.',
    )
  } finally {
    clearTimeout(timer)
  }
}

function isFormAnswer(answer: unknown): answer is FormAnswer {
  return typeof answer === 'object' && answer !== null && 'errors' in answer && 'values' in answer
}
