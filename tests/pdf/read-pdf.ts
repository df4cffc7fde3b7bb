import { inflateSync } from 'node:zlib'

/** One stretch of text as it stands on the page: points from the left and from the foot. */
type PdfText = { readonly text: string; readonly x: number; readonly y: number }

/**
 * Reads what our own PDFs hold, the way a program does that copies or reads out their text: the pages' strings by the
 * fonts' own tables. Enough for files that `pdfDocument` made, not for others.
 */
export function readPdf(bytes: Uint8Array) {
  const raw = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, { readonly dictionary: string; readonly stream: string }>()
  for (const [, id, body] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary, stream] = body!.split(/\nstream\n/)
    const packed = stream?.replace(/\nendstream$/, '')
    objects.set(id!, {
      dictionary: dictionary!,
      stream:
        packed === undefined
          ? ''
          : /\/Filter \/FlateDecode/.test(dictionary!)
            ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')
            : packed,
    })
  }
  const object = (id: string | undefined) => objects.get(id ?? '') ?? { dictionary: '', stream: '' }
  const ref = (dictionary: string, key: string) => new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1]
  const letters = (font: string) => {
    const { stream } = object(ref(object(font).dictionary, 'ToUnicode'))
    const map = new Map<number, string>()
    for (const [, from, list] of stream.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g)) {
      const entries = [...list!.matchAll(/<([0-9a-f ]*)>/g)]
      entries.forEach(([, units], i) => {
        const codes = units!.split(' ').map((unit) => Number.parseInt(unit, 16))
        map.set(Number.parseInt(from!, 16) + i, String.fromCharCode(...codes))
      })
    }
    return map
  }
  const catalog = [...objects.values()].find((o) => /\/Type \/Catalog/.test(o.dictionary))!.dictionary
  const kids = /\/Kids \[(.*?)\]/.exec(object(ref(catalog, 'Pages')).dictionary)![1]!
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]): PdfText[] => {
    const page = object(id).dictionary
    const resources = object(ref(page, 'Resources')).dictionary
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, font]) => [name!, letters(font!)]),
    )
    const texts: PdfText[] = []
    for (const [, block] of object(ref(page, 'Contents')).stream.matchAll(/BT\n([\s\S]*?)\nET/g)) {
      const [, x, y] = /1 0 0 1 ([-\d.]+) ([-\d.]+) Tm/.exec(block!)!
      const font = fonts.get(/\/(F\d+)/.exec(block!)![1]!)!
      const text = [...block!.matchAll(/<([0-9a-f]+)>/g)]
        .flatMap(([, hex]) => hex!.match(/.{4}/g)!)
        .map((glyph) => font.get(Number.parseInt(glyph, 16)) ?? '?')
        .join('')
      texts.push({ text, x: Number(x), y: Number(y) })
    }
    return texts
  })
  /** Every dictionary and every stream that is no page, as one text: to look for what a file says of itself. */
  const about = [...objects.values()].map((o) => o.dictionary).join('\n')
  const metadata = [...objects.values()].find((o) => /\/Subtype \/XML/.test(o.dictionary))?.stream ?? ''
  return {
    pages,
    about,
    catalog,
    metadata,
    text: pages.map((page) => page.map((t) => t.text).join('\n')).join('\n'),
  }
}
