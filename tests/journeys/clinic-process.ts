import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export type ClinicProcess = {
  readonly url: string
  readonly said: () => string
  /** Ctrl-C. @returns the exit code */
  stop(): Promise<number | null>
  /** kill -9: no chance to tidy up. */
  kill(): Promise<void>
}

/** Starts the real product in a process of its own, as `npm start` does, and waits until its door is open. */
export async function startClinic(
  dataFolder: string,
  environment: Record<string, string> = {},
): Promise<ClinicProcess> {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      VITEST: '',
      PORT: '0',
      EVENKEEL_DATA: dataFolder,
      EVENKEEL_LOG: 'quiet',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  const url = await new Promise<string>((done, fail) => {
    const look = () => {
      const found = /open at (http:\/\/\S+)/.exec(said)
      if (found) done(found[1]!)
    }
    child.stdout?.on('data', look)
    void ended.then((code) => fail(new Error(`the clinic ended with ${code} before it opened:\n${said}`)))
  })
  return {
    url,
    said: () => said,
    async stop() {
      child.kill('SIGINT')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Copies a folder with its owners: under root PostgreSQL's files belong to another user. */
export function copyFolder(from: string, to: string): void {
  if (process.platform === 'win32') {
    cpSync(from, to, { recursive: true })
    return
  }
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the lived clinic could not be copied: ${stderr}`)
}
