import type { PdfBlock, PdfFact } from './pdf-block.ts'
import { type Element, INK, QUIET_INK, type Sheet, type Style, TEXT_WIDTH } from './pdf-sheet.server.ts'

const BODY: Style = { face: 'regular', size: 9.5, leading: 13.6, ink: INK }
const QUIET: Style = { ...BODY, size: 8.5, leading: 12, ink: QUIET_INK }
const STRONG: Style = { ...BODY, face: 'bold' }
const CODE: Style = { ...BODY, face: 'code', size: 8, leading: 11.5 }
const CELL: Style = { ...BODY, size: 8.5, leading: 11.8 }
const CELL_HEAD: Style = { ...CELL, face: 'bold' }
const HEADINGS: Readonly<Record<1 | 2 | 3, Style & { readonly before: number; readonly after: number }>> = {
  1: { face: 'bold', size: 18, leading: 23, ink: INK, before: 0, after: 8 },
  2: { face: 'bold', size: 12, leading: 16, ink: INK, before: 14, after: 5 },
  3: { face: 'bold', size: 10, leading: 14, ink: INK, before: 9, after: 3 },
}
/** Lines longer than this are hard to follow back to the left. */
const MEASURE = 440
const INDENT = 15
const GAP = 7
const CELL_GAP = 10

/** Draws the blocks one after the other; a heading, and a paragraph that ends with a colon, stay with the first lines of what follows. */
export function drawBlocks(sheet: Sheet, blocks: readonly PdfBlock[]): void {
  blocks.forEach((block, i) => {
    if (block.kind === 'heading') drawHeading(sheet, block, blocks.slice(i + 1))
    else {
      if (block.kind === 'paragraph' && block.text.trimEnd().endsWith(':'))
        sheet.need(paragraphHeight(sheet, block) + beginning(sheet, blocks.slice(i + 1)))
      draw(sheet, block)
    }
  })
}

function draw(sheet: Sheet, block: Exclude<PdfBlock, { kind: 'heading' }>): void {
  if (block.kind === 'paragraph') drawParagraph(sheet, block)
  else if (block.kind === 'list') drawList(sheet, block)
  else if (block.kind === 'facts') drawFacts(sheet, block.facts)
  else if (block.kind === 'table') drawTable(sheet, block)
  else if (block.kind === 'sign-here') drawSignHere(sheet, block.labels)
  else if (block.kind === 'rule') drawRule(sheet)
  else drawPicture(sheet, block)
}

function drawRule(sheet: Sheet): void {
  sheet.need(GAP * 2)
  if (!sheet.atTop()) sheet.rule(sheet.y + GAP / 2)
  sheet.y += GAP * 2
}

type Of<Kind extends PdfBlock['kind']> = Extract<PdfBlock, { kind: Kind }>

function drawHeading(sheet: Sheet, heading: Of<'heading'>, after: readonly PdfBlock[]): void {
  const style = HEADINGS[heading.level]
  const lines = sheet.lines(heading.text, style, TEXT_WIDTH)
  sheet.need(headingHeight(sheet, heading) + beginning(sheet, after))
  if (!sheet.atTop()) sheet.y += style.before
  const tag = `H${heading.level}`
  write(sheet, sheet.element(sheet.root, tag), tag, lines, sheet.left, style)
  sheet.y += style.after
}

function headingHeight(sheet: Sheet, { level, text }: Of<'heading'>): number {
  const { before, after, leading, ...style } = HEADINGS[level]
  return before + sheet.lines(text, { leading, ...style }, TEXT_WIDTH).length * leading + after
}

/** Height of the first part of what follows a heading, which must stand on its page. */
function beginning(sheet: Sheet, [next, ...rest]: readonly PdfBlock[]): number {
  switch (next?.kind) {
    case undefined:
    case 'rule':
      return 0
    case 'heading':
      return headingHeight(sheet, next) + beginning(sheet, rest)
    case 'paragraph': {
      const style = toneOf(next.tone)
      return Math.min(sheet.lines(next.text, style, MEASURE).length, 2) * style.leading
    }
    case 'list':
      return Math.min(sheet.lines(next.items[0] ?? '', BODY, MEASURE - INDENT).length, 2) * BODY.leading
    case 'facts':
      return next.facts[0] ? factLayout(sheet, next.facts[0]).height : 0
    case 'table': {
      const widths = columnWidths(sheet, next)
      const cells = (texts: readonly string[], style: Style) => rowOf(sheet, texts, widths, style).height
      return (
        (next.caption ? QUIET.leading : 0) +
        cells(
          next.columns.map((c) => c.title),
          CELL_HEAD,
        ) +
        (next.rows[0] ? cells(next.rows[0], CELL) : 0)
      )
    }
    case 'image':
    case 'drawing':
      return Math.min(pictureHeight(sheet, next), sheet.wholePage / 2)
    case 'sign-here':
      return SIGN_HEIGHT
  }
}

