import { vitalSignNames } from '@evenkeel/vital-signs'
import type { PdfBlock, PdfContent } from '../../platform/pdf-block.ts'
import { CONSENT_SOURCE, consentChangeWords } from '../session/consent-during.ts'
import { correctionWords } from '../session/correction-words.ts'
import { eventWords, HAND_SIGNS } from '../session/event-words.ts'
import { whoOrdered } from '../session/named-in-entry.ts'
import { correctedLog, isAfterClosing } from '../session/session.ts'
import { monitorTable } from './monitor-table.ts'
import type { SessionRecordSheet } from './record-page.server.ts'

/** Entered this much later than it happened, an entry is marked as late. */
const LATE_MS = 2 * 60_000

/**
 * The record of a session as a document: every reading, every entry of the log with who wrote it, the note with its
 * signatures. A value that was not measured is an empty mark, never 0; what was corrected stands in the log as it was
 * written, followed by what counts since its correction. Pure.
 */
export function recordContent(sheet: SessionRecordSheet): PdfContent {
  const { person, state, note } = sheet
  const title = `Session ${sheet.sessionNumber} of ${person.name}`
  const blocks: PdfBlock[] = [
    { kind: 'heading', level: 1, text: title },
    {
      kind: 'facts',
      facts: [
        { term: 'Person', value: person.name, source: person.synthetic ? 'an invented person' : undefined },
        { term: 'Born', value: person.birthDate },
        { term: 'Day', value: sheet.day },
        { term: 'Record', value: sheet.sessionId, as: 'code' },
      ],
    },
    { kind: 'heading', level: 2, text: 'Readings' },
    ...(state.readings.length === 0
      ? [{ kind: 'paragraph', text: 'No reading is on record.' } as const]
      : [readings(sheet)]),
    ...monitorTable(sheet.stretches, sheet.time),
    { kind: 'heading', level: 2, text: 'Note' },
    ...(note
      ? [
          ...note.body.split('\n\n').map((text): PdfBlock => ({ kind: 'paragraph', text })),
          {
            kind: 'paragraph',
            tone: note.signed ? 'quiet' : 'notice',
            text: note.signed ? `Signed by ${note.signed}. Locked.` : `Not signed. Saved by ${note.saved}.`,
          } as const,
          ...note.under.map(
            (text): PdfBlock => ({ kind: 'paragraph', tone: 'quiet', text: `Signed under it by ${text}` }),
          ),
        ]
      : [{ kind: 'paragraph', tone: 'notice', text: 'No note was written yet.' } as const]),
    ...sheet.addenda.flatMap(({ body, signed }): PdfBlock[] => [
      { kind: 'heading', level: 3, text: 'Addendum' },
      { kind: 'paragraph', text: body },
      { kind: 'paragraph', tone: 'quiet', text: `Signed by ${signed}.` },
    ]),
    { kind: 'heading', level: 2, text: 'Log' },
    {
      kind: 'table',
      caption: 'Every entry in the order of the bedside; corrections are entries of their own',
      columns: [{ title: 'Time' }, { title: 'Entry', width: 4 }, { title: 'By', width: 1.6 }],
      rows: logRows(sheet),
    },
    ...(sheet.setAside.length > 0 ? setAsideAfterClosing(sheet) : []),
  ]
  return {
    title,
    language: 'en',
    made: sheet.made,
    blocks,
    everyPage: { clinic: sheet.clinic, printed: sheet.printed, reference: sheet.sessionId.slice(-12) },
  }
}

/** The log with what became of consent between its entries, each line by its time. */
function logRows({ events, consent, state, time, name }: SessionRecordSheet): string[][] {
  const { log, correctedBy } = correctedLog(events)
  const asItCounts = new Map(log.map((event) => [event.id, eventWords(event, state.dose)]))
  const entries = events.map((event) => {
    const words = eventWords(event, state.dose)
    const lateMs = event.receivedAt ? Date.parse(event.receivedAt) - Date.parse(event.at) : 0
    const late = lateMs > LATE_MS ? `. Entered ${time(event.receivedAt!)}` : ''
    const uncounted = state.notCounted.includes(event.id) ? '. Not counted' : ''
    const correction = correctedBy.get(event.id)
    const counts = asItCounts.get(event.id)!
    const right = correction
      ? `. Corrected ${time(correction.at)}, counts as: ${counts.title}${counts.text ? `. ${counts.text}` : ''}`
      : ''
    const more = [words.text, correctionWords(event, events, { time, name }), whoOrdered(event, name)]
    if (isAfterClosing(event, events))
      more.push('Recorded after the session was closed, not in the signed note')
    const said = `${[words.title, ...more].filter(Boolean).join('. ')}${late}${uncounted}${right}`
    return { at: event.at, row: [time(event.at), said, name(event.by)] }
  })
  const changes = consent.map((change) => {
    const { title, text } = consentChangeWords(change)
    return {
      at: change.at,
      row: [time(change.at), `${title}. ${text} (${CONSENT_SOURCE.toLowerCase()})`, name(change.by)],
    }
  })
  return [...entries, ...changes].sort((a, b) => a.at.localeCompare(b.at)).map(({ row }) => row)
}

/** What a tablet wrote and somebody set aside once the log was closed: beside the log, in no note. */
function setAsideAfterClosing({ setAside }: SessionRecordSheet): PdfBlock[] {
  return [
    { kind: 'heading', level: 2, text: 'Set aside after closing' },
    {
      kind: 'table',
      caption: 'Not taken because the session was closed; not in the log, and not in the signed note',
      columns: [
        { title: 'Written', width: 1.4 },
        { title: 'What it said', width: 3 },
        { title: 'Set aside by', width: 1.6 },
      ],
      rows: setAside.map(({ written, said, by }) => [written, said, by]),
    },
  ]
}

function readings({ state, time }: SessionRecordSheet): PdfBlock {
  return {
    kind: 'table',
    caption: 'By hand, as they count after corrections; a dash was not measured',
    columns: [
      { title: 'Time' },
      ...HAND_SIGNS.map((sign) => ({ title: vitalSignNames[sign].short, align: 'right' as const })),
    ],
    rows: state.readings.map(({ at, values }) => [
      time(at),
      ...HAND_SIGNS.map((sign) => (typeof values[sign] === 'number' ? String(values[sign]) : '–')),
    ]),
  }
}
