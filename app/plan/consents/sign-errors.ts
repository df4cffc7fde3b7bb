import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import type { DocumentView } from './document-view.server.ts'

/**
 * The list above a signing form that came back: what is said alike of several questions or statements names the one it is
 * about, which at the field itself stands there already. Pure.
 */
export function signErrors(
  problem: FormAnswer | undefined,
  { questions, acknowledgements }: Pick<DocumentView, 'questions' | 'acknowledgements'>,
): ReturnType<typeof fieldErrors> {
  const about = new Map<string, string>([
    ...questions.map((q) => [`answer-${q.id}`, q.question] as const),
    ...acknowledgements.map((a) => [`ack-${a.id}`, a.text] as const),
  ])
  return fieldErrors(problem).map(({ fieldId, message }) => {
    const asked = about.get(fieldId)
    return { fieldId, message: asked ? `${message} “${asked}”` : message }
  })
}
