import type { ReactNode } from 'react'

/** The four parts of a treatment, each as a small picture of a boat. Decoration: the words beneath say it. */
export function StepPicture({ step }: { step: 'ask' | 'look' | 'session' | 'after' }) {
  return (
    <svg className="picture picture-step" viewBox="0 0 160 112" aria-hidden="true">
      <path className="picture-water" d="M0 72 H160 V112 H0 Z" />
      {parts[step]}
      <path className="picture-line" d="M0 72 H160" />
    </svg>
  )
}

const hull = (x: number, width: number) =>
  `M${x} 66 H${x + width} C${x + width - 5} ${82} ${x + width * 0.72} 88 ${x + width / 2} 88 S${x + 5} 82 ${x} 66 Z`

const parts: Readonly<Record<'ask' | 'look' | 'session' | 'after', ReactNode>> = {
  // A lamp on the shore, seen from a boat.
  ask: (
    <>
      <circle className="picture-glow" cx="126" cy="30" r="22" />
      <path className="picture-fill" d="M114 72 L120 40 H132 L138 72 Z" />
      <path className="picture-soft" d="M104 72 C112 66 142 66 160 70 V72 Z" />
      <circle className="picture-warm" cx="126" cy="30" r="6" />
      <path className="picture-soft-line" d="M114 33 L64 50" />
      <path className="picture-fill" d={hull(18, 48)} />
      <path className="picture-line" d="M42 66 V36" />
    </>
  ),
  // A plumb line finds the depth under the hull.
  look: (
    <>
      <path className="picture-soft" d="M0 112 C30 100 58 108 86 104 S140 98 160 106 V112 Z" />
      <path className="picture-fill" d={hull(46, 60)} />
      <path className="picture-line" d="M76 66 V30 M34 66 V96" />
      <path className="picture-soft-line" d="M34 66 L46 66" />
      <circle className="picture-warm" cx="34" cy="98" r="4.5" />
      <path className="picture-soft-line" d="M28 78 H40 M28 86 H40" />
    </>
  ),
  // Two boats side by side on level water at night.
  session: (
    <>
      <circle className="picture-glow" cx="118" cy="28" r="16" />
      <circle className="picture-warm" cx="118" cy="28" r="9" />
      <path className="picture-fill" d={hull(30, 56)} />
      <path className="picture-outline" d={hull(94, 40)} />
      <path className="picture-line" d="M58 66 V34 M114 66 V50" />
      <path className="picture-soft-line" d="M84 70 H96" />
    </>
  ),
  // Under sail, with a wake of even marks behind.
  after: (
    <>
      <path className="picture-soft-line" d="M8 80 H20 M28 80 H40 M48 80 H60" />
      <path className="picture-fill" d={hull(76, 58)} />
      <path className="picture-line" d="M104 66 V14" />
      <path className="picture-sail" d="M108 18 C122 34 128 48 130 60 H108 Z" />
      <path className="picture-soft" d="M100 26 C90 40 86 50 82 60 H100 Z" />
      <circle className="picture-warm" cx="28" cy="26" r="7" />
    </>
  ),
}
