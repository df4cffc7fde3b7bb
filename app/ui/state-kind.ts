/**
 * The five states a thing can be in on screen. Amber and red belong to alarms alone; a thing that is merely
 * waiting is `due`, and what nobody has measured is `unknown`, never `calm`.
 */
export type StateKind = 'calm' | 'due' | 'amber' | 'red' | 'unknown'
