/** Where the marks of a treatment's course stand on the line, in its own units. */
const sessions = [330, 420, 510]
const therapy = [266, 292, 362, 388, 452, 478, 548]
const checkIns = [610, 660, 710, 760]

/**
 * The whole course on one level line: first visit, preparing, three sessions a week apart, seven therapy hours around them,
 * check-ins for months. Not to scale; the text beneath says it in words and with its source.
 */
export function CoursePicture() {
  return (
    <figure className="course">
      <svg
        viewBox="0 36 800 74"
        role="img"
        aria-label="The course in order: you ask, a first visit, preparing; then three sessions, a week apart, with seven therapy hours around them; then check-ins for months."
      >
        <path className="picture-water" d="M0 76 H800 V96 H0 Z" />
        <path className="picture-line" d="M0 76 H800" />
        <circle className="picture-outline" cx="40" cy="76" r="13" />
        <circle className="picture-outline" cx="130" cy="76" r="13" />
        <circle className="picture-outline" cx="215" cy="76" r="13" />
        {sessions.map((x) => (
          <path
            key={x}
            className="picture-fill"
            d={`M${x - 26} 76 H${x + 26} C${x + 22} 98 ${x + 12} 106 ${x} 106 S${x - 22} 98 ${x - 26} 76 Z`}
          />
        ))}
        {therapy.map((x) => (
          <circle key={x} className="picture-warm" cx={x} cy="50" r="9" />
        ))}
        {checkIns.map((x) => (
          <path key={x} className="picture-line" d={`M${x} 66 V86`} />
        ))}
      </svg>
      <figcaption>
        <ol className="course-words">
          <li>
            <span className="course-mark course-mark-ring" aria-hidden="true" />
            You ask, a first visit, preparing
          </li>
          <li>
            <span className="course-mark course-mark-hull" aria-hidden="true" />
            Three sessions, a week apart
          </li>
          <li>
            <span className="course-mark course-mark-dot" aria-hidden="true" />
            Seven therapy hours around them
          </li>
          <li>
            <span className="course-mark course-mark-tick" aria-hidden="true" />
            Check-ins, for months
          </li>
        </ol>
      </figcaption>
    </figure>
  )
}
