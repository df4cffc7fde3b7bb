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
        <path className="map-green" d="M0 0 H84 V110 C60 122 24 112 0 124 Z" />
        <path
          className="map-block"
          d="M0 160 H70 V210 H0 Z M410 160 H440 V210 H410 Z M134 0 H344 V22 H134 Z"
        />
        <path className="map-road" d="M0 238 H440 M102 0 V300 M376 0 V300" />
        <path className="map-road map-lane" d="M376 78 H312" />
        <path className="map-parking" d="M138 52 H314 V104 H138 Z" />
        <path
          className="map-bays"
          d="M138 52 H314 M164 52 V74 M190 52 V74 M216 52 V74 M242 52 V74 M268 52 V74 M294 52 V74"
        />
        <path className="map-house" d="M166 142 H302 V210 H166 Z" />
        <path className="map-way" d="M234 234 V214 M196 92 V138" />
        <circle className="map-door" cx="234" cy="210" r="6" />
        <circle className="map-door" cx="196" cy="142" r="6" />
        <circle className="map-stop" cx="166" cy="266" r="7" />
        <g className="map-words">
          <text x="234" y="182" textAnchor="middle" className="map-name">
            The clinic
          </text>
          <text x="208" y="128">
            Step-free door
          </text>
          <text x="296" y="98" textAnchor="end">
            Parking
          </text>
          <text x="246" y="229">
            Door
          </text>
          <text x="180" y="271">
            Bus stop
          </text>
          <text x="428" y="271" textAnchor="end">
            Example Street
          </text>
          <text x="124" y="41">
            First Street
          </text>
          <text x="354" y="41" textAnchor="end">
            Second Street
          </text>
        </g>
      </svg>
      <figcaption>A sketch, not to scale. These streets are invented.</figcaption>
    </figure>
  )
}
