import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { classesOf, usedRules } from './used-rules.ts'

const compressed = promisify(brotliCompress)

/** 5 is where our pages stop getting notably smaller for the time it takes (about 2 ms). */
const QUALITY = 5

/**
 * Makes pages for strangers arrive in one piece: what they use of their style sheets stands in the page itself, so that a phone
 * on a slow line paints after one answer instead of after eight, and the whole is sent as Brotli where the browser takes it.
 *
 * A page with React in the browser keeps its links, because React would find another head than the one it knows; so does a sheet
 * that names files beside it or that could end its element.
 *
 * @param clientFolder where the built browser files lie
 * @returns a function of an answer, the nonce its policy names for styles, and the request's `Accept-Encoding`
 */
export function onePiecePages(
  clientFolder: string,
): (response: Response, nonce: string, accepts: string | undefined) => Promise<Response> {
  const sheets = new Map<string, Sheet | undefined>()
  const sheetAt = (href: string) => {
    if (!sheets.has(href)) sheets.set(href, readSheet(join(clientFolder, href)))
    return sheets.get(href)
  }
  const scripts = new Map<string, ReadonlySet<string> | undefined>()
  const wordsAt = (src: string) => {
    if (!scripts.has(src)) scripts.set(src, readWords(join(clientFolder, src)))
    return scripts.get(src)
  }
  return async (response, nonce, accepts) => {
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/html')) return response
    const html = withSheets(await response.text(), nonce, sheetAt, wordsAt)
    const headers = new Headers(response.headers)
    headers.delete('content-length')
    if (!/\bbr\b(?!\s*;\s*q=0(?:\.0+)?\s*(?:,|$))/.test(accepts ?? ''))
      return new Response(html, { status: response.status, headers })
    headers.set('content-encoding', 'br')
    headers.append('vary', 'Accept-Encoding')
    const text = Buffer.from(html)
    const body = await compressed(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      },
    })
    return new Response(new Uint8Array(body), { status: response.status, headers })
  }
}

/** A style sheet, cut down to what a page with these classes can use. */
type Sheet = (classes: ReadonlySet<string>) => string

/**
 * A page with the rules of its style sheets that it can use. A script may add a class, so every word of it counts as one.
 *
 * @param sheetAt the sheet at a path below `/assets`; undefined keeps the link
 * @param wordsAt the words of a script; undefined when they are not all known, and the page keeps every rule
 */
export function withSheets(
  html: string,
  nonce: string,
  sheetAt: (href: string) => Sheet | undefined,
  wordsAt: (src: string) => ReadonlySet<string> | undefined,
): string {
  if (html.includes('__reactRouterContext')) return html
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]*)"/g)].map(([, src]) =>
    /^\/assets\/[\w-][\w.-]*\.js$/.test(src!) ? wordsAt(src!) : undefined,
  )
  const classes = scripts.includes(undefined)
    ? everyClass
    : new Set([classesOf(html), ...scripts].flatMap((words) => [...words!]))
  return html.replace(
    /<link(?: nonce="[^"]*")? rel="stylesheet" href="(\/assets\/[\w-][\w.-]*\.css)"(?: media="(\w+)")?\/>/g,
    (link, href: string, media: string | undefined) => {
      const sheet = sheetAt(href)
      return sheet === undefined
        ? link
        : `<style nonce="${nonce}"${media ? ` media="${media}"` : ''}>${sheet(classes)}</style>`
    },
  )
}

/** A script that brings in others has words that do not stand in it. */
function readWords(path: string): ReadonlySet<string> | undefined {
  try {
    const script = readFileSync(path, 'utf8')
    return /\bimport\b/.test(script) ? undefined : new Set(script.match(/[\w-]+/g))
  } catch {
    return undefined
  }
}

const everyClass: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true })

function readSheet(path: string): Sheet | undefined {
  let sheet: string
  try {
    sheet = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  return sheet.includes('url(') || sheet.includes('</') ? undefined : usedRules(sheet.trim())
}
