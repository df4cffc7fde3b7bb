import { ABSOLUTE_RULES } from './absolute-rules.ts'
import { DAY_RULES } from './day-rules.ts'
import type { EligibilityRule } from './eligibility.ts'
import { RELATIVE_RULES } from './relative-rules.ts'

/**
 * The rules as they come, before a clinic sets its own numbers (`rules-as-set.ts`). No regulator sets these limits
 * for racemic ketamine: each rule carries its source and how sure it is, and every one marked D is a default that a
 * medical director must set. Changing a limit here raises the rule's version.
 */
export const ELIGIBILITY_RULES: readonly EligibilityRule[] = [
  ...ABSOLUTE_RULES,
  ...RELATIVE_RULES,
  ...DAY_RULES,
]
