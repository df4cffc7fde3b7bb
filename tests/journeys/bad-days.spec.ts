import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { signIn } from './people-in-the-story.ts'

/** An empty clinic set up on the terminal, and what it does when its process dies or is stopped. */
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bad-days-'))
chmodSync(folder, 0o755)
const environment = { EVENKEEL_DATA: folder, EVENKEEL_DEMO: 'off' }
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>

const onTerminal = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'scripts', script), ...args], {
    cwd: root,
    env: { ...process.env, ...environment, VITEST: '' },
    encoding: 'utf8',
  })

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('an empty clinic', () => {
  it('says what to do before it is set up, and opens when it is', async () => {
    clinic = await startClinic(folder, environment)
    const before = await fetch(`${clinic.url}/`)
    expect([before.status, await before.text()]).toEqual([
      503,
      expect.stringContaining('npm run clinic -- init'),
    ])
    const said = onTerminal(
      'clinic.ts',
      'init',
      '--clinic',
      'Quiet Harbor',
      '--name',
      'Mara',
      '--email',
      'mara@example.org',
      '--password',
      'level water here',
    )
    expect(said).toContain('Quiet Harbor is set up')
    // Place, telephone and hours come from a file; a broken one changes nothing and says where it is wrong.
    const file = join(folder, 'profile.json')
    const profile = JSON.parse(onTerminal('clinic.ts', 'profile'))
    writeFileSync(
      file,
      JSON.stringify({ ...profile, phoneDisplay: '703-555-0177', city: 'Fairfax', timeZone: 5 }),
    )
    expect(() => onTerminal('clinic.ts', 'profile', file)).toThrow(/timeZone/)
    writeFileSync(file, JSON.stringify({ ...profile, phoneDisplay: '703-555-0177', city: 'Fairfax' }))
    expect(onTerminal('clinic.ts', 'profile', file)).toContain('Quiet Harbor: set')
    const { page, complaints } = await browser.visit(clinic.url)
    await page.goto('/')
    expect(await page.locator('body').textContent()).toContain('Quiet Harbor')
    expect(await page.getByText(/demonstration data/i).count()).toBe(0)
    await signIn(page, 'mara@example.org', 'level water here')
    for (const path of [
      '/work/requests',
      '/work/board',
      '/work/measure',
      '/work/people',
      '/work/stock',
      '/work/outbox',
    ]) {
      const response = await page.goto(path)
      expect(response?.status(), path).toBe(200)
    }
    expect(complaints).toEqual([])
  })

  it('loses nothing that was answered when the process is killed, adopts its database, and stops cleanly', async () => {
    const accepted: string[] = []
    const { page } = await browser.visit(clinic.url)
    await signIn(page, 'mara@example.org', 'level water here')
    // Chairs are added one after the other until the process is killed in the middle of it.
    const adding = (async () => {
      for (let i = 0; i < 200; i++) {
        await page.goto('/work/chairs')
        const key = await page.locator('[name="key"]').first().getAttribute('value')
        const response = await page.request.post('/work/chairs', {
          form: { intent: 'add', key: key!, roomName: 'Room', name: `Chair ${i}`, turnaroundMin: '15' },
          headers: { origin: clinic.url },
          maxRedirects: 0,
        })
        if (response.status() === 303) accepted.push(`Chair ${i}`)
      }
    })().catch(() => 'the server was killed')
    while (accepted.length < 5) await new Promise((done) => setTimeout(done, 5))
    await clinic.kill()
    expect(await adding).toBe('the server was killed')

    clinic = await startClinic(folder, environment)
    const after = await browser.visit(clinic.url)
    await signIn(after.page, 'mara@example.org', 'level water here')
    await after.page.goto('/work/chairs')
    const list = (await after.page.locator('main').textContent()) ?? ''
    for (const name of accepted) expect(list).toContain(name)
    expect(onTerminal('audit-verify.ts')).toMatch(/quiet-harbor: whole, \d+ entries/)

    expect(await clinic.stop()).toBe(0)
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
    clinic = await startClinic(folder, environment)
    expect((await fetch(`${clinic.url}/healthz`)).status).toBe(200)
  })
})
