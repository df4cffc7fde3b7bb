import type { DoseHindrance } from '../dose/dose-gate.ts'
import type { EntryRefusal } from './bedside-entry.ts'

type Refusal =
  | EntryRefusal
  | DoseHindrance
  | 'not-allowed'
  | 'key-in-use'
  | 'nobody-here'
  | 'no-such-alarm'
  | 'alarm-over'
  | 'raised-since'
  | 'before-last-event'
  | 'already-left'
  | 'no-dose-given'
  | 'dose-was-given'
  | 'infusion-running'
  | 'gate-not-met'
  | 'not-as-shown'
  | 'second-not-confirmed'
  | 'second-is-the-first'
  | 'second-not-a-clinician'
  | 'note-signed'
  | 'own-note'
  | 'cosigned-already'
  | 'note-not-signed'
  | 'not-confirmed'
  | 'changed-meanwhile'
  | 'log-changed'
  | 'birth-date-not-known'
  | 'session-not-over'
  | 'drug-unsettled'
  | 'not-in-log'
  | 'draw-after-closing'
  | 'not-enough-there'
  | 'lot-recalled'
  | 'strength-too-fine'
  | 'no-such-cabinet'
  | 'same-place'
  | 'not-whole'
  | 'not-unopened'
  | 'name-taken'
  | 'already-so'
  | 'before-received'
  | 'no-such-sheet'
  | 'not-this-kind'
  | 'over-one-vial'
  | 'vial-number-taken'
  | 'asked-anew'
  | 'witness-missing'
  | 'witness-is-yourself'
  | 'witness-not-confirmed'
  | 'witness-without-right'
  | 'infusion-not-ended'
  | 'more-than-left-over'
  | 'counted-otherwise'
  | 'device-too-early'
  | 'all-devices-given'

