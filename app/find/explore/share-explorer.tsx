import { Button, Figure, NumberField } from '../../ui/index.ts'
import { type ShareChosen, shareHref } from './share-chosen.ts'
import { mostPeople, type PackedShares, truthPercent } from './share-figures.ts'
import { dotsFilled, dotsInRow, sharePlace, spanPlace } from './share-place.ts'
import { type ShareReading, shareInWords } from './share-words.ts'

/** Groups offered as links: the share of the page in few people and in many. */
const offered = [20, 50, 100, 200] as const

/**
 * The explorable figure of what a share says: people as dots, what fits with them, and how often a group would look so.
 *
 * It works without script by a form and links; the page's script (`share-script.ts`) makes the count a slider.
 *
 * @param chosen what the address asked for
 * @param reading of the chosen group
 * @param packed the readings of every count of a group of that size
 */
export function ShareExplorer({
  chosen,
  reading,
  packed,
}: {
  chosen: ShareChosen
  reading: ShareReading
  packed: PackedShares
}) {
  const { count, people } = reading
  const words = shareInWords(reading)
  return (
    <div
      className="explorer"
      data-share={count}
      data-people={people}
      data-low={packed.low}
      data-high={packed.high}
      data-chance={packed.chance}
    >
      <nav aria-label="Size of the group">
        <ul className="explorer-ways">
          {offered.map((size) => (
            <li key={size}>
              <a
                href={shareHref((size * truthPercent) / 100, size)}
                aria-current={size === people ? 'true' : undefined}
              >
                {size} people
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="get" action="/what-does-65-percent-mean" className="explorer-minute share-form">
        <NumberField
          name="n"
          label="People in the group"
          hint={`1 to ${mostPeople}`}
          whole
          defaultValue={chosen.typedPeople ?? people}
          error={chosen.peopleProblem}
        />
        <div className="share-count">
          <NumberField
            name="k"
            label="Of these, did well"
            hint={`0 to ${people}`}
            whole
            defaultValue={chosen.typedCount ?? count}
            error={chosen.countProblem}
          />
        </div>
        <Button kind="quiet">Show this group</Button>
      </form>
      <Figure
        title="One group of people, and what it says about all"
        definition={`Filled dots are people who did well. On the line of 0 to 100, the thick band is what fits with this group, the dark mark is the group itself, and the broken line is ${truthPercent}. “Fits” is the exact interval of 95 in 100.`}
        note="Invented groups, unless a study is named. What chance does, and nothing else: no study is free of other faults."
      >
        <svg
          className="share-dots"
          data-dots=""
          viewBox={`0 0 ${dotsInRow(people) * 10} ${Math.ceil(people / dotsInRow(people)) * 10}`}
          role="img"
          aria-label={words.dots}
        >
          {Array.from({ length: people }, (_, index) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: the dots have nothing but their place
              key={index}
              className={dotsFilled(index, count)}
              cx={(index % dotsInRow(people)) * 10 + 5}
              cy={Math.floor(index / dotsInRow(people)) * 10 + 5}
              r="3.6"
            />
          ))}
        </svg>
        <svg className="share-line" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <path className="share-axis" d="M0 6 H100" />
          <rect
            className="share-span"
            data-span=""
            {...spanPlace(reading.lowerPercent, reading.upperPercent)}
            y="3"
            height="6"
          />
          <path className="share-truth" d={`M${truthPercent} 0 V12`} />
          <path className="share-mark" data-mark="" d={`M${sharePlace(count, people)} 0 V12`} />
        </svg>
        <p className="share-ends" aria-hidden="true">
          <span>0</span>
          <span>50</span>
          <span>100</span>
        </p>
        <div className="explorer-reading">
          <p className="explorer-when" data-say="share">
            {words.share}
          </p>
          <p data-say="fits">{words.fits}</p>
          <p data-say="chance">{words.chance}</p>
        </div>
      </Figure>
    </div>
  )
}
