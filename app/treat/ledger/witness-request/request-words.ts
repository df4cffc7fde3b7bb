/** Why an act could not be recorded when it was asked for or signed, for whoever asked and whoever signed. */
const ACT_REFUSALS: Readonly<Record<string, string>> = {
  'no-such-lot': 'This lot is not one of this clinic.',
  'no-such-session': 'This session is not one of this clinic.',
  'not-enough-there': 'By the ledger less than that stands there. Look at the balance, or count it.',
  'infusion-not-ended': 'What the person was given is not settled: the dose runs, or its record has changed.',
  'lot-expired': 'The lot is past its last day.',
  'lot-recalled': 'The lot is called back.',
  'strength-too-fine': 'The strength has more than one decimal.',
  'recorded-otherwise': 'This form was sent before with other values, or by somebody else. Begin a new one.',
  'changed-since': 'What it is about is not what was put into words any more.',
  'asker-without-right': 'Who asked may not record this any more.',
  'nobody-to-ask': 'Nobody else who works here may witness. Ask the manager who should.',
  'already-recorded':
    'An entry was recorded with this form already. Look at the ledger; for another one begin anew.',
  'already-answered': 'Somebody has answered the request just now. Look at the answer.',
  'not-in-log': 'The log does not say that this waste was given, or it says so of less. Look at the session.',
  'no-such-discrepancy': 'This discrepancy is not one of this clinic.',
  'closed-already': 'Somebody else has closed this since you opened the page.',
  'counted-since': 'It was counted again since you opened the page. Look at the figures above, then sign.',
  'count-again-first':
    'The figures do not carry this finding yet. Count this lot again, then close it with what that count says.',
  'nothing-is-missing':
    'By the last count nothing is missing, so this cannot be the finding. Choose another one.',
  'nothing-is-moved': 'Nothing is moved by this, so no witness is needed: sign it yourself.',
  'not-confirmed': 'Whoever closes it signs with their own password when they ask. Sign again.',
  'not-allowed': 'You may not record this.',
}

/** @param reason a code from the ledger's commands; one that is not known here is said in general words */
export function actRefusalWords(reason: string): string {
  return (
    ACT_REFUSALS[reason] ?? 'By what is on record now it cannot be recorded like this. Look at the stock.'
  )
}

/** Why a request was not signed, declined or withdrawn just now; nothing of it was recorded. */
export const ANSWER_REFUSALS = {
  'no-such-request': 'This request is not yours to change.',
  'already-answered':
    'It is answered already, by somebody else or by you before. What you sent just now does not count.',
  'already-recorded':
    'It was recorded and signed on the other device meanwhile. Yours was not needed and does not count.',
  'request-over': 'This request has run out. Who asked has to ask again; nothing was recorded.',
  'clock-behind':
    'The server’s clock stands before the time at which this was asked, so nobody can sign now. Tell whoever keeps the server; nothing was recorded.',
  'witness-is-yourself': 'The witness is somebody else, with their own account.',
  'witness-missing': 'A second person has to see this and sign with their own password or passkey.',
  'witness-not-confirmed': 'That was not given just now. Sign again with your own password or passkey.',
  'witness-without-right': 'Their account may not witness. Nurses, prescribers and managers may.',
  'not-as-shown': 'It changed, read it again. Nothing was signed.',
} as const

/** How an answered or closed request is called in a list. */
export const STATE_WORDS = {
  waiting: 'waits',
  signed: 'signed',
  declined: 'not signed',
  withdrawn: 'withdrawn',
  refused: 'not recorded',
  recorded: 'signed on the other device',
  'run-out': 'ran out',
  'clock-behind': 'clock differs',
} as const
