import type { AccountId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'

/** That the owner of an account gave their password again at this instant. Commands that sign ask for it. */
export type StepUp = { readonly accountId: AccountId; readonly at: Instant }
