/** Counters and durations in the Prometheus text format. Small on purpose: names, labels, sums. */
export type Metrics = {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void
  /** Records one duration in seconds into fixed buckets. */
  observeSeconds(name: string, seconds: number, labels?: Readonly<Record<string, string>>): void
  /** A value read when the page is asked for. */
  gauge(name: string, read: () => number): void
  text(): string
}

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export function inMemoryMetrics(): Metrics {
  const counters = new Map<string, number>()
  const histograms = new Map<
    string,
    { name: string; labels: string; counts: number[]; sum: number; n: number }
  >()
  const gauges = new Map<string, () => number>()
  const labelText = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels)
      .map(([key, value]) => `${key}="${value.replace(/["\\\n]/g, '_')}"`)
      .join(',')
  const series = (name: string, labels: string) => (labels ? `${name}{${labels}}` : name)

  return {
    count(name, labels = {}, by = 1) {
      const key = series(name, labelText(labels))
      counters.set(key, (counters.get(key) ?? 0) + by)
    },
    observeSeconds(name, seconds, labels = {}) {
      const text = labelText(labels)
      const key = `${name}|${text}`
      let one = histograms.get(key)
      if (!one) {
        one = { name, labels: text, counts: BUCKETS_SECONDS.map(() => 0), sum: 0, n: 0 }
        histograms.set(key, one)
      }
      one.sum += seconds
      one.n += 1
      for (const [i, limit] of BUCKETS_SECONDS.entries()) if (seconds <= limit) one.counts[i]! += 1
    },
    gauge(name, read) {
      gauges.set(name, read)
    },
    text() {
      const lines: string[] = []
      for (const [name, read] of gauges) lines.push(`${name} ${read()}`)
      for (const [key, value] of counters) lines.push(`${key} ${value}`)
      for (const h of histograms.values()) {
        const prefix = h.labels ? `${h.labels},` : ''
        for (const [i, limit] of BUCKETS_SECONDS.entries()) {
          lines.push(`${h.name}_bucket{${prefix}le="${limit}"} ${h.counts[i]}`)
        }
        lines.push(`${h.name}_bucket{${prefix}le="+Inf"} ${h.n}`)
        lines.push(`${series(`${h.name}_sum`, h.labels)} ${h.sum}`)
        lines.push(`${series(`${h.name}_count`, h.labels)} ${h.n}`)
      }
      return `${lines.join('\n')}\n`
    },
  }
}
