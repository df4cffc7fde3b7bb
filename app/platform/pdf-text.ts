/** Stands where a character cannot be printed. */
export const LACKING_MARK = '\u{FFFD}'

/**
 * Text as a font can print it: a character it lacks becomes a visible mark, never nothing. Pure.
 *
 * Left out are only characters that have no shape of their own by the Unicode standard (joiners, variation selectors).
 * Accents that stand after their letter are joined with it, tabs become spaces, and other control characters are marked.
 *
 * @param has whether the font has a glyph for this code point
 * @returns the text, and each lacking code point in the order of its first place
 */
export function printable(
  text: string,
  has: (codePoint: number) => boolean,
): { readonly text: string; readonly lacking: readonly number[] } {
  const lacking = new Set<number>()
  let shown = ''
  for (const character of text.normalize('NFC').replace(/\r\n?/g, '\n')) {
    const codePoint = character.codePointAt(0)!
    if (character === '\n') shown += character
    else if (character === '\t') shown += ' '
    else if (/\p{Default_Ignorable_Code_Point}/u.test(character)) continue
    else if (!/\p{Cc}|\p{Cs}/u.test(character) && has(codePoint)) shown += character
    else {
      lacking.add(codePoint)
      shown += LACKING_MARK
    }
  }
  return { text: shown, lacking: [...lacking] }
}

/** "U+5C71": how a character is named that cannot be printed. */
export const codePointName = (codePoint: number) =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`

/**
 * Lines of at most `width`, broken after spaces and between the parts of a word with a hyphen; a word that is wider than a line is broken between
 * characters as people see them, never inside one. A line break in the text stays one. Pure.
 *
 * @param measure width of a text in the same unit as `width`
 * @returns at least one line; spaces at the end of a line are kept, so that read one after the other they are the text
 */
export function brokenLines(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(/(?<= )(?! )|(?<=\p{L}-)(?=\p{L})/u)) {
      if (measure((line + word).trimEnd()) <= width) {
        line += word
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = measure(word.trimEnd()) <= width ? [word] : tornWord(word, width, measure)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1)!
    }
    return [...lines, line]
  })
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function tornWord(word: string, width: number, measure: (text: string) => number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && segment !== ' ' && measure(piece + segment) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}

const RIGHT_TO_LEFT =
  '\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}'
const BETWEEN_WORDS = new RegExp(`(?<=[${RIGHT_TO_LEFT}][^ ]*) (?=[^ ]*[${RIGHT_TO_LEFT}])`, 'gu')

/**
 * A line as it is handed to the font. Words of a right-to-left script that follow each other are tied by spaces that do
 * not break: the font then sets them as one run from right to left, and a name of two words reads right. Digits and signs
 * between them stay where they are: enough for names, not for a text in such a script. Pure.
 */
export function asDrawn(line: string): string {
  return line.replaceAll(BETWEEN_WORDS, '\u{A0}')
}
