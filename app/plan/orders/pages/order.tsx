import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { signOrder } from '../../plan-access.ts'
import { compareLink } from '../compare-link.ts'
import { readDose, readRaise } from '../dose-fields.ts'
import { answerOrder, type OrderPageData, orderPage } from '../order-page.server.ts'
import ordersCss from '../orders.css?url'
import { shortVisitsWords } from '../visit-short.ts'
import { workOutOrder } from '../work-out-order.ts'
import { OrderCurveFigure } from './order-curve-figure.tsx'
import { OrderFields } from './order-fields.tsx'
import { OrderMedicines } from './order-medicines.tsx'
import { OrderResult } from './order-result.tsx'

/** With script the order is worked out while somebody types; without it by its first button. */
export const handle = { hydrate: true, width: 'wide' }

export function links() {
  return [planCss, ordersCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(signOrder, (page) => orderPage(page))

export const action = guardedAction({
  work: [signOrder, (page) => answerOrder(page, false)],
  sign: [signOrder, (page) => answerOrder(page, true)],
})

export function meta() {
  return [{ title: 'Order' }]
}

export default function OrderPage() {
  const data = useLoaderData<typeof loader>() as OrderPageData
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? given : undefined
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/plans', label: 'Plans' },
              { href: `/work/plans/${data.id}`, label: data.name },
            ]}
          />
        }
        title={`Order for ${data.name}`}
        lead={`${data.protocol.title}, version ${data.protocol.version}: ${data.protocol.dose.replace(/\.$/, '')}. Read every line, then sign.`}
      />
      <ErrorSummary errors={fieldErrors(answer)} />
      <Facts
        layout="columns"
        facts={[
          { term: 'Weight', value: data.weight && `${data.weight.kg} kg`, source: data.weight?.when },
          { term: 'Height', value: data.basis.heightCm && `${data.basis.heightCm} cm` },
          { term: 'Sex', value: data.basis.sex },
          { term: 'Last dose by this route', value: data.lastDose?.words ?? 'none on record here' },
        ]}
      />
      <p className="fact-source">{data.protocol.ceilings}</p>
      <OrderMedicines personId={data.personId} notices={data.medicines} />
      {data.held && <Notice state="due" title={`${data.held}.`} />}
      {data.blocked ? (
        <Notice state="due" title={data.blocked}>
          {data.settledOnPlan ? (
            <ButtonLink href={`/work/plans/${data.id}#documents`}>Open the plan’s documents</ButtonLink>
          ) : (
            <ButtonLink href={`/work/assessments/${data.assessmentId}`}>Open the assessment</ButtonLink>
          )}
        </Notice>
      ) : (
        <OrderForm data={data} answer={answer} key={data.key} />
      )}
    </>
  )
}

/** The form; with script it is worked out while somebody types, without it by “Work it out”. */
function OrderForm({
  data,
  answer,
}: {
  data: OrderPageData
  answer: { values: Readonly<Record<string, unknown>>; errors: Readonly<Record<string, string>> } | undefined
}) {
  const form = useRef<HTMLFormElement>(null)
  const [live, setLive] = useState<Readonly<Record<string, string>> | undefined>()
  const posted = Object.fromEntries(
    Object.entries(answer?.values ?? {}).map(([name, value]) => [name, String(value)]),
  )
  const text = (name: string) => (live ?? { ...data.defaults, ...posted })[name] ?? ''
  const typed = (name: string, otherwise = '') => posted[name] ?? otherwise
  const wrong = answer?.errors ?? {}
  const read = data.form && readDose(data.form, text)
  const choice = read?.ok ? read.choice : undefined
  const worked = choice && workOutOrder(data.basis, choice, readRaise(text))
  const figures = worked?.figures
  const compare =
    data.compared &&
    compareLink(
      { weightKg: data.weight?.kg, ageYears: data.ageYears, sex: data.basis.sex },
      choice?.kind === 'infusion' ? choice.steps[0]! : data.compared,
      choice?.kind === 'infusion' && figures?.kind === 'infusion'
        ? { weight: choice.weightBasis, kg: figures.basisWeightKg }
        : undefined,
    )
  const readTyped = () => {
    if (!form.current) return
    const entries = [...new FormData(form.current)].filter(([name]) => !/password|passkey/i.test(name))
    setLive(Object.fromEntries(entries.map(([name, value]) => [name, String(value)])))
  }
  /** Without this, Enter presses the first button of the form, which only works it out. */
  const signByEnter = (event: KeyboardEvent<HTMLFormElement>) => {
    const field = event.target
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    if (!(field instanceof HTMLInputElement) || !field.closest('.order-sign')) return
    event.preventDefault()
    form.current?.requestSubmit(form.current.querySelector<HTMLButtonElement>('button[value="sign"]'))
  }
  // What was typed before the script was there counts as well.
  useEffect(readTyped, [])
  return (
    <form method="post" className="order" noValidate ref={form} onInput={readTyped} onKeyDown={signByEnter}>
      <input type="hidden" name="key" value={typed('key', data.key)} />
      <input type="hidden" name="shown" value={worked?.shown ?? ''} />
      <div className="order-typed">
        <OrderFields
          data={data}
          typed={(name, otherwise = '') => typed(name, data.defaults[name] ?? otherwise)}
          posted={answer !== undefined}
          wrong={{ ...wrong, ...(live && worked ? worked.errors : {}) }}
          raised={worked?.raised ?? false}
          needsReason={worked?.needs.includes('reason') ?? false}
        />
        <FormActions>
          <Button name="intent" value="work" kind={figures ? 'quiet' : 'primary'}>
            Work it out
          </Button>
          {compare && (
            <ButtonLink kind="quiet" href={compare.link}>
              Compare regimens
            </ButtonLink>
          )}
        </FormActions>
        {compare && <p className="fact-source">“Compare regimens” {compare.words}</p>}
      </div>
      <div className="order-worked" aria-live="off">
        <OrderResult
          worked={worked}
          typed={typed}
          wrong={wrong}
          unread={read && !read.ok ? Object.keys(read.errors).length : 0}
          shortVisits={
            figures?.kind === 'infusion'
              ? shortVisitsWords(
                  { ...data.booked, dose: data.basis.protocol.dose },
                  figures.steps.reduce((sum, step) => sum + step.durationMin, 0),
                  data.booked.visits,
                  data.booked.at,
                )
              : undefined
          }
        />
        {figures && (
          <OrderCurveFigure
            figures={figures}
            route={data.basis.protocol.route}
            person={{ weightKg: data.weight?.kg, ageYears: data.ageYears, sex: data.basis.sex }}
          />
        )}
      </div>
    </form>
  )
}
