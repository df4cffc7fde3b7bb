import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The walls of the house, each rule a test (docs/guide/walls.md). Exceptions stand here as exact sets: a new one
 * fails the test, and so does one that is no longer needed.
 */
const root = join(import.meta.dirname, '..')
const PATTERNS = ['app', 'server', 'bridge', 'scripts', 'packages', 'virtual-clinic', 'bench', 'tests'].map(
  (f) => `${f}/**/*.{ts,tsx,mjs}`,
)
const files = globSync(PATTERNS, { cwd: root, exclude: (name) => name.includes('node_modules') })
  .map((f) => f.replaceAll('\\', '/'))
  .sort()
const text = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file) || file.startsWith('tests/')

/** Slices in the order of the journey; `identity` and `audit` lie across and may be used by all of them. */
const JOURNEY = ['find', 'ask', 'assess', 'plan', 'treat', 'follow-up', 'measure', 'research'] as const
const ACROSS = ['identity', 'audit'] as const

type Import = { readonly file: string; readonly target: string; readonly typeOnly: boolean }

/** Imports as they are written, relative ones resolved to paths from the root. */
const imports: Import[] = files.flatMap((file) =>
  [
    ...text
      .get(file)!
      .matchAll(
        /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\s\S]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
      ),
  ].map((match) => {
    const written = (match[3] ?? match[4])!.replace(/\?[\w&]+$/, '')
    return {
      file,
      target: written.startsWith('.')
        ? relative(root, normalize(join(root, dirname(file), written))).replaceAll('\\', '/')
        : written,
      typeOnly: match[2] !== undefined,
    }
  }),
)

const sliceOf = (path: string) => /^app\/([^/]+)\//.exec(path)?.[1]
const say = (list: readonly Import[]) => [...new Set(list.map((i) => `${i.file} -> ${i.target}`))].sort()

describe('1. packages stand alone', () => {
  it('import nothing outside themselves', () => {
    const wrong = imports.filter(({ file, target }) => {
      const own = /^packages\/[^/]+\//.exec(file)?.[0]
      if (!own || isTest(file) || isPackageCommand(file)) return false
      return !target.startsWith(own)
    })
    expect(say(wrong)).toEqual([])
  })

  it('ask no system for time, chance or surroundings', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('packages/') &&
        !isTest(file) &&
        !isPackageCommand(file) &&
        /\b(Date\.now|new Date\(\)|Math\.random|process\.|document\.|window\.|globalThis\.crypto|performance\.now)\b/.test(
          code(file),
        ),
    )
    expect(wrong).toEqual([])
  })

  it('have their own tsconfig and tests', () => {
    for (const name of globSync('packages/*', { cwd: root })) {
      const own = globSync(`${name}/**/*`, { cwd: root, exclude: (n) => n.includes('node_modules') })
      expect(
        own.some((f) => f.endsWith('tsconfig.json')),
        name,
      ).toBe(true)
      expect(
        own.some((f) => f.endsWith('.test.ts')),
        name,
      ).toBe(true)
    }
  })
})

describe('2. slices lean one way', () => {
  it('ui and platform import no slice', () => {
    const wrong = imports.filter(({ file, target }) => {
      const from = sliceOf(file)
      const to = sliceOf(target)
      if (isTest(file) || (from !== 'ui' && from !== 'platform')) return false
      return to !== undefined && to !== from && !(from === 'ui' && to === 'platform')
    })
    expect(say(wrong)).toEqual([])
  })

  it('a slice uses only the index of earlier slices', () => {
    const wrong = imports.filter(({ file, target }) => {
      const from = sliceOf(file)
      const to = sliceOf(target)
      if (isTest(file) || !from || !to || from === to || to === 'ui' || to === 'platform') return false
      if (from === 'ui' || from === 'platform') return false
      const toIndex =
        /\/index(\.server)?\.ts$/.test(target) ||
        (ACROSS.includes(to as never) && /-access\.ts$/.test(target))
      if (ACROSS.includes(from as never)) return !(ACROSS.includes(to as never) && toIndex)
      if (ACROSS.includes(to as never)) return !toIndex
      return !(JOURNEY.indexOf(to as never) < JOURNEY.indexOf(from as never) && toIndex)
    })
    expect(say(wrong)).toEqual([])
  })

  it('only the rooms, the wiring and the address tree know the whole house', () => {
    const top = files.filter((file) => /^app\/[^/]+$/.test(file)).map((file) => file.slice('app/'.length))
    expect(top.sort()).toEqual([
      'entry.server.tsx',
      'link-room.tsx',
      'not-found.tsx',
      'portal-room.tsx',
      'rooms.ts',
      'root.tsx',
      'routes.ts',
      'site-room.tsx',
      'too-large.tsx',
      'wiring.server.ts',
      'work-room.tsx',
      'work-start.tsx',
    ])
  })
})

