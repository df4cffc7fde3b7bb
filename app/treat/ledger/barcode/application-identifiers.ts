/**
 * Which application identifiers there are and how long their values may be, so that a code can be read in any order and what is not
 * asked for can be stepped over. Source: GS1 General Specifications, section 3.2 (list of identifiers), section 7.8.5 (those of predefined
 * length), and GS1's Barcode Syntax Dictionary.
 */
export type ApplicationIdentifier = {
  /** Two to four digits. */
  readonly ai: string
  /** Ends by its length alone; every other value ends at a separator or at the end of the code. */
  readonly predefined: boolean
  readonly shortest: number
  readonly longest: number
  readonly digitsOnly: boolean
}

/** First two digits → digits of the identifier itself and of its value, as the table of predefined lengths has them. */
const PREDEFINED: Readonly<Record<string, readonly [aiDigits: number, valueDigits: number]>> = {
  '00': [2, 18],
  '01': [2, 14],
  '02': [2, 14],
  '03': [2, 14],
  '11': [2, 6],
  '12': [2, 6],
  '13': [2, 6],
  '15': [2, 6],
  '16': [2, 6],
  '17': [2, 6],
  '20': [2, 2],
  '31': [4, 6],
  '32': [4, 6],
  '33': [4, 6],
  '34': [4, 6],
  '35': [4, 6],
  '36': [4, 6],
  '41': [3, 13],
}

/** The others: `first[-last] N|X shortest-longest`, N for digits only. */
const TERMINATED = `
10 X1-20, 21 X1-20, 22 X1-20, 235 X1-28, 240-241 X1-30, 242 N1-6, 243 X1-20, 250-251 X1-30, 253 X13-30, 254 X1-20, 255 N13-25,
30 N1-8, 37 N1-8, 3900-3909 N1-15, 3910-3919 N4-18, 3920-3929 N1-15, 3930-3939 N4-18, 3940-3943 N4-4, 3950-3955 N6-6,
400-401 X1-30, 402 N17-17, 403 X1-30, 420 X1-20, 421 X4-12, 422 N3-3, 423 N3-15, 424 N3-3, 425 N3-15, 426 N3-3, 427 X1-3,
4300-4301 X1-35, 4302-4306 X1-70, 4307 X2-2, 4308 X1-30, 4309 N20-20, 4310-4311 X1-35, 4312-4316 X1-70, 4317 X2-2, 4318 X1-20,
4319 X1-30, 4320 X1-35, 4321-4323 N1-1, 4324-4325 N10-10, 4326 N6-6, 4330-4333 X6-7,
7001 N13-13, 7002 X1-30, 7003 N10-10, 7004 N1-4, 7005 X1-12, 7006 N6-6, 7007 N6-12, 7008 X1-3, 7009 X1-10, 7010 X1-2, 7011 N6-10,
7020-7022 X1-20, 7023 X1-30, 7030-7039 X4-30, 7040 X4-4, 7041 X1-4, 710-717 X1-20, 7230-7239 X3-30, 7240 X1-20, 7241 N2-2,
7242 X1-25, 7250 N8-8, 7251 N12-12, 7252 N1-1, 7253-7254 X1-40, 7255 X1-10, 7256 X1-90, 7257 X1-70, 7258 X3-3, 7259 X1-40,
8001 N14-14, 8002 X1-20, 8003 X14-30, 8004 X1-30, 8005 N6-6, 8006 N18-18, 8007 X1-34, 8008 N8-12, 8009 X1-50, 8010 X1-30,
8011 N1-12, 8012 X1-20, 8013-8014 X1-25, 8017-8018 N18-18, 8019 N1-10, 8020 X1-25, 8026 N18-18, 8030 X1-90, 8110 X1-70,
8111 N4-4, 8112 X1-70, 8200 X1-70, 90 X1-30, 91-99 X1-90`

const terminated = new Map<string, ApplicationIdentifier>(
  [...TERMINATED.matchAll(/(\d+)(?:-(\d+))? ([NX])(\d+)-(\d+)/g)].flatMap(
    ([, first, last = first, kind, shortest, longest]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, more) => {
        const ai = String(Number(first) + more)
        const limits = { shortest: Number(shortest), longest: Number(longest), digitsOnly: kind === 'N' }
        return [ai, { ai, predefined: false, ...limits }] as const
      }),
  ),
)

/**
 * The identifier with which `text` begins.
 *
 * @param text element strings without symbology prefix, from the place on where an identifier must stand
 * @returns undefined when no identifier known to the specification stands there
 * @example identifierAt('17261130')?.longest // 6
 */
export function identifierAt(text: string): ApplicationIdentifier | undefined {
  const fixed = PREDEFINED[text.slice(0, 2)]
  if (fixed) {
    const [aiDigits, length] = fixed
    const ai = text.slice(0, aiDigits)
    if (ai.length < aiDigits || !/^\d+$/.test(ai)) return undefined
    return { ai, predefined: true, shortest: length, longest: length, digitsOnly: true }
  }
  // No identifier is the beginning of another, so that the order of trying does not matter.
  for (const digits of [2, 3, 4]) {
    const known = terminated.get(text.slice(0, digits))
    if (known) return known
  }
  return undefined
}
