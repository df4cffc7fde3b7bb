import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** One file of the spool: lines that are added at its end, each with a check sum, and never changed. */

/** The file system as the spool uses it; handed in, so that a full or failing disk can be played. */
export type SpoolFiles = {
  makeFolder(path: string): Promise<void>
  list(folder: string): Promise<string[]>
  sizeOf(path: string): Promise<number>
  read(path: string): Promise<Buffer>
  open(path: string): Promise<SpoolFile>
  remove(path: string): Promise<void>
  syncFolder(path: string): Promise<void>
  /** Adds a text to a file, waits for the disk, and says how many bytes it was. */
  appendSafely(path: string, text: string): Promise<number>
  /** Takes the folder for this process; answers with what gives it back. Throws when a living process has it. */
  lock(path: string): Promise<() => Promise<void>>
}

export type SpoolFile = Pick<FileHandle, 'write' | 'read' | 'datasync' | 'truncate' | 'close'>

export type Segment = {
  readonly path: string
  readonly bytes: number
  /** Of lines in it that still wait to be delivered; kept by the spool. */
  waitingBytes: number
  /** A write went wrong and could not be taken back: nothing more is written here. */
  readonly broken: boolean
  /**
   * Adds a line and answers with its offset.
   *
   * @param safe wait until the disk has it. Lines that wait at the same moment share one wait.
   */
  append(line: Buffer, safe: boolean): Promise<number>
  /** One line with its end, its check sum confirmed. */
  read(offset: number, length: number): Promise<Buffer>
  close(): Promise<void>
  remove(): Promise<void>
}

class Stopped extends Error {}
class Spoilt extends Error {}

/** The segment was closed before the line was written. */
export function isStopped(error: unknown): boolean {
  return error instanceof Stopped
}

/** The disk gave back something else than was written: trying again is of no use. */
export function isSpoilt(error: unknown): boolean {
  return error instanceof Spoilt
}

/** A line of the file: check sum of the text, the text, a line end. */
export function checked(text: string): Buffer {
  return Buffer.from(`${crc32(text).toString(16).padStart(8, '0')} ${text}\n`)
}

/** The text of a line when its check sum is right. */
function textOf(line: string): string | undefined {
  const text = line.slice(9)
  return line[8] === ' ' && crc32(text).toString(16).padStart(8, '0') === line.slice(0, 8) ? text : undefined
}

/**
 * Reads a file from its beginning.
 *
 * @returns whole lines with their places; `goodBytes` up to the end of the last whole line; `damaged` lines passed over.
 */
export async function readSegment(
  files: SpoolFiles,
  path: string,
): Promise<{
  readonly lines: readonly { readonly text: string; readonly offset: number; readonly length: number }[]
  readonly goodBytes: number
  readonly damaged: number
}> {
  const content = await files.read(path)
  const lines: { text: string; offset: number; length: number }[] = []
  let goodBytes = 0
  let damaged = 0
  for (let offset = 0; offset < content.length; ) {
    const end = content.indexOf(0x0a, offset)
    const text = end < 0 ? undefined : textOf(content.toString('utf8', offset, end))
    if (text === undefined) damaged += 1
    else {
      lines.push({ text, offset, length: end + 1 - offset })
      goodBytes = end + 1
    }
    if (end < 0) break
    offset = end + 1
  }
  return { lines, goodBytes, damaged }
}

/** Opens or creates a file of the spool; whatever stands beyond `bytes` is cut off. */
export async function openSegment(files: SpoolFiles, path: string, bytes: number): Promise<Segment> {
  const file = await files.open(path)
  await file.truncate(bytes)
  type Waiting = {
    line: Buffer
    safe: boolean
    done: (offset: number) => void
    failed: (why: unknown) => void
  }
  let waiting: Waiting[] = []
  let size = bytes
  let broken = false
  let closed = false
  let writing: Promise<void> | undefined

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const now = waiting
      waiting = []
      try {
        if (closed || broken) throw new Stopped('the file is closed')
        const block = Buffer.concat(now.map(({ line }) => line))
        for (let written = 0; written < block.length; )
          written += (await file.write(block, written, block.length - written, size + written)).bytesWritten
        if (now.some(({ safe }) => safe)) await file.datasync()
        for (const { line, done } of now) {
          done(size)
          size += line.length
        }
      } catch (error) {
        // After a failed wait nobody can say what the disk holds. What was refused must not come back after a restart, so it is cut
        // off; if even that is refused, the next line goes to a new file.
        if (!closed && !broken) {
          try {
            await file.truncate(size)
            await file.datasync()
          } catch {
            broken = true
          }
        }
        for (const { failed } of now) failed(error)
      }
    }
  }

  return {
    path,
    waitingBytes: 0,
    get bytes() {
      return size
    },
    get broken() {
      return broken
    },
    append(line, safe) {
      return new Promise<number>((done, failed) => {
        waiting.push({ line, safe, done, failed })
        writing ??= Promise.resolve()
          .then(writeAll)
          .finally(() => {
            writing = undefined
          })
      })
    },
    async read(offset, length) {
      const line = Buffer.alloc(length)
      const { bytesRead } = await file.read(line, 0, length, offset)
      if (bytesRead !== length || textOf(line.toString('utf8', 0, length - 1)) === undefined)
        throw new Spoilt('a line of the spool can no longer be read')
      return line
    },
    async close() {
      await writing
      closed = true
      await file.close()
    },
    async remove() {
      await writing
      closed = true
      await file.close()
      await files.remove(path)
    },
  }
}

/** The machine's own file system. */
export const diskFiles: SpoolFiles = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  list: (folder) => readdir(folder),
  sizeOf: (path) =>
    stat(path).then(
      ({ size }) => size,
      () => 0,
    ),
  read: (path) => readFile(path),
  open: (path) => open(path, constants.O_RDWR | constants.O_CREAT, 0o600),
  remove: (path) => rm(path),
  async syncFolder(path) {
    // Windows opens no folder for this, and needs it not.
    if (process.platform === 'win32') return
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  },
  async appendSafely(path, text) {
    const file = await open(path, 'a', 0o600)
    try {
      await file.appendFile(text)
      await file.datasync()
    } finally {
      await file.close()
    }
    return Buffer.byteLength(text)
  },
  async lock(path) {
    const mine = String(process.pid)
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 })
    } catch {
      const other = (await readFile(path, 'utf8')).trim()
      // A process that was killed leaves its lock behind; in a container the next one may have the very same number.
      if (other !== mine && isAlive(Number(other))) throw new Error(`the spool is in use by process ${other}`)
      await writeFile(path, mine, { mode: 0o600 })
    }
    return () => rm(path, { force: true })
  },
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
