import * as z from 'zod'
import { type Instant, parseInstant } from './time.ts'

/**
 * Configuration in three steps: `readEnvironment` picks the variables, `toConfig` understands and refuses,
 * the server builds its services from the result. Only the caller of the first touches the process.
 */
export type Environment = Readonly<Record<string, string | undefined>>

const flag = z.enum(['on', 'off'])

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  EVENKEEL_DATA: z.string().min(1).default('./data'),
  EVENKEEL_LEDGER_KEY: z.string().min(1).optional(),
  EVENKEEL_DEMO: flag.default('on'),
  EVENKEEL_DEMO_CLOCK: z.iso.datetime({ offset: true }).optional(),
  EVENKEEL_PUBLIC_URL: z.url().optional(),
  EVENKEEL_LOG: z.enum(['quiet', 'info', 'debug']).default('info'),
  EVENKEEL_STAFF_IDLE_MINUTES: z.coerce
    .number()
    .min(1)
    .max(24 * 60)
    .default(15),
  EVENKEEL_PATIENT_IDLE_MINUTES: z.coerce
    .number()
    .min(1)
    .max(24 * 60)
    .default(30),
  EVENKEEL_TRUST_PROXY: flag.default('off'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  SMTP_FROM: z.email().optional(),
})

export type Config = {
  readonly port: number
  readonly host: string
  readonly databaseUrl: string | undefined
  readonly dataFolder: string
  /** The file of the key that signs checkpoints of the ledger; undefined: one in the data folder, made when it is first needed. */
  readonly ledgerKeyFile: string | undefined
  readonly demonstration: boolean
  /** In a demonstration, what the clock shows as the process begins; undefined: the time it is. */
  readonly clockStartsAt: Instant | undefined
  /** Where people reach the clinic; links in messages begin with it. */
  readonly publicUrl: string | undefined
  /** Where links in messages begin: the public address, else where this process listens. */
  readonly linkBase: string
  readonly logLevel: 'quiet' | 'info' | 'debug'
  readonly staffIdleMs: number
  readonly patientIdleMs: number
  readonly trustProxy: boolean
  readonly smtp: { readonly url: string; readonly from: string } | undefined
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] }

export function toConfig(environment: Environment): ConfigResult {
  const known = Object.fromEntries(
    Object.keys(environmentSchema.shape)
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  )
  const parsed = environmentSchema.safeParse(known)
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`) }
  }
  const env = parsed.data
  if (env.SMTP_URL && !env.SMTP_FROM) {
    return { ok: false, problems: ['SMTP_FROM: must name the sender when SMTP_URL is set'] }
  }
  if (env.SMTP_URL && !env.EVENKEEL_PUBLIC_URL) {
    return {
      ok: false,
      problems: ['EVENKEEL_PUBLIC_URL: must say where links in messages lead when SMTP_URL is set'],
    }
  }
  if (env.EVENKEEL_DEMO_CLOCK && env.EVENKEEL_DEMO !== 'on') {
    return { ok: false, problems: ['EVENKEEL_DEMO_CLOCK: only a demonstration may have a clock of its own'] }
  }
  return {
    ok: true,
    config: {
      port: env.PORT,
      host: env.HOST,
      databaseUrl: env.DATABASE_URL,
      dataFolder: env.EVENKEEL_DATA,
      ledgerKeyFile: env.EVENKEEL_LEDGER_KEY,
      demonstration: env.EVENKEEL_DEMO === 'on',
      clockStartsAt: env.EVENKEEL_DEMO_CLOCK ? parseInstant(env.EVENKEEL_DEMO_CLOCK) : undefined,
      publicUrl: env.EVENKEEL_PUBLIC_URL?.replace(/\/$/, ''),
      linkBase: env.EVENKEEL_PUBLIC_URL?.replace(/\/$/, '') ?? `http://${env.HOST}:${env.PORT}`,
      logLevel: env.EVENKEEL_LOG,
      staffIdleMs: env.EVENKEEL_STAFF_IDLE_MINUTES * 60_000,
      patientIdleMs: env.EVENKEEL_PATIENT_IDLE_MINUTES * 60_000,
      trustProxy: env.EVENKEEL_TRUST_PROXY === 'on',
      smtp: env.SMTP_URL ? { url: env.SMTP_URL, from: env.SMTP_FROM! } : undefined,
    },
  }
}
