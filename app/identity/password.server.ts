import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const hash = promisify(argon2)

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
export const SHORTEST_PASSWORD = 10

/** @returns "argon2id$memory$passes$lanes$salt$tag", salt and tag in base64url */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await hash('argon2id', { ...COST, message: Buffer.from(password, 'utf8'), nonce })
  return [
    'argon2id',
    COST.memory,
    COST.passes,
    COST.parallelism,
    nonce.toString('base64url'),
    tag.toString('base64url'),
  ].join('$')
}

/** Compares in constant time. A stored text of another form never matches. */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [kind, memory, passes, parallelism, nonce, tag] = stored.split('$')
  if (kind !== 'argon2id' || !nonce || !tag) return false
  const wanted = Buffer.from(tag, 'base64url')
  const got = await hash('argon2id', {
    message: Buffer.from(password, 'utf8'),
    nonce: Buffer.from(nonce, 'base64url'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  })
  return timingSafeEqual(got, wanted)
}

/** A hash nobody's password has: compared when an account is unknown, so that both answers take as long. */
export const NOBODYS_HASH = `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${Buffer.alloc(16, 7).toString('base64url')}$${Buffer.alloc(32, 9).toString('base64url')}`
