import { action, role } from '../platform/access.ts'

export const readBoard = action('treat.read-board', role('nurse', 'prescriber', 'manager'))
export const readSession = action('treat.read-session', role('nurse', 'prescriber', 'therapist'))
export const openSession = action('treat.open-session', role('nurse', 'prescriber'))
export const recordSession = action('treat.record-session', role('nurse', 'prescriber'))
export const startDose = action('treat.start-dose', role('nurse', 'prescriber'))
export const dischargePerson = action('treat.discharge-person', role('nurse', 'prescriber'))
export const closeSession = action('treat.close-session', role('nurse', 'prescriber'))
export const saveNote = action('treat.save-note', role('nurse', 'prescriber'))
export const signNote = action('treat.sign-note', role('nurse', 'prescriber'))
export const readStock = action('treat.read-stock', role('nurse', 'prescriber', 'manager'))
export const receiveStock = action('treat.receive-stock', role('nurse', 'manager'))
export const wasteStock = action('treat.waste-stock', role('nurse', 'manager'))
