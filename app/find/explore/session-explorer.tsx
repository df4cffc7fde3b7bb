import { Button, ConcentrationChart, DataTable, Figure, Notice, NumberField } from '../../ui/index.ts'
import { ArticleText } from '../pages/article-text.tsx'
import { type Chosen, lastMinute, minuteStep, pictureHref } from './chosen.ts'
import { wordsAt } from './packed-readings.ts'
import type { PictureView, TableRow } from './picture-view.ts'

/**
 * The explorable figure: a way of giving, a minute, and what the model says then, in words and as a picture.
 *
 * Links choose the way and a form the minute, so it works without script. The page's script (`explorer-script.ts`) finds
 * its parts by their `data-` attributes, turns the field into a slider, and swaps pictures that wait in templates.
 *
 * @param pictures one for each way
 * @param chosen what the address asked for
 */
export function SessionExplorer({ pictures, chosen }: { pictures: readonly PictureView[]; chosen: Chosen }) {
  const shown = pictures.find(({ id }) => id === chosen.route)
  if (shown === undefined) throw new Error(`no picture of ${chosen.route}`)
  return (
    <div className="explorer" data-explorer="">
      {chosen.routeProblem !== undefined && <Notice title={chosen.routeProblem} />}
      <nav aria-label="How the drug is given">
        <ul className="explorer-ways">
          {pictures.map((picture) => (
            <li key={picture.id}>
              <a
                href={pictureHref(picture.id, chosen.minute)}
                aria-current={picture === shown ? 'true' : undefined}
                data-way={picture.id}
                data-low={picture.readings.low}
                data-middle={picture.readings.middle}
                data-high={picture.readings.high}
                data-effect={picture.readings.effect}
                data-peak={picture.readings.peak}
                data-given-until={picture.readings.givenUntil}
                data-drip={picture.readings.drip}
              >
                {picture.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="get" action="/inside-a-session" className="explorer-minute">
        <input type="hidden" name="route" value={shown.id} />
        <NumberField
          name="minute"
          label="Minutes since the start"
          hint={`0 to ${lastMinute}, in steps of ${minuteStep}`}
          whole
          defaultValue={chosen.typedMinute ?? chosen.minute}
          error={chosen.minuteProblem}
        />
        <Button kind="quiet">Show this minute</Button>
      </form>
      <p className="hidden" role="status" data-say="changed" />
      <Picture picture={shown} minute={chosen.minute} />
      {pictures
        .filter((picture) => picture !== shown)
        .map((picture) => (
          <template key={picture.id}>
            <Picture picture={picture} minute={chosen.minute} />
          </template>
        ))}
    </div>
  )
}

/** The drawing of one way, its numbers, and how sure it is. */
function Picture({ picture, minute }: { picture: PictureView; minute: number }) {
  const { minutes, middle, low, high, effect } = picture
  const words = wordsAt(picture.readings, minute)
  return (
    <div data-picture={picture.id}>
      <Figure
        title={picture.given}
        definition={
          <>
            {picture.siteInWords} The unit, ng/mL, is a billionth of a gram in a thousandth of a liter. The
            line is a typical person of 70 kg and 40 years; between the edges of the shaded band lie nine
            people in ten, if the model is right
            {picture.bandIsSurrogate && ' and people differ as in similar studies'}. Do not compare the
            heights of two ways: drug, dose and blood differ.
          </>
        }
        note="A model for understanding, not a measurement of anybody and not a dosing instruction."
        table={<Numbers picture={picture} />}
      >
        <ConcentrationChart
          heading={picture.id === 'spray' ? 'Esketamine' : 'Ketamine'}
          labels="wide"
          alt={picture.alt}
          endMinute={lastMinute}
          lines={[
            {
              key: 'blood',
              label: picture.lineLabel,
              minutes,
              ngPerMl: middle,
              band: { low, high },
              series: 1,
            },
            ...(effect
              ? [
                  {
                    key: 'effect',
                    label: 'modelled effect',
                    minutes,
                    ngPerMl: effect,
                    series: 2,
                  } as const,
                ]
              : []),
          ]}
          events={picture.marks}
          given={picture.doses}
          nowMinute={minute}
        />
        <div className="explorer-reading">
          <p className="explorer-when" data-say="when">
            {words.when}
          </p>
          <p data-say="blood">{words.blood}</p>
          {words.effect !== undefined && <p data-say="effect">{words.effect}</p>}
        </div>
      </Figure>
      <section className="explorer-sure" aria-label="How sure this picture is">
        <p className="explorer-sureness">{picture.sureness}</p>
        <ArticleText html={picture.howSure} />
        <ArticleText html={picture.marksFrom} />
      </section>
    </div>
  )
}

function Numbers({ picture }: { picture: PictureView }) {
  return (
    <DataTable<TableRow>
      caption={`${picture.name}: modelled blood ${picture.lineLabel}`}
      rows={picture.table}
      rowKey={({ minute }) => String(minute)}
      empty={null}
      columns={[
        { key: 'minute', head: 'Minute', names: true, align: 'figure', cell: ({ minute }) => minute },
        { key: 'typical', head: 'Typical', unit: 'ng/mL', align: 'figure', cell: ({ middle }) => middle },
        {
          key: 'between',
          head: 'Nine in ten',
          unit: 'ng/mL',
          align: 'figure',
          cell: ({ between }) => between,
        },
        ...(picture.effect
          ? [
              {
                key: 'effect',
                head: 'Effect',
                unit: '% of its highest',
                align: 'figure' as const,
                cell: ({ effectPercent }: TableRow) => effectPercent,
              },
            ]
          : []),
      ]}
    />
  )
}
