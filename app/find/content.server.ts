import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { readSiteContent, type SiteContent } from './site-content.ts'

/** The content of the site, read and checked once per process. */
export function siteContent(): SiteContent {
  loaded ??= readContentFolder(contentFolder(import.meta.dirname))
  return loaded
}

let loaded: SiteContent | undefined

/**
 * Reads and checks a folder of content.
 *
 * @throws Error with every problem of the content, one a line
 */
function readContentFolder(folder: string): SiteContent {
  const files = new Map<string, string>()
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(md|json)$/.test(path)) continue
    files.set(path.split(sep).join('/'), readFileSync(join(folder, path), 'utf8'))
  }
  return readSiteContent(files)
}

/** The nearest `content` folder above: the sources and the bundled server lie at different depths. */
function contentFolder(from: string): string {
  const here = join(from, 'content', 'studies')
  if (existsSync(here)) return dirname(here)
  const above = dirname(from)
  if (above === from) throw new Error('The folder "content" was not found above the program.')
  return contentFolder(above)
}