describe('3. only *.server.ts touches database, files and secrets', () => {
  it('browser code imports no server library', () => {
    const server = /^(node:(?!url$)|pg$|kysely$|pg-boss$|nodemailer$|linkedom$|@simplewebauthn\/server)/
    const wrong = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('app/') &&
        !isTest(file) &&
        !/\.server\.tsx?$/.test(file) &&
        !typeOnly &&
        server.test(target),
    )
    // The chain's hash and the address tree run on the server alone; neither is reachable from a page.
    expect(say(wrong)).toEqual(['app/audit/audit-chain.ts -> node:crypto'])
  })

  it('each table is named by its owner alone', () => {
    const owners = new Map<string, string>()
    for (const migration of globSync('db/migrations/*.sql', { cwd: root })) {
      // "0010-assess-forms.sql" is of assess: a migration is named after its slice, then after what it brings.
      const called = /\d{4}-([a-z-]+)\.sql$/.exec(migration)![1]!
      const slices = ['platform', ...ACROSS, ...JOURNEY]
      const owner = slices.find((slice) => called === slice || called.startsWith(`${slice}-`)) ?? called
      for (const [, name] of readFileSync(join(root, migration), 'utf8').matchAll(
        /create table (?:if not exists )?public\.(\w+)/g,
      )) {
        owners.set(name!, owner)
      }
    }
    expect(owners.size).toBeGreaterThan(10)
    const wrong: string[] = []
    for (const file of files) {
      if (isTest(file) || !file.startsWith('app/')) continue
      for (const [table, owner] of owners) {
        // A table's name as Kysely or SQL would say it; a long name is telling wherever it stands as a string.
        const said = new RegExp(
          `(From|Into|Table|Join)\\(\\s*['"\`]${table}\\b|sql[^;]*\\b(from|into|update|join)\\s+(public\\.)?${table}\\b`,
        )
        const whole = new RegExp(`['"\`]${table}['"\`.]`)
        const named = said.test(code(file)) || (table.includes('_') && whole.test(code(file)))
        if (!named) continue
        const allowed =
          owner === 'platform'
            ? /^app\/platform\/.*\.server\.ts$/
            : new RegExp(`^app/${owner}/(?:[a-z-]+/){0,2}[a-z-]*queries\\.server\\.ts$`)
        if (!allowed.test(file)) wrong.push(`${file} names ${table} of ${owner}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('4. time and ids are handed in', () => {
  it('no rule of the clinic asks the system', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('app/') &&
        !isTest(file) &&
        /\b(Date\.now|new Date\(\)|Math\.random|crypto\.randomUUID)\b/.test(code(file)),
    )
    expect(wrong).toEqual(SYSTEM_ASKED)
  })
})

/** The clock's and the ids' only sources, and what browsers measure on screen. */
const SYSTEM_ASKED = ['app/platform/ids.ts', 'app/platform/time.ts']

describe('5. the server mounts and composes', () => {
  it('holds no rule: it names no table and no clinical threshold', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('server/') &&
        !isTest(file) &&
        /\.selectFrom\(|\.insertInto\(|systolic|spo2/i.test(code(file)),
    )
    expect(wrong).toEqual([])
  })
})

describe('9. the bridge runs without the house', () => {
  it('imports vital-signs, the HL7 parser and Node alone', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        file.startsWith('bridge/') &&
        !isTest(file) &&
        !/^(bridge\/|node:|@evenkeel\/vital-signs$|@medplum\/(core|hl7)$)/.test(target),
    )
    expect(say(wrong)).toEqual([])
  })

  it('nobody imports it', () => {
    const wrong = imports.filter(
      ({ file, target }) => target.startsWith('bridge/') && !file.startsWith('bridge/') && !isTest(file),
    )
    expect(say(wrong)).toEqual([])
  })

  it('only its commands ask the system for time and chance', () => {
    const asking = files.filter(
      (file) =>
        file.startsWith('bridge/') &&
        !isTest(file) &&
        /\b(Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval)\b/.test(code(file)),
    )
    expect(asking).toEqual(BRIDGE_COMMANDS)
  })
})

/** What is started from the terminal. */
const BRIDGE_COMMANDS = ['bridge/main.ts', 'bridge/monitor.ts']

describe('7. the tree', () => {
  it('has no file named utils, helpers, misc or common', () => {
    expect(
      files.filter((file) => /(^|\/)(utils?|helpers?|misc|common|shared|lib)(\.[a-z.]+)?(\/|$)/.test(file)),
    ).toEqual([])
  })

  it('has no dead file', () => {
    const used = new Set(imports.map((i) => i.target))
    const routes = text.get('app/routes.ts')!
    const bySelf = (file: string) =>
      isTest(file) ||
      /^(scripts|bench)\/[^/]+$/.test(file) ||
      BRIDGE_COMMANDS.includes(file) ||
      isPackageCommand(file) ||
      /^app\/(root|entry\.server|routes)\.tsx?$/.test(file) ||
      /^packages\/[^/]+\/src\/index\.ts$/.test(file) ||
      (file.startsWith('app/') && routes.includes(`'${file.slice('app/'.length)}'`))
    expect(files.filter((file) => !bySelf(file) && !used.has(file))).toEqual([])
  })

  it('has no unused export', () => {
    const words = new Map<string, number>()
    for (const file of files) {
      for (const word of new Set(code(file).match(/[A-Za-z_$][\w$]*/g) ?? []))
        words.set(word, (words.get(word) ?? 0) + 1)
    }
    const unused: string[] = []
    for (const file of files) {
      if (
        isTest(file) ||
        file.startsWith('packages/') ||
        /^app\/(root|entry|[a-z]+-room)|\/pages\/|^app\/(routes|not-found|work-start)/.test(file)
      )
        continue
      for (const [, name] of code(file).matchAll(/^export (?:async )?(?:const|function|class|let) (\w+)/gm)) {
        const elsewhere = (words.get(name!) ?? 0) - 1
        if (elsewhere < 1) unused.push(`${file}: ${name}`)
      }
    }
    expect(unused).toEqual([])
  })

  it('keeps files short enough to have one reason to change', () => {
    // An instrument is data in one file, however many questions it asks.
    const isData = (file: string) => /^packages\/questionnaires\/src\/instruments\//.test(file)
    const long = files.filter(
      (file) => !isTest(file) && !isData(file) && text.get(file)!.split('\n').length > 460,
    )
    expect(long).toEqual([])
  })

  it('names no place it must not know', () => {
    const wrong = files.filter(
      (file) =>
        file !== 'tests/tidy.test.ts' && /\/work\/(main|shared)|registry\.npmjs/.test(text.get(file)!),
    )
    expect(wrong).toEqual([])
  })
})

/** A command of a package: the one place where it may use Node. */
function isPackageCommand(file: string): boolean {
  return /^packages\/[^/]+\/(reference|scripts)\//.test(file) || /^packages\/.*\.node\.ts$/.test(file)
}

/** Source without comments, so that a word in a sentence is not taken for use. */
function code(file: string): string {
  return text
    .get(file)!
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}
