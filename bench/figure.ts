/** One measured figure with its peer from the same run. */
export type Figure = {
  readonly name: string
  readonly unit: string
  readonly ours: number
  readonly peer?: { readonly name: string; readonly value: number }
  /** How it was measured, in a few words. */
  readonly how: string
}

/** What each file in `bench/` exports as `measure`. `smoke` asks for the least that shows it works. */
export type Measure = (options: { readonly smoke: boolean }) => Promise<readonly Figure[]>

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which the share `p` of the sorted values lies (nearest rank). */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN
}

/** Milliseconds of each of `rounds` calls, after some that are not counted. */
export async function timed(
  rounds: number,
  work: (round: number) => unknown | Promise<unknown>,
  warmUp = 3,
): Promise<number[]> {
  for (let i = 0; i < warmUp; i++) await work(i)
  const taken: number[] = []
  for (let i = 0; i < rounds; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  return taken
}
