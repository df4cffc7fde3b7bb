import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { PdfContent } from './pdf-block.ts'
import { asDrawn, brokenLines, printable } from './pdf-text.ts'
import { toMs } from './time.ts'

export type Element = PDFKit.PDFStructureElement

type Face = 'regular' | 'bold' | 'code'

/** How a text is set; sizes in points. */
export type Style = {
  readonly face: Face
  readonly size: number
  /** From one line to the next. */
  readonly leading: number
  readonly ink: string
}

export const INK = '#16262b'
export const QUIET_INK = '#4d5d63'
const LINE_INK = '#b9c4c7'

/** US letter. */
const PAGE = { width: 612, height: 792, side: 62, top: 74, bottom: 84 } as const
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.side

const FACES: Readonly<Record<Face, string>> = {
  regular: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  code: 'DejaVuSansMono.ttf',
}
const installed = createRequire(import.meta.url)
const fonts = new Map<Face, Buffer>()

/** The font as it was installed with the program: no document depends on what a machine has. */
function fontOf(face: Face): Buffer {
  const known = fonts.get(face)
  if (known) return known
  const bytes = readFileSync(installed.resolve(`dejavu-fonts-ttf/ttf/${FACES[face]}`))
  fonts.set(face, bytes)
  return bytes
}

/** What pdfkit keeps and its published types do not say. */
type Inside = {
  _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } }
  _addInfo(): void
}

export type Sheet = ReturnType<typeof openSheet>

/**
 * Paper with a pen: pages are added as the pen comes to the foot of one, and whatever is written belongs to an element of
 * the document's structure, or is said to be decoration. `blocks` are drawn with it in `pdf-blocks.server.ts`.
 */
