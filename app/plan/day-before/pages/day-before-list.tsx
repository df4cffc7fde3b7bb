import { useLoaderData } from 'react-router'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { runQuery } from '../../../platform/command.server.ts'
import { guardedLoader } from '../../../platform/page.server.ts'
import {
  addDays,
  dateInWords,
  instantAt,
  localDateOf,
  momentInWords,
  msBetween,
  timeInWords,
} from '../../../platform/time.ts'
import { ageText, DataTable, EmptyState, PageHead, Section, StateChip } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readDayBefore } from '../day-before-access.ts'
import { gateChip, gateWords } from '../gate-words.ts'
import { type GateLine, gateLines } from '../load-gate.server.ts'

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

const CALL_WORDS: Readonly<Record<string, string>> = {
  reached: 'reached',
  'message-left': 'message left',
  'not-reached': 'not reached',
}

export const loader = guardedLoader(readDayBefore, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const { timeZone } = clinic
    const today = localDateOf(at, timeZone)
    const midnight = (days: number) => instantAt(addDays(today, days), '00:00', timeZone)
    const lines = async (from: number) =>
      gateLines(db, clinic.id, { from: midnight(from), to: midnight(from + 1) }, timeZone, at)
    const shown = (line: GateLine) => ({
      id: line.visit.id,
      href: `/work/day-before/${line.visit.id}`,
      time: timeInWords(line.startsAt, timeZone),
      name: line.personName,
      place: line.visit.place?.label ?? '',
      state: gateChip(line.state),
      words: gateWords(line.state),
      lookAgain: line.lookAgain,
      age:
        line.state.kind === 'confirmed'
          ? ''
          : line.since > at
            ? `opens ${momentInWords(line.since, timeZone)}`
            : `since ${ageText(msBetween(line.since, at)).replace(' ago', '')}`,
      wantsMove: line.answers.move?.value === 'yes',
      question: line.answers.question?.value ?? '',
      phone: line.phone,
      phoneLink: line.phone && phoneHref(line.phone),
      safeTimes: line.safeTimes,
      call:
        line.calls.at(-1) &&
        `${CALL_WORDS[line.calls.at(-1)!.outcome]}, ${timeInWords(line.calls.at(-1)!.at, timeZone)}`,
      // A visit that has begun is the bedside's.
      over: line.startsAt <= at,
    })
    const days = [await lines(0), await lines(1)]
    audit.read(readDayBefore.id, {
      object: 'day-before-list',
      detail: { visits: days.flat().length },
    })
    return {
      today: dateInWords(today),
      tomorrow: dateInWords(addDays(today, 1)),
      ofToday: days[0]!.map(shown).filter((line) => !line.over),
      ofTomorrow: days[1]!.map(shown),
    }
  }),
)

export function meta() {
  return [{ title: 'Day before' }]
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['ofToday'][number]

export default function DayBeforeList() {
  const data = useLoaderData<typeof loader>()
  const open = (lines: readonly Line[]) => lines.filter((line) => line.state !== 'calm').length
  return (
    <>
      <PageHead
        title="Day before"
        lead={`Unconfirmed: ${open(data.ofToday)} of ${data.ofToday.length} today, ${open(data.ofTomorrow)} of ${data.ofTomorrow.length} tomorrow. What needs somebody stands first.`}
      />
      <Section title={`Today, ${data.today}`}>
        <Lines caption="Visits still ahead today" rows={data.ofToday} empty="No visit ahead today" />
      </Section>
      <Section title={`Tomorrow, ${data.tomorrow}`}>
        <Lines caption="Visits of tomorrow" rows={data.ofTomorrow} empty="No visit tomorrow" />
      </Section>
      <p className="field-hint spaced">
        The questions open 36 hours before a dosing visit, a default to be set by the medical director. What
        people say here does not replace the checks at the bedside.
      </p>
    </>
  )
}

function Lines({ caption, rows, empty }: { caption: string; rows: readonly Line[]; empty: string }) {
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={(row) => row.id}
      phone="stack"
      empty={<EmptyState title={empty} />}
      columns={[
        {
          key: 'name',
          head: 'Who',
          names: true,
          cell: (row) => <a href={row.href}>{row.name}</a>,
        },
        { key: 'time', head: 'When', cell: (row) => `${row.time}, ${row.place}` },
        {
          key: 'state',
          head: 'State',
          cell: (row) => (
            <>
              <StateChip state={row.state} word={row.words} />
              {row.lookAgain && <StateChip state="due" word="Decision to be looked at again" />}
              {row.age && <span className="fact-source">{row.age}</span>}
              {row.wantsMove && <span className="fact-source">would rather move</span>}
              {row.question && <span className="fact-source">asks: {row.question}</span>}
            </>
          ),
        },
        {
          key: 'call',
          head: 'Call',
          cell: (row) => (
            <>
              {row.phoneLink ? <a href={row.phoneLink}>{row.phone}</a> : (row.phone ?? 'no number known')}
              {row.safeTimes && <span className="fact-source">safe: {row.safeTimes}</span>}
              {row.call && <span className="fact-source">{row.call}</span>}
            </>
          ),
        },
      ]}
    />
  )
}
