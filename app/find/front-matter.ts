/** A Markdown file cut into the facts at its head and the text beneath. */
export type FrontMattered = {
  readonly facts: Readonly<Record<string, string | readonly string[]>>
  readonly body: string
}

/**
 * Reads the head of a content file: lines of `key: value`, and lists written as `key:` followed by `- item`
 * lines, between two lines of `---`. This is a small, strict part of YAML on purpose: what is not understood is
 * refused with its line, so that no fact is lost in silence.
 *
 * @throws Error naming the line that was not understood
 * @example readFrontMatter('---\ntitle: Alcohol\n---\nText').facts.title // 'Alcohol'
 */
export function readFrontMatter(file: string): FrontMattered {
  const lines = file.replaceAll('\r\n', '\n').split('\n')
  if (lines[0] !== '---') throw new Error('line 1: the file must begin with ---')
  const end = lines.indexOf('---', 1)
  if (end < 0) throw new Error('the head is not closed with ---')
  const facts: Record<string, string | string[]> = {}
  let list: string[] | undefined
  for (const [index, line] of lines.slice(1, end).entries()) {
    const place = `line ${index + 2}`
    const item = /^\s*- (.+)$/.exec(line)
    if (item) {
      if (list === undefined) throw new Error(`${place}: a list item without a key above it`)
      list.push(item[1]!.trim())
      continue
    }
    const pair = /^([a-zA-Z]+):\s*(.*)$/.exec(line)
    if (!pair) throw new Error(`${place}: neither "key: value" nor "- item"`)
    const [, key, value] = pair as unknown as [string, string, string]
    if (key in facts) throw new Error(`${place}: ${key} is given twice`)
    list = value === '' ? [] : undefined
    facts[key] = list ?? value.trim()
  }
  return {
    facts,
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
  }
}
