import { action, role, theSystem } from '../../platform/access.ts'

export const readOwnReminders = action('reminders.read-own', role('patient'))
export const readReminders = action('reminders.read', role('coordinator', 'nurse'))
/** The person themselves, or staff to whom they said it. */
export const chooseReminders = action('reminders.choose', role('patient', 'coordinator', 'nurse'), theSystem)
export const sendReminders = action('reminders.send', theSystem)