/** Writes lines from the pen on, over as many pages as they need, never one line alone on a page. */
function write(
  sheet: Sheet,
  element: Element,
  tag: string,
  lines: readonly string[],
  x: number,
  style: Style,
): void {
  let at = 0
  while (at < lines.length) {
    const left = lines.length - at
    const fit = Math.max(0, Math.floor((sheet.room() + 0.01) / style.leading))
    let count = Math.min(left, fit)
    if (left - count === 1 && count > 2) count--
    if (count === 0 || (count === 1 && left > 1)) {
      if (!sheet.atTop()) {
        sheet.breakPage()
        continue
      }
      count = 1
    }
    sheet.say(element, tag, () => {
      for (const line of lines.slice(at, at + count)) {
        sheet.draw(line, x, sheet.y, style)
        sheet.y += style.leading
      }
    })
    at += count
  }
}

function paragraphHeight(sheet: Sheet, { text, tone }: Of<'paragraph'>): number {
  const style = toneOf(tone)
  const width = MEASURE - (tone === 'notice' ? INDENT : 0)
  return sheet.lines(text, style, width).length * style.leading + GAP
}

const toneOf = (tone: Of<'paragraph'>['tone']) =>
  tone === 'quiet' ? QUIET : tone === 'notice' ? STRONG : BODY

function drawParagraph(sheet: Sheet, { text, tone }: Of<'paragraph'>): void {
  const style = toneOf(tone)
  const indent = tone === 'notice' ? INDENT : 0
  const lines = sheet.lines(text, style, MEASURE - indent)
  if (indent > 0) {
    // A notice is short and stays whole, so that the bar at its side does.
    sheet.need(lines.length * style.leading)
    const height = Math.min(lines.length * style.leading, sheet.room())
    const [x, y] = [sheet.left + 2, sheet.y]
    sheet.decorate(() => {
      sheet.doc
        .moveTo(x, y)
        .lineTo(x, y + height)
        .lineWidth(2)
        .strokeColor(INK)
        .stroke()
    })
  }
  write(sheet, sheet.element(sheet.root, 'P'), 'P', lines, sheet.left + indent, style)
  sheet.y += GAP
}

function drawList(sheet: Sheet, { items, numbered }: Of<'list'>): void {
  const list = sheet.element(sheet.root, 'L')
  items.forEach((item, i) => {
    const lines = sheet.lines(item, BODY, MEASURE - INDENT)
    sheet.need(Math.min(lines.length, 2) * BODY.leading)
    const entry = sheet.element(list, 'LI')
    const label = numbered ? `${i + 1}.` : '•'
    sheet.say(sheet.element(entry, 'Lbl'), 'Lbl', () => sheet.draw(label, sheet.left + 2, sheet.y, BODY))
    write(sheet, sheet.element(entry, 'LBody'), 'LBody', lines, sheet.left + INDENT, BODY)
    sheet.y += 2.5
  })
  sheet.y += GAP - 2.5
}

const TERM_WIDTH = 132
const VALUE_WIDTH = TEXT_WIDTH - TERM_WIDTH - CELL_GAP

function factLayout(sheet: Sheet, fact: PdfFact) {
  const style = fact.as === 'code' ? CODE : BODY
  const term = sheet.lines(fact.term, { ...BODY, ink: QUIET_INK }, TERM_WIDTH)
  const value = sheet.lines(fact.value ?? 'unknown', style, VALUE_WIDTH)
  const source = fact.source ? sheet.lines(fact.source, QUIET, VALUE_WIDTH) : []
  const height =
    Math.max(term.length * BODY.leading, value.length * style.leading + source.length * QUIET.leading) + 4
  return { style, term, value, source, height }
}

