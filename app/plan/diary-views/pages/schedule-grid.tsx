import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Form, Link, useNavigate, useNavigation } from 'react-router'
import { stepFrom } from '../grid-steps.ts'
import { scheduleHref } from '../schedule-address.ts'
import type { Slot } from '../schedule-layout.ts'
import type { SchedulePageData, ScheduleVisit } from '../schedule-page.server.ts'
import { cellId, dropValue, gridItems, type Item, nearestItem } from './schedule-items.ts'
import { ScheduleList } from './schedule-list.tsx'
import { useVisitDrag } from './use-visit-drag.ts'
import { VisitText } from './visit-text.tsx'

type Column = SchedulePageData['columns'][number]
type Cell = Column['lanes'][number][number]

const ARROWS = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
} as const

/**
 * The grid of a view. Without script: a table of links, and buttons for the free times while a visit is in hand. With it
 * one cell can be stood on at a time, arrows go from one to the next, and a visit can be picked up by key or pointer.
 */
export function ScheduleGrid({
  data,
  nowRow,
  say,
}: {
  data: SchedulePageData
  nowRow: number
  say: (words: string) => void
}) {
  const navigate = useNavigate()
  const onTheWay = useNavigation().state !== 'idle'
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  const { moving } = data
  const items = useMemo(
    () => gridItems(data.columns, data.times, moving !== undefined),
    [data.columns, data.times, moving],
  )
  const [at, setAt] = useState<{ lane: number; row: number } | undefined>(undefined)
  const active = nearestItem(items, at)
  const [ghost, setGhost] = useState<Slot | undefined>(undefined)
  const frame = useRef<HTMLElement>(null)
  const takeFocus = useRef(false)
  const afterKey = useRef(false)
  const leave = { ...data, moving: undefined }
  const go = (href: string) => navigate(href, { replace: true, preventScrollReset: true })
  const show = (slot: Slot | undefined) => {
    setGhost(slot)
    if (slot) say(slot.words)
  }
  const drag = useVisitDrag({
    formOf: () => frame.current?.querySelector('form') ?? undefined,
    slotOf: (value) => items.find((i) => i.slot && dropValue(i.slot) === value)?.slot,
    pickUp: (id) => go(scheduleHref({ ...data, moving: id })),
    putDown: () => go(scheduleHref(leave)),
    show,
  })

  // A visit that was moved, or put back, is stood on again; a key that led to another day keeps the focus here.
  const held = useRef<string | undefined>(undefined)
  const greeted = useRef<string | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer of the server
  useEffect(() => {
    // A change by others may be read while a key's own answer is still on the way: that one takes the focus.
    if (!onTheWay) {
      if (afterKey.current) takeFocus.current = true
      afterKey.current = false
    }
    const arrived = !moving && data.moved !== greeted.current ? data.moved : undefined
    const back = arrived ?? (moving ? undefined : held.current)
    held.current = moving?.id
    greeted.current = moving ? undefined : data.moved
    if (!moving) setGhost(undefined)
    const item = back && items.find((i) => i.visitId === back)
    if (!item) return
    takeFocus.current = false
    // Focusing it makes it the one stood on.
    document.getElementById(cellId(item))?.focus()
  }, [data])
  useEffect(() => {
    if (!takeFocus.current || !active) return
    takeFocus.current = false
    document.getElementById(cellId(active))?.focus()
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    if (target.closest('input, select, textarea, dialog')) return
    const step = ARROWS[event.key as keyof typeof ARROWS]
    if (step && active) {
      const next = stepFrom(items, active, step)
      event.preventDefault()
      if (!next) return
      setAt({ lane: next.lane, row: next.row })
      takeFocus.current = true
      return
    }
    const act = keyActs[event.key]
    if (!act) return
    event.preventDefault()
    afterKey.current = true
    act()
  }
  const keyActs: Readonly<Record<string, () => void>> = {
    n: () => go(data.later),
    p: () => go(data.earlier),
    t: () => go(scheduleHref({ ...data, day: data.today, moving: moving?.id })),
    '?': () => {
      const dialog = document.getElementById('schedule-keys')
      if (dialog instanceof HTMLDialogElement) dialog.showModal()
    },
    ...(moving && { Escape: () => void go(scheduleHref(leave)) }),
    ...(!moving &&
      active?.movable && { m: () => void go(scheduleHref({ ...data, moving: active.visitId })) }),
    ...(!moving &&
      active?.newHref &&
      data.mayBook && {
        Enter: () => globalThis.location.assign(active.newHref!),
      }),
  }

  const first = starts(data.columns)
  const grid = (
    <>
      <table
        className={`schedule${moving ? ' schedule-moving' : ''}`}
        role={ready ? 'grid' : undefined}
        aria-describedby={ready ? 'schedule-hint' : undefined}
      >
        <caption className="hidden">Visits, {data.title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">Time</span>
            </th>
            {data.columns.map((column) => (
              <th key={column.key} scope="col" colSpan={column.lanes.length}>
                {data.view === 'week' ? (
                  <Link to={scheduleHref({ view: 'day', day: column.day, moving: moving?.id })}>
                    {column.label}
                  </Link>
                ) : (
                  column.label
                )}
                {column.note && <span className="schedule-note">{column.note}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.times.map((time, row) => (
            <tr
              key={time}
              className={
                [time.endsWith(':00') && 'schedule-hour', row === nowRow && 'schedule-now']
                  .filter(Boolean)
                  .join(' ') || undefined
              }
            >
              <th scope="row">
                {row === nowRow ? (
                  <span className="schedule-now-word">now</span>
                ) : time.endsWith(':00') ? (
                  time
                ) : (
                  <span className="hidden">{time}</span>
                )}
              </th>
              {data.columns.flatMap((column, c) =>
                column.lanes.map((lane, l) => {
                  const cell = lane.find((each) => each.row === row)
                  if (!cell) return null
                  const item: Item | undefined = items.find((i) => i.lane === first[c]! + l && i.row === row)
                  return (
                    <GridCell
                      // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other name
                      key={`${column.key} ${l}`}
                      cell={cell}
                      column={column}
                      time={time}
                      item={item}
                      ready={ready}
                      standing={item !== undefined && item === active}
                      ghost={ghostOf(ghost, column.key, row, moving)}
                      inHand={cell.kind === 'visit' && cell.visit.id === moving?.id}
                      first={l === 0}
                      onStand={() => {
                        if (item) setAt({ lane: item.lane, row: item.row })
                        if (cell.kind === 'free' && cell.slot) show(cell.slot)
                      }}
                      onHover={() => cell.kind === 'free' && cell.slot && show(cell.slot)}
                      onPick={drag}
                    />
                  )
                }),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ScheduleList data={data} />
    </>
  )
  return (
    <section ref={frame} className="schedule-frame" aria-label="Schedule" onKeyDown={onKeyDown}>
      <p id="schedule-hint" className="hidden">
        Arrow keys go from cell to cell. Question mark shows all keys.
      </p>
      {moving ? (
        <Form method="post" action={scheduleHref({ ...data, moving: moving.id })} preventScrollReset>
          <input type="hidden" name="intent" value="move" />
          <input type="hidden" name="appointment" value={moving.id} />
          <input type="hidden" name="seen" value={moving.seen} />
          {grid}
        </Form>
      ) : (
        grid
      )}
    </section>
  )
}

/** How many lanes lie before each column. */
function starts(columns: readonly Column[]): number[] {
  let lanes = 0
  return columns.map((column) => {
    const before = lanes
    lanes += column.lanes.length
    return before
  })
}

function ghostOf(
  ghost: Slot | undefined,
  column: string,
  row: number,
  moving: SchedulePageData['moving'],
): 'visit' | 'after' | undefined {
  if (!ghost || !moving || ghost.column !== column || row < ghost.row) return undefined
  if (row < ghost.row + moving.rows) return 'visit'
  return row < ghost.row + moving.rows + moving.afterRows ? 'after' : undefined
}

function GridCell({
  cell,
  column,
  time,
  item,
  ready,
  standing,
  ghost,
  inHand,
  first,
  onStand,
  onHover,
  onPick,
}: {
  cell: Cell
  column: Column
  time: string
  item: Item | undefined
  ready: boolean
  standing: boolean
  ghost: 'visit' | 'after' | undefined
  inHand: boolean
  first: boolean
  onStand: () => void
  onHover: () => void
  onPick: (event: PointerEvent, visit: ScheduleVisit) => void
}) {
  const tabIndex = ready && item ? (standing ? 0 : -1) : undefined
  const id = item && cellId(item)
  const className = [
    `schedule-${cell.kind}`,
    first && 'schedule-first',
    ghost && `schedule-ghost-${ghost}`,
    inHand && 'schedule-in-hand',
  ]
    .filter(Boolean)
    .join(' ')
  if (cell.kind === 'visit')
    return (
      <td
        rowSpan={cell.rows}
        className={className}
        onPointerDown={cell.visit.movable ? (event) => onPick(event, cell.visit) : undefined}
        onFocus={onStand}
      >
        <VisitText visit={cell.visit} linkId={id} tabIndex={tabIndex} />
      </td>
    )
  if (cell.kind !== 'free')
    return (
      <td rowSpan={cell.rows} className={className}>
        <span className={first ? 'schedule-words' : 'hidden'}>{cell.words}</span>
      </td>
    )
  if (cell.slot)
    return (
      <td className={className}>
        <button
          type="submit"
          name="to"
          value={dropValue(cell.slot)}
          data-slot={dropValue(cell.slot)}
          id={id}
          tabIndex={tabIndex}
          className="schedule-slot"
          onFocus={onStand}
          onPointerEnter={onHover}
        >
          <span aria-hidden="true">{time}</span>
          <span className="hidden">{cell.slot.words}</span>
        </button>
      </td>
    )
  return ready && item ? (
    <td
      className={className}
      id={id}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid that can be stood on
      role="gridcell"
      tabIndex={tabIndex}
      aria-label={`${time}, ${column.label}, free`}
      onFocus={onStand}
    />
  ) : (
    <td className={className} />
  )
}
