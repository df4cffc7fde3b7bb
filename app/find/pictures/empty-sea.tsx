/** Level water with a buoy and its light: nothing is here, and nothing is wrong. Decoration. */
export function EmptySea() {
  return (
    <svg className="picture picture-empty-sea" viewBox="0 0 360 200" aria-hidden="true">
      <circle className="picture-glow" cx="180" cy="66" r="46" />
      <path className="picture-water" d="M0 132 H360 V200 H0 Z" />
      <path className="picture-line" d="M0 132 H360" />
      <path className="picture-fill" d="M160 132 L170 84 H190 L200 132 C200 150 160 150 160 132 Z" />
      <path className="picture-line" d="M164 112 H196 M180 84 V74" />
      <circle className="picture-warm" cx="180" cy="66" r="9" />
      <path
        className="picture-soft-line"
        d="M40 154 H110 M236 150 H330 M150 172 H214 M60 184 H96 M268 178 H320"
      />
    </svg>
  )
}
