/**
 * The last steps to the door of the demonstration clinic: a sketch with an invented street, which it says itself. A real
 * clinic has its address and a link to a map instead, until it draws its own.
 */
export function AreaMap() {
  return (
    <figure className="area-map">
      <svg
        viewBox="0 0 440 300"
        role="img"
        aria-label="Sketch: the house stands on Example Street, between First Street and Second Street. The main door faces Example Street. Parking and the step-free door are behind the house, reached from Second Street. The bus stop is across Example Street."
      >
        <path className="map-ground" d="M0 0 H440 V300 H0 Z" />
        <path className="map-green" d="M0 0 H96 V84 C70 96 30 92 0 104 Z" />
        <path
          className="map-block"
          d="M0 146 H72 V204 H0 Z M404 146 H440 V204 H404 Z M128 22 H250 V64 H128 Z"
        />
        <path className="map-road" d="M0 236 H440 M100 0 V300 M376 0 V300" />
        <path className="map-road map-lane" d="M376 106 H300" />
        <path className="map-parking" d="M150 82 H312 V130 H150 Z" />
        <path className="map-bays" d="M174 82 V104 M198 82 V104 M222 82 V104 M246 82 V104 M270 82 V104" />
        <path className="map-house" d="M176 142 H304 V206 H176 Z" />
        <path className="map-way" d="M240 236 V210 M240 116 V138" />
        <circle className="map-door" cx="240" cy="206" r="6" />
        <circle className="map-door" cx="240" cy="142" r="6" />
        <circle className="map-stop" cx="152" cy="264" r="7" />
        <g className="map-words">
          <text x="240" y="180" textAnchor="middle" className="map-name">
            The clinic
          </text>
          <text x="231" y="126" textAnchor="end">
            Step-free door
          </text>
          <text x="250" y="98">
            P
          </text>
          <text x="254" y="225">
            Door
          </text>
          <text x="168" y="270">
            Bus stop
          </text>
          <text x="424" y="262" textAnchor="end">
            Example Street
          </text>
          <text x="110" y="18">
            First St
          </text>
          <text x="366" y="18" textAnchor="end">
            Second St
          </text>
        </g>
      </svg>
      <figcaption>A sketch, not to scale. These streets are invented.</figcaption>
    </figure>
  )
}
