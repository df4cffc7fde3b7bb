import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSpool, type Spool, type SpoolLimits } from './spool.ts'
import { diskFiles, type SpoolFiles } from './spool-segment.ts'

let folder = ''
const opened: Spool[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-spool-'))
})
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close()
  rmSync(folder, { recursive: true, force: true })
})

const roomy: SpoolLimits = { maxBytes: 1_000_000, maxBytesPerDevice: 500_000, segmentBytes: 100_000 }

async function open(
  own: Partial<SpoolLimits> = {},
  files: SpoolFiles = diskFiles,
  firstSequence = 1,
): Promise<Spool> {
  const spool = await openSpool({ folder, limits: { ...roomy, ...own }, firstSequence, files })
  opened.push(spool)
  return spool
}
const put = (spool: Spool, deviceId: string, text: string) =>
  spool.append({
    deviceId,
    fingerprint: `${deviceId} ${text}`,
    body: (sequence) => JSON.stringify({ sequence, text }),
  })

/** Everything that waits for a device, settled as it is read. */
async function drain(spool: Spool, deviceId: string): Promise<string[]> {
  const texts: string[] = []
  for (let batch = await spool.first(deviceId); batch; batch = await spool.first(deviceId)) {
    texts.push(JSON.parse(batch.body!).text)
    spool.settle(deviceId, batch.sequence, 'delivered')
  }
  return texts
}
const segments = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.spool'))
    .sort()

describe('the spool', () => {
  it('gives back each device’s batches in order, also after it was closed', async () => {
    const before = await open()
    for (const text of ['1', '2', '3']) {
      expect(await put(before, 'a', text)).toMatchObject({ ok: true, again: false })
      await put(before, 'b', text)
    }
    const first = await before.first('a')
    expect(JSON.parse(first!.body!)).toEqual({ sequence: first!.sequence, text: '1' })
    before.settle('a', first!.sequence, 'delivered')
    await before.close()
    const after = await open()
    expect(after.waiting).toBe(5)
    expect(await drain(after, 'a')).toEqual(['2', '3'])
    expect(await drain(after, 'b')).toEqual(['1', '2', '3'])
    expect(after.devices()).toEqual([])
  })

  it('gives out sequences that rise, over restarts and over the loss of the folder', async () => {
    const sequences: number[] = []
    const note = async (spool: Spool, text: string) => {
      const found = await put(spool, 'a', text)
      if (found.ok) sequences.push(found.sequence)
    }
    const one = await open({}, diskFiles, 1000)
    await note(one, 'x')
    await note(one, 'y')
    await drain(one, 'a')
    await one.close()
    // The clock was set back.
    const two = await open({}, diskFiles, 10)
    await note(two, 'z')
    await two.close()
    rmSync(folder, { recursive: true })
    const three = await open({}, diskFiles, 2000)
    await note(three, 'w')
    expect(sequences).toEqual([1000, 1001, 1002, 2000])
  })

  it('knows a message that is sent again, before and after a restart', async () => {
    const before = await open()
    const [one, two] = await Promise.all([put(before, 'a', 'x'), put(before, 'a', 'x')])
    expect(one).toMatchObject({ ok: true, again: false })
    expect(two).toMatchObject({ ok: true, again: true })
    await drain(before, 'a')
    await before.close()
    const after = await open()
    expect(await put(after, 'a', 'x')).toMatchObject({ ok: true, again: true })
    expect(after.waiting).toBe(0)
  })

  it('cuts off a half-written line, wherever it was cut', async () => {
    const spool = await open()
    await put(spool, 'a', 'first')
    await put(spool, 'a', 'second')
    await spool.close()
    const path = join(folder, segments()[0]!)
    const whole = readFileSync(path)
    const end = whole.subarray(0, -1).lastIndexOf(0x0a) + 1
    for (let bytes = end; bytes < whole.length; bytes += 1) {
      writeFileSync(path, whole.subarray(0, bytes))
      const again = await open()
      expect(again.waiting).toBe(1)
      // What comes next is not glued to the half.
      await put(again, 'a', 'third')
      await again.close()
      const last = await open()
      expect(last.waiting).toBe(2)
      await last.close()
      truncateSync(path, 0)
    }
  })

  it('passes over a line that the disk has spoilt, and says how many', async () => {
    const spool = await open()
    for (const text of ['1', '2', '3']) await put(spool, 'a', text)
    await spool.close()
    const path = join(folder, segments()[0]!)
    writeFileSync(path, readFileSync(path, 'utf8').replace('\\"2\\"', '\\"8\\"'))
    appendFileSync(path, 'nonsense\n')
    const again = await open()
    expect(again.damagedLines).toBe(2)
    expect(await drain(again, 'a')).toEqual(['1', '3'])
  })

  it('deletes files whose batches are delivered, and keeps the newest two', async () => {
    const spool = await open({ segmentBytes: 1000 })
    for (let i = 0; i < 50; i += 1) await put(spool, 'a', `text ${i}`)
    expect(segments().length).toBeGreaterThan(3)
    await drain(spool, 'a')
    await expect.poll(segments).toHaveLength(2)
  })

  it('does not let one device’s backlog hold on to everybody’s files', async () => {
    const spool = await open({ segmentBytes: 1000 })
    await put(spool, 'stuck', 'waits')
    for (let i = 0; i < 50; i += 1) {
      await put(spool, 'a', `text ${i}`)
      await drain(spool, 'a')
    }
    await expect.poll(() => segments().length).toBeLessThan(5)
    await spool.close()
    expect(await drain(await open(), 'stuck')).toEqual(['waits'])
  })

  it('is bounded: full, it refuses by name and takes again when there is room', async () => {
    const spool = await open({ maxBytes: 5000, maxBytesPerDevice: 2500, segmentBytes: 1024 })
    const fill = async (deviceId: string) => {
      for (let i = 0; ; i += 1) {
        const found = await put(spool, deviceId, `text ${i}`)
        if (!found.ok) return found.reason
      }
    }
    expect(await fill('a')).toBe('device-backlog-full')
    expect(await fill('b')).toBe('spool-full')
    expect(spool.bytes).toBeLessThanOrEqual(5000)
    await drain(spool, 'a')
    await drain(spool, 'b')
    await expect.poll(async () => (await put(spool, 'c', `${Math.random()}`)).ok).toBe(true)
  })

  it('belongs to one process', async () => {
    writeFileSync(join(folder, 'lock'), String(process.ppid))
    await expect(open()).rejects.toThrow(/in use/)
    // A number that no process has: left behind by one that was killed.
    writeFileSync(join(folder, 'lock'), '999999999')
    await open()
  })
})