const WORDS: Readonly<Record<Refusal, string>> = {
  'session-over': 'This session is over. What is missing goes into an addendum to the note.',
  'recorded-otherwise':
    'This form was sent before with other values, and those are kept. Look at what is on record, and correct it there.',
  'future-time': 'The time lies in the future. Leave it empty for now.',
  'before-opening': 'The time lies before this session was opened. Check it; leave it empty for now.',
  'before-arrival': 'The time lies before they arrived. If it is right, send it again.',
  'red-stands':
    'Red stands, so nothing more is given. Call the prescriber, acknowledge the alarm, and measure again: once no value is red, it can go on.',
  'amber-stands':
    'Amber stands. If a nurse or prescriber has looked at the person and it is right to give more, send it again.',
  'no-infusion-running': 'Nothing was being given at that time. Look at the log below.',
  'no-bolus-by-hand':
    'No order has a bolus by hand. A step of the order is set at the pump; anything beyond it needs a new order.',
  'not-a-pump': 'These are devices, not a pump: give the next one, or stop.',
  'device-too-early': 'The next device is not due yet. The person rests until its minutes have passed.',
  'all-devices-given': 'All devices of this dose were given already.',
  'not-enrolled': 'The REMS of esketamine needs the person enrolled before a dose. Record that they are.',
  'no-prescriber-on-site': 'The REMS of esketamine needs a prescriber on site. Record that one is.',
  'no-oximeter': 'The REMS of esketamine needs a pulse oximeter at the chair. Record that one is ready.',
  'counted-otherwise': 'Vials are counted in mL, devices and tablets one by one. Look at the lot.',
  'lot-wrong-form': 'This lot is not what the order says: another form, or other mg in each.',
  'already-paused': 'The infusion is paused already.',
  'consent-taken-back':
    'Consent was taken back, so nothing more is given. Leave the pump standing, record the stop, and go on watching and measuring.',
  'not-paused': 'The infusion is not paused.',
  'more-than-drawn': 'This is more than was drawn. Check the mg given.',
  'rate-not-above-zero': 'A pump that gives nothing is paused or stopped: record that instead.',
  'faster-than-ordered': 'A faster rate needs a new order; a prescriber signs it.',
  'no-such-event': 'The entry to correct is not in this log.',
  'not-correctable': 'This kind of entry is not corrected here. Add an observation.',
  'contradicts-log':
    'At that time the log says otherwise, so this entry would count for nothing. Check the time.',
  'contradicts-later':
    'What others recorded for a later time says otherwise. Settle with them what happened; then send it with another time, or set it aside.',
  'before-last-event':
    'The time lies before the newest entry of the log. Leave it empty for now, or give a later time.',
  'appointment-cancelled': 'This visit was cancelled in the diary. Book another one before a dose.',
  'not-todays-visit': 'This visit is booked for another day. Move it to today in the diary first.',
  'too-soon': 'The last dose was too few days ago for the protocol.',
  'dose-already-started': 'A dose was started already in this session.',
  'not-arrived': 'Record the arrival first.',
  'identity-not-checked': 'Check two identifiers first.',
  'not-eligible': 'There is no signed decision that this person is eligible. A prescriber decides.',
  'eligibility-stale': 'Facts have changed since the decision. A prescriber must look again before a dose.',
  'eligibility-too-old':
    'The decision rests on something that is too old, not known or not met by now. The conditions say what to record or ask again.',
  'open-concern':
    'A critical safety concern about this person is open. Somebody must respond and close it first.',
  'held-today':
    'Something of today holds the dose or is not known yet, such as pressure, breath alcohol, intoxication or withdrawal. The conditions say which; record what is missing, and let a prescriber look at what is not met.',
  'medicines-hold':
    'A medicine holds the dose, or the medicines are not known. The conditions say which; record them, or let a prescriber look.',
  'consent-missing': 'A consent document is not signed in its current version.',
  'no-active-order': 'There is no signed, valid order for this plan.',
  'weight-too-old':
    'The weight behind the order is too old. Weigh the person; a prescriber signs a new order.',
  'weight-changed':
    'The newest weight differs from the one behind the order by more than the protocol allows. If weighing again says the same, a prescriber signs a new order.',
  'checklist-incomplete': 'The checklist is not complete, or an answer speaks against a dose today.',
  'no-baseline-reading': 'Take a reading before the dose.',
  'baseline-too-old': 'The reading before the dose is too old. Take a new one.',
  'baseline-unknown': 'The reading before the dose left something out. Measure every sign.',
  'baseline-red': 'The reading before the dose is red. Call the prescriber; no dose is started on it.',
  'no-lot': 'This lot is not in the stock of this clinic.',
  'lot-expired': 'This lot has expired. Take another one.',
  'lot-wrong-concentration': 'This lot has another strength than the order. Take the strength ordered.',
  'drawn-not-as-ordered': 'The mL drawn are not what the order says.',
  'opened-vials-over':
    'By the ledger there is enough of this lot, but part of it stands in opened vials that may no longer be drawn from. Take another lot, and waste what is in those vials.',
  'not-there-then':
    'This lot, or an opened vial of it, was not there yet at the time typed. Check the time, or take another lot.',
  'not-enough-in-lot':
    'By the books this lot holds less than that; somebody else may have drawn from it. Take another lot or count it.',
  'not-allowed': 'Your role may not do this.',
  'no-such-alarm': 'This alarm is not in the log of this session.',
  'alarm-over': 'This alarm was over before you acknowledged it.',
  'raised-since':
    'It was raised again or became worse since this page showed it. Look at it, then acknowledge.',
  'nobody-here':
    'Choose somebody who works here and may do this: orders come from a prescriber, and the watch goes to a nurse or prescriber.',
  'key-in-use': 'This form was used elsewhere. Reload the page and try again.',
  'already-left': 'The person has left already.',
  'no-dose-given': 'No dose was given. End the session without a dose instead.',
  'dose-was-given': 'A dose was given, so leaving goes through the discharge checks.',
  'infusion-running': 'The dose is still being given. Stop or finish it first.',
  'gate-not-met': 'Not every condition for leaving is met and known. Each is listed with its value.',
  'not-as-shown': 'Something else holds them back than the page showed. Read the list again, then sign.',
  'second-not-confirmed': 'The second clinician signs again: the password was given too long ago.',
  'second-is-the-first': 'The second clinician must be somebody else than you.',
  'second-not-a-clinician': 'The second clinician must be a nurse or prescriber of this clinic.',
  'note-signed': 'The note is signed and locked. Write an addendum.',
  'own-note': 'This note is your own: somebody else signs under it.',
  'cosigned-already': 'You have signed under this note already.',
  'note-not-signed': 'The note is not signed yet; change the note itself.',
  'not-confirmed': 'Give your password again to sign.',
  'changed-meanwhile':
    'Somebody else has saved the note since you opened it. Your text is below; open the note in another tab and bring both together.',
  'birth-date-not-known':
    'No date of birth is known here to compare with. Mark two others, the name and a photo identity card.',
  'log-changed':
    'The log says more than this note, listed below the text. Take it in, or confirm that you sign the note as written.',
  'session-not-over': 'The session is not over: the person has to leave first.',
  'drug-unsettled':
    'What was drawn is not all given, wasted or returned on record, or the log says another amount than the ledger gave. Record what is left in the syringe, or correct the mg given.',
  'not-in-log':
    'The log does not say that so much more was given than the ledger gave. Correct the mg given in the log first.',
  'draw-after-closing':
    'This session is closed, so nothing more is drawn for it. Choose the session it was drawn for, or enter what became of it where it stood: wasted, or not to be found.',
  'not-enough-there': 'By the ledger less than that stands there. Look at the balance, or count it.',
  'strength-too-fine':
    'Give the strength with at most one decimal, so that every 0.01 mL is whole micrograms.',
  'lot-recalled': 'This lot is called back. Take another one and put this one aside.',
  'no-such-cabinet': 'This cabinet is not one of this clinic. Reload the page and choose again.',
  'same-place': 'It stands there already. Choose another place.',
  'not-whole':
    'Sealed vials, devices and tablets go whole; an opened vial is carried with all that is in it.',
  'not-unopened': 'What was drawn from a vial never goes back. Record it as waste.',
  'name-taken': 'There is a cabinet of this name already. Give it another one.',
  'already-so': 'This is on record already. Reload the page.',
  'before-received': 'The lot had not been received by then. Look at the time, or at the lot.',
  'no-such-sheet':
    'No sheet with this number was printed from this ledger. Read it off the head of the sheet again, or leave it empty.',
  'not-this-kind':
    'This cannot be done with what was chosen. Choose another kind of line, or where it was taken from.',
  'over-one-vial': 'One vial holds less than that. Enter a line for each vial.',
  'vial-number-taken':
    'A vial of this lot has this number already. Choose that vial, or give the other one a new number and write it on the vial.',
  'asked-anew': 'Something else has to be asked about now. Read it, then sign again.',
  'witness-missing': 'A second person has to see this and sign with their own password or passkey.',
  'witness-is-yourself': 'The witness is somebody else, with their own account.',
  'witness-not-confirmed': 'The witness signed too long ago. Ask them to sign again.',
  'witness-without-right': 'This account may not witness. Ask a nurse, a prescriber or a manager.',
  'infusion-not-ended': 'What is left in the syringe is known once the infusion has ended.',
  'more-than-left-over': 'This is more than was left in the syringe.',
}

/** A refusal in words for the person at the screen. */
export function refusalWords(reason: string): string {
  return WORDS[reason as Refusal] ?? 'This could not be done. Reload the page and try again.'
}
