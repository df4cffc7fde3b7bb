import { action, role } from '../../platform/access.ts'

export const readWaiting = action('waiting.read', role('coordinator', 'nurse'))
export const enterWish = action('waiting.enter-wish', role('coordinator', 'nurse'))
export const giveFreed = action('waiting.give-freed', role('coordinator', 'nurse'))
