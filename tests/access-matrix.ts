import type { LivedInClinic, TwoClinics } from './two-clinics.ts'

export type Who = 'visitor' | 'coordinator' | 'prescriber' | 'nurse' | 'therapist' | 'manager' | 'patient'

type Parameter = (w: TwoClinics, clinic: LivedInClinic) => Promise<string>

export type RouteAccess = {
  /** Who may open the page. */
  readonly read: readonly Who[]
  /** Who may send which form: declared action → the form's `intent` and who. */
  readonly write?: Readonly<
    Record<string, { intent: string; who: readonly Who[]; fields?: Record<string, string> }>
  >
  /** How to fill the address for a clinic's own record. */
  readonly params?: Readonly<Record<string, Parameter>>
  readonly query?: string
  /** The address names nothing of a clinic (a study, a document's name, a step of a form). */
  readonly shared?: true
  /** The route only leads elsewhere and declares nothing. */
  readonly unguarded?: true
  /** Signed-in people for whom the page is not there, rather than forbidden. */
  readonly hidden?: readonly Who[]
}

export const ACCESS: Readonly<Record<string, RouteAccess>> = {}