export function openSheet(content: PdfContent) {
  const made = new Date(toMs(content.made))
  const { clinic } = content.everyPage
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: content.language,
    bufferPages: true,
    autoFirstPage: false,
    info: { Title: content.title, Author: clinic, Creator: 'Evenkeel', CreationDate: made, ModDate: made },
  })
  escapeMetadata(doc)
  for (const face of Object.keys(FACES) as Face[]) doc.registerFont(face, fontOf(face))
  const root = doc.struct('Document')
  doc.addStructure(root)
  doc.addPage()

  const lacking = new Set<number>()
  const glyphs: Readonly<Record<Face, Map<number, boolean>>> = {
    regular: new Map(),
    bold: new Map(),
    code: new Map(),
  }
  const sheet = {
    doc,
    root,
    left: PAGE.side,
    /** Where the next line begins, in points from the top of the page. */
    y: PAGE.top as number,
    lacking: () => [...lacking],
    /** Points that are left on this page. */
    room: () => PAGE.height - PAGE.bottom - sheet.y,
    /** Points on a page that is still empty. */
    wholePage: PAGE.height - PAGE.bottom - PAGE.top,
    atTop: () => sheet.y === PAGE.top,
    breakPage() {
      doc.addPage()
      sheet.y = PAGE.top
    },
    /** Begins a page unless this much is left on this one; what is longer than a page begins where it is. */
    need(height: number) {
      if (height > sheet.room() && !sheet.atTop()) sheet.breakPage()
    },
    element(parent: Element, tag: string, options: Record<string, unknown> = {}): Element {
      const element = doc.struct(tag, options)
      parent.add(element)
      return element
    },
    width(text: string, style: Style): number {
      return choose(text, style).widthOfString(text)
    },
    /** The text as it can be printed, in lines of at most `width` points. */
    lines(text: string, style: Style, width: number): string[] {
      const shown = readable(text, style)
      const pen = choose(shown, style)
      return brokenLines(shown, width, (part) => pen.widthOfString(part))
    },
    /** Draws one line and says nothing about what it is: use `say` or `decorate` around it. */
    draw(line: string, x: number, y: number, style: Style) {
      if (line === '') return
      choose(line, style).fillColor(style.ink)
      doc.text(asDrawn(line), x, y, { lineBreak: false })
    },
    /** What `draw` writes belongs to `element`, on the page where the pen is. */
    say(element: Element, tag: string, draw: () => void) {
      const marked = doc.markStructureContent(tag)
      draw()
      doc.endMarkedContent()
      element.add(marked)
    },
    /** What `draw` writes is decoration, or stands on every page: nobody needs it read out. */
    decorate(draw: () => void, kind: 'Layout' | 'Pagination' = 'Layout') {
      doc.markContent('Artifact', { type: kind })
      draw()
      doc.endMarkedContent()
    },
    rule(y: number, x = PAGE.side, width: number = TEXT_WIDTH, thick = 0.6) {
      sheet.decorate(() => {
        doc
          .moveTo(x, y)
          .lineTo(x + width, y)
          .lineWidth(thick)
          .strokeColor(LINE_INK)
          .stroke()
      })
    },
    close: () => close(),
  }
  return sheet

  function has(style: Style, codePoint: number): boolean {
    const known = glyphs[style.face].get(codePoint)
    if (known !== undefined) return known
    doc.font(style.face)
    const found = (doc as unknown as Inside)._font.font.hasGlyphForCodePoint(codePoint)
    glyphs[style.face].set(codePoint, found)
    return found
  }
  /** Bold and code have fewer letters: a text with one they lack is set in the regular face. */
  function faceFor(text: string, style: Style): Style {
    const whole = (one: Style) => [...text].every((c) => c === '\n' || has(one, c.codePointAt(0)!))
    return style.face === 'regular' || whole(style) ? style : { ...style, face: 'regular' }
  }
  function readable(text: string, style: Style): string {
    const found = printable(text, (codePoint) => has({ ...style, face: 'regular' }, codePoint))
    for (const codePoint of found.lacking) lacking.add(codePoint)
    return found.text
  }
  function choose(text: string, style: Style) {
    return doc.font(faceFor(text, style).face).fontSize(style.size)
  }
  /** Head and foot of every page, then the bytes. */
  function close(): Promise<Uint8Array> {
    const small: Style = { face: 'regular', size: 7.5, leading: 10, ink: QUIET_INK }
    const code: Style = { ...small, face: 'code', size: 6.5 }
    const { printed, reference, notice } = content.everyPage
    const { count } = doc.bufferedPageRange()
    const shortened = (text: string, style: Style, width: number) => {
      const [first, ...rest] = sheet.lines(text.replaceAll('\n', ' '), style, width)
      return rest.length === 0 ? first! : `${sheet.lines(text, style, width - 10)[0]!.trimEnd()} …`
    }
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page)
      sheet.decorate(() => {
        const right = PAGE.width - PAGE.side
        sheet.draw(shortened(clinic, small, TEXT_WIDTH / 2 - 8), PAGE.side, 36, small)
        if (page > 0) {
          const title = shortened(content.title, small, TEXT_WIDTH / 2 - 8)
          sheet.draw(title, right - sheet.width(title, small), 36, small)
        }
        const number = `Page ${page + 1} of ${count}`
        const foot = PAGE.height - PAGE.bottom + 30
        sheet.draw(shortened(printed, small, TEXT_WIDTH - 90), PAGE.side, foot, small)
        sheet.draw(number, right - sheet.width(number, small), foot, small)
        let y = foot + 11
        if (reference) {
          sheet.draw(shortened(reference, code, TEXT_WIDTH), PAGE.side, y, code)
          y += 11
        }
        if (notice) sheet.draw(shortened(notice, small, TEXT_WIDTH), PAGE.side, y, small)
      }, 'Pagination')
    }
    const parts: Buffer[] = []
    return new Promise((resolve, reject) => {
      doc.on('data', (part: Buffer) => parts.push(part))
      doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
      doc.on('error', reject)
      root.end()
      doc.end()
    })
  }
}

/** pdfkit writes title and author into XML as they are: a clinic "A & B" would make it unreadable. */
function escapeMetadata(doc: PDFKit.PDFDocument): void {
  const inside = doc as unknown as Inside
  const write = inside._addInfo.bind(doc)
  inside._addInfo = () => {
    const { Title, Author } = doc.info
    doc.info.Title = asXml(Title ?? '')
    doc.info.Author = asXml(Author ?? '')
    write()
    Object.assign(doc.info, { Title, Author })
  }
}

const asXml = (text: string) =>
  text
    .replace(/[^\P{Cc}\n]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