/** A disk that refuses from some call on. */
function failing(): {
  files: SpoolFiles
  refuse: (what: 'write' | 'datasync' | 'truncate', code?: string) => void
  heal: () => void
} {
  const refused = new Map<string, string>()
  const check = (what: string) => {
    const code = refused.get(what)
    if (code) throw Object.assign(new Error(code), { code })
  }
  return {
    refuse: (what, code = 'ENOSPC') => refused.set(what, code),
    heal: () => refused.clear(),
    files: {
      ...diskFiles,
      async open(path) {
        const file = await diskFiles.open(path)
        return {
          read: file.read.bind(file),
          close: () => file.close(),
          async truncate(bytes) {
            check('truncate')
            await file.truncate(bytes)
          },
          async datasync() {
            check('datasync')
            await file.datasync()
          },
          async write(block: Buffer, from: number, length: number, at: number) {
            // As a full disk does: a part of it, then the refusal.
            if (refused.has('write')) await file.write(block, from, Math.min(length, 20), at)
            check('write')
            return file.write(block, from, length, at)
          },
        } as Awaited<ReturnType<SpoolFiles['open']>>
      },
    },
  }
}

describe('a disk that refuses', () => {
  it.each([
    ['is full', ['write']],
    ['does not confirm', ['datasync']],
    ['neither writes nor takes back', ['write', 'truncate']],
    ['neither confirms nor takes back', ['datasync', 'truncate']],
  ] as const)('%s: nothing is called safe, nothing refused comes back, and it heals', async (_, calls) => {
    const disk = failing()
    const spool = await open({}, disk.files)
    await put(spool, 'a', 'before')
    for (const call of calls) disk.refuse(call)
    expect(await put(spool, 'a', 'during')).toEqual({ ok: false, reason: 'disk-refused' })
    disk.heal()
    expect(await put(spool, 'a', 'during')).toMatchObject({ ok: true, again: false })
    await put(spool, 'a', 'after')
    await spool.close()
    const texts = await drain(await open(), 'a')
    // Where the disk did not even let go of what it refused, a copy may stand there; it was sent again under its own number.
    expect([...new Set(texts)]).toEqual(['before', 'during', 'after'])
    if (!(calls as readonly string[]).includes('truncate')) expect(texts).toHaveLength(3)
  })
})

describe('any life of a spool', () => {
  it('loses nothing that it called safe, and offers nothing that was settled and noted', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('put' as const), device: fc.constantFrom('a', 'b', 'c') }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('settle' as const), device: fc.constantFrom('a', 'b', 'c') }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), device: fc.constant('') }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('tear' as const), device: fc.constant('') }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        rmSync(folder, { recursive: true, force: true })
        let spool = await open({ segmentBytes: 1024 })
        const model = new Map<string, string[]>([
          ['a', []],
          ['b', []],
          ['c', []],
        ])
        for (const [index, { do: what, device }] of steps.entries()) {
          if (what === 'put') {
            expect(await put(spool, device, `${index}`)).toMatchObject({ ok: true })
            model.get(device)!.push(`${index}`)
          } else if (what === 'settle') {
            const batch = await spool.first(device)
            expect(batch && JSON.parse(batch.body!).text).toBe(model.get(device)![0])
            if (batch) spool.settle(device, batch.sequence, 'delivered')
            model.get(device)!.shift()
          } else {
            await spool.close()
            if (what === 'tear') appendFileSync(join(folder, segments().at(-1)!), 'deadbeef {"t":"bat')
            spool = await open({ segmentBytes: 1024 })
          }
        }
        for (const [device, texts] of model) expect(await drain(spool, device)).toEqual(texts)
        await spool.close()
      }),
      { numRuns: 40, seed: 11 },
    )
  })
})