function drawFacts(sheet: Sheet, facts: readonly PdfFact[]): void {
  const list = sheet.element(sheet.root, 'L')
  for (const fact of facts) {
    const { style, term, value, source, height } = factLayout(sheet, fact)
    sheet.need(height)
    const entry = sheet.element(list, 'LI')
    const [top, page] = [sheet.y, sheet.doc.page]
    write(sheet, sheet.element(entry, 'Lbl'), 'Lbl', term, sheet.left, { ...BODY, ink: QUIET_INK })
    const below = sheet.y
    if (page === sheet.doc.page) sheet.y = top
    const body = sheet.element(entry, 'LBody')
    const x = sheet.left + TERM_WIDTH + CELL_GAP
    const at = sheet.doc.page
    write(sheet, body, 'LBody', value, x, style)
    write(sheet, body, 'LBody', source, x, QUIET)
    if (at === sheet.doc.page) sheet.y = Math.max(sheet.y, below)
    sheet.y += 4
  }
  sheet.y += GAP - 4
}

type Row = { readonly cells: readonly (readonly string[])[]; readonly height: number }

/** As the columns ask for them, but none narrower than its longest word, as long as all of these fit beside each other. */
function columnWidths(sheet: Sheet, { columns, rows }: Pick<Of<'table'>, 'columns' | 'rows'>): number[] {
  const whole = columns.reduce((sum, c) => sum + (c.width ?? 1), 0)
  const free = TEXT_WIDTH - CELL_GAP * (columns.length - 1)
  const asked = columns.map((c) => ((c.width ?? 1) / whole) * free)
  const longest = (text: string, style: Style) =>
    Math.max(...text.split(/\s+/).map((word) => sheet.width(word, style)))
  const least = columns.map(
    ({ title }, i) =>
      Math.max(longest(title, CELL_HEAD), ...rows.map((row) => longest(row[i] ?? '', CELL))) + 0.5,
  )
  if (sumOf(least) > free) return asked
  const wide = asked.map((width, i) => Math.max(width, least[i]!))
  const slack = wide.map((width, i) => width - least[i]!)
  const over = sumOf(wide) - free
  return over <= 0 ? wide : wide.map((width, i) => width - (over * slack[i]!) / sumOf(slack))
}

const sumOf = (figures: readonly number[]) => figures.reduce((sum, figure) => sum + figure, 0)

function rowOf(sheet: Sheet, texts: readonly string[], widths: readonly number[], style: Style): Row {
  const cells = widths.map((width, i) => sheet.lines(texts[i] ?? '', style, width))
  return { cells, height: Math.max(...cells.map((c) => c.length)) * style.leading + 6 }
}

function drawTable(sheet: Sheet, { caption, columns, rows }: Of<'table'>): void {
  const widths = columnWidths(sheet, { columns, rows })
  const table = sheet.element(sheet.root, 'Table')
  const head = rowOf(
    sheet,
    columns.map((c) => c.title),
    widths,
    CELL_HEAD,
  )
  const first = rows[0] ? rowOf(sheet, rows[0], widths, CELL).height : 0
  sheet.need((caption ? QUIET.leading + 3 : 0) + head.height + Math.min(first, sheet.wholePage / 3))
  if (caption) {
    const lines = sheet.lines(caption, QUIET, TEXT_WIDTH)
    write(sheet, sheet.element(table, 'Caption'), 'Caption', lines, sheet.left, QUIET)
    sheet.y += 3
  }
  /** One stretch of a row; cells that are said belong to `into`, a head that stands again is decoration. */
  const drawRow = (
    row: Row['cells'],
    style: Style,
    into: readonly Element[] | undefined,
    tag: 'TH' | 'TD',
  ) => {
    let x = sheet.left
    const top = sheet.y
    row.forEach((lines, i) => {
      const paint = () => {
        lines.forEach((line, n) => {
          const shown = line.trimEnd()
          const right = columns[i]!.align === 'right'
          const shift = right ? widths[i]! - sheet.width(shown, style) : 0
          sheet.draw(right ? shown : line, x + shift, top + n * style.leading, style)
        })
      }
      if (into) sheet.say(into[i]!, tag, paint)
      else sheet.decorate(paint, 'Pagination')
      x += widths[i]! + CELL_GAP
    })
    sheet.y = top + Math.max(...row.map((lines) => lines.length)) * style.leading + 3
    sheet.rule(sheet.y, sheet.left, TEXT_WIDTH, tag === 'TH' ? 0.9 : 0.4)
    sheet.y += 3
  }
  const group = sheet.element(table, 'THead')
  const headRow = sheet.element(group, 'TR')
  const titles = columns.map(() => sheet.element(headRow, 'TH', { scope: 'Column' }))
  drawRow(head.cells, CELL_HEAD, titles, 'TH')
  const onNewPage = () => {
    sheet.breakPage()
    drawRow(head.cells, CELL_HEAD, undefined, 'TH')
  }
  const body = sheet.element(table, 'TBody')
  for (const texts of rows) {
    const row = rowOf(sheet, texts, widths, CELL)
    if (row.height > sheet.room() && row.height <= sheet.wholePage - head.height) onNewPage()
    const line = sheet.element(body, 'TR')
    const cells = columns.map(() => sheet.element(line, 'TD'))
    const whole = Math.max(...row.cells.map((lines) => lines.length))
    for (let at = 0; at < whole; ) {
      let count = Math.min(whole - at, Math.floor((sheet.room() - 6) / CELL.leading))
      if (count < 1) {
        onNewPage()
        count = Math.min(whole - at, Math.floor((sheet.room() - 6) / CELL.leading))
      }
      drawRow(
        row.cells.map((lines) => lines.slice(at, at + count)),
        CELL,
        cells,
        'TD',
      )
      at += count
    }
  }
  sheet.y += GAP
}

