/**
 * The picture of the home page: a swell that comes to rest, and a boat that lies level on it under a low light. It settles
 * once as the page opens, where motion is wanted. Decoration: the words beside it say what it means.
 */
export function SettlingSea() {
  return (
    <div className="sea">
      <svg className="sea-far" aria-hidden="true" viewBox="0 0 1200 200" preserveAspectRatio="none">
        <path className="sea-shore" d={shore} />
      </svg>
      <svg className="sea-swell" aria-hidden="true" viewBox="0 0 1200 200" preserveAspectRatio="none">
        <path
          className="sea-deep"
          d={`${swell({ height: 46, fades: 270, phase: 0.3, level: 104 })} V200 H0 Z`}
        />
      </svg>
      <svg className="sea-light" aria-hidden="true" viewBox="0 0 160 160">
        <circle className="sea-glow" cx="80" cy="80" r="76" />
        <circle className="sea-sun" cx="80" cy="80" r="40" />
      </svg>
      <svg className="sea-swell" aria-hidden="true" viewBox="0 0 1200 200" preserveAspectRatio="none">
        <path className="sea-near" d={`${nearSwell} V200 H0 Z`} />
        <path className="sea-line" d={nearSwell} />
      </svg>
      <svg className="sea-glints" aria-hidden="true" viewBox="0 0 300 60">
        <path d="M96 6 H204 M118 18 H190 M84 30 H160 M128 42 H216 M140 54 H176" />
      </svg>
      <Boat className="sea-boat" />
    </div>
  )
}

/**
 * The boat of the house: a hull, a mast and one sail, level. Decoration.
 *
 * @param className where it lies
 */
function Boat({ className }: { className: string }) {
  return (
    <svg className={className} aria-hidden="true" viewBox="0 0 160 150">
      <path className="boat-hull" d="M22 98 C32 132 54 146 80 146 S128 132 138 98 Z" />
      <path className="boat-rail" d="M10 98 H150" />
      <path className="boat-mast" d="M80 8 V98" />
      <path className="boat-sail" d="M86 14 C112 40 122 66 124 88 H86 Z" />
      <path className="boat-jib" d="M74 26 C58 50 48 70 42 88 H74 Z" />
    </svg>
  )
}

/** Low hills behind the water. */
const shore = 'M0 118 C140 96 220 84 330 98 S520 116 640 100 S860 70 980 86 S1130 104 1200 96 V200 H0 Z'

/** A swell over 1200 that loses its height from left to right and comes to rest at `level`; curves through its own slopes. */
function swell({
  height,
  fades,
  phase,
  level,
}: {
  height: number
  fades: number
  phase: number
  level: number
}): string {
  const step = 40
  const turn = (2 * Math.PI) / 310
  const at = (x: number) => {
    const size = height * Math.exp(-x / fades)
    const angle = 2 * Math.PI * phase + turn * x
    return {
      y: level + size * Math.sin(angle),
      slope: size * (turn * Math.cos(angle) - Math.sin(angle) / fades),
    }
  }
  const parts = [`M0 ${tenth(at(0).y)}`]
  for (let x = 0; x < 1200; x += step) {
    const from = at(x)
    const to = at(x + step)
    const before = `${tenth(x + step / 3)} ${tenth(from.y + (from.slope * step) / 3)}`
    const after = `${tenth(x + (2 * step) / 3)} ${tenth(to.y - (to.slope * step) / 3)}`
    parts.push(`C${before} ${after} ${x + step} ${tenth(to.y)}`)
  }
  return parts.join(' ')
}

const tenth = (value: number) => Math.round(value * 10) / 10

const nearSwell = swell({ height: 62, fades: 300, phase: 0.62, level: 110 })
