/** A part of a style sheet: a rule with what its selectors ask for, a block of rules, or text that always stays. */
type Part =
  | { readonly kind: 'rule'; readonly text: string; readonly asks: readonly (readonly string[])[] }
  | { readonly kind: 'block'; readonly head: string; readonly parts: readonly Part[] }
  | { readonly kind: 'text'; readonly text: string }

/**
 * A style sheet read once, to be cut down to what a page can use.
 *
 * A selector is kept unless it names a class that stands nowhere in the page. That errs on the side of keeping: elements, ids,
 * attributes and everything within `:is`, `:not`, `:where` and `:has` are never a reason to drop a rule.
 *
 * @param sheet built CSS, without comments in selectors
 * @returns the sheet's rules that a page with these classes can use
 */
export function usedRules(sheet: string): (classes: ReadonlySet<string>) => string {
  const parts = readParts(sheet)
  return (classes) => written(parts, classes)
}

/** Every class that an element of the page has. */
export function classesOf(html: string): ReadonlySet<string> {
  const classes = new Set<string>()
  for (const [, names] of html.matchAll(/\sclass="([^"]*)"/g))
    for (const name of names!.split(/\s+/)) classes.add(name)
  return classes
}

function written(parts: readonly Part[], classes: ReadonlySet<string>): string {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'text') text += part.text
    else if (part.kind === 'rule') {
      if (part.asks.some((names) => names.every((name) => classes.has(name)))) text += part.text
    } else {
      const inside = written(part.parts, classes)
      if (inside !== '') text += `${part.head}{${inside}}`
    }
  }
  return text
}

function readParts(css: string): Part[] {
  const parts: Part[] = []
  let at = 0
  while (at < css.length) {
    const open = css.indexOf('{', at)
    const semicolon = css.indexOf(';', at)
    if (semicolon >= 0 && (open < 0 || semicolon < open)) {
      parts.push({ kind: 'text', text: css.slice(at, semicolon + 1) })
      at = semicolon + 1
      continue
    }
    if (open < 0) break
    const end = closing(css, open)
    const head = css.slice(at, open).trim()
    const inside = css.slice(open + 1, end)
    if (/^@(media|supports|layer|container)\b/.test(head))
      parts.push({ kind: 'block', head, parts: readParts(inside) })
    else if (head.startsWith('@')) parts.push({ kind: 'text', text: `${head}{${inside}}` })
    else parts.push({ kind: 'rule', text: `${head}{${inside}}`, asks: asked(head) })
    at = end + 1
  }
  return parts
}

/** Where the block that opens here closes; strings are stepped over. */
function closing(css: string, open: number): number {
  let depth = 0
  let quote = ''
  for (let i = open; i < css.length; i++) {
    const letter = css[i]!
    if (quote !== '') {
      if (letter === '\\') i += 1
      else if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '{') depth += 1
    else if (letter === '}') {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return css.length
}

/** The classes that each selector of a list asks for. */
function asked(selectors: string): string[][] {
  let plain = selectors.replace(/\[[^\]]*\]/g, '')
  // From the innermost parentheses outwards.
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = plain.replace(/\([^()]*\)/g, '')
  }
  return plain
    .split(',')
    .map((selector) => [...selector.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map(([, name]) => name!))
}