function pictureHeight(sheet: Sheet, picture: Of<'image' | 'drawing'>): number {
  const width = Math.min(picture.width, TEXT_WIDTH)
  if (picture.kind === 'drawing') return (width / picture.box.width) * picture.box.height
  const size = sizeOfPng(picture.png)
  return Math.min((width / size.width) * size.height, sheet.wholePage)
}

function drawPicture(sheet: Sheet, picture: Of<'image' | 'drawing'>): void {
  const height = pictureHeight(sheet, picture)
  sheet.need(height)
  const { doc, left, y } = sheet
  const width = Math.min(picture.width, TEXT_WIDTH)
  const figure = sheet.element(sheet.root, 'Figure', {
    alt: picture.alt,
    bbox: [left, y, left + width, y + height],
  })
  sheet.say(figure, 'Figure', () => {
    if (picture.kind === 'image') {
      doc.image(Buffer.from(picture.png), left, y, { fit: [width, height] })
      return
    }
    if (!/^[MLHVCSQTAZmlhvcsqtaz\d\s.,+e-]*$/.test(picture.path))
      throw new RangeError('not the data of an SVG path')
    const scale = width / picture.box.width
    doc.save().translate(left, y).scale(scale)
    doc
      .path(picture.path)
      .lineWidth(1 / scale)
      .lineCap('round')
      .lineJoin('round')
      .strokeColor(INK)
      .stroke()
    doc.restore()
  })
  sheet.y = y + height + GAP
}

/** @throws RangeError when the bytes are not a PNG */
function sizeOfPng(png: Uint8Array): { readonly width: number; readonly height: number } {
  const bytes = new DataView(png.buffer, png.byteOffset, png.byteLength)
  if (png.byteLength < 24 || bytes.getUint32(0) !== 0x89504e47) throw new RangeError('not a PNG')
  return { width: bytes.getUint32(16), height: bytes.getUint32(20) }
}

/** Room for a hand, the line, and what is signed below it. */
const SIGN_HEIGHT = 52

function drawSignHere(sheet: Sheet, labels: readonly string[]): void {
  const width = (TEXT_WIDTH - (labels.length - 1) * 16) / labels.length
  const columns = labels.map((label) => sheet.lines(label, QUIET, width))
  const most = Math.max(...columns.map((lines) => lines.length))
  sheet.need(SIGN_HEIGHT + (most - 1) * QUIET.leading)
  const line = sheet.y + 34
  columns.forEach((lines, i) => {
    const x = sheet.left + i * (width + 16)
    sheet.decorate(() => {
      sheet.doc
        .moveTo(x, line)
        .lineTo(x + width, line)
        .lineWidth(0.8)
        .strokeColor(INK)
        .stroke()
    })
    sheet.say(sheet.element(sheet.root, 'P'), 'P', () => {
      lines.forEach((text, n) => {
        sheet.draw(text, x, line + 4 + n * QUIET.leading, QUIET)
      })
    })
  })
  sheet.y = line + 4 + most * QUIET.leading + GAP
}
