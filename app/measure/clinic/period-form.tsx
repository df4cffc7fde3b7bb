import { Button, ButtonLink, SelectField, type SelectOption } from '../../ui/index.ts'

/** Chooses whose first doses the figures are about; works without script and stands in the address. */
export function PeriodForm({
  filter,
  path,
}: {
  filter: {
    readonly begins: readonly SelectOption[]
    readonly ends: readonly SelectOption[]
    readonly from: string | undefined
    readonly to: string | undefined
    readonly problems: { readonly from?: string; readonly to?: string }
  }
  path: string
}) {
  // With one period there is nothing to choose between.
  if (filter.begins.length < 2) return null
  return (
    <form method="get" className="field-row screen-only" action={path}>
      <SelectField
        name="from"
        label="First doses from"
        options={filter.begins}
        prompt="the beginning"
        defaultValue={filter.from ?? ''}
        error={filter.problems.from}
      />
      <SelectField
        name="to"
        label="First doses until"
        options={filter.ends}
        prompt="today"
        defaultValue={filter.to ?? ''}
        error={filter.problems.to}
      />
      <Button kind="quiet">Show</Button>
      {(filter.from || filter.to) && (
        <ButtonLink kind="plain" href={path}>
          Everybody
        </ButtonLink>
      )}
    </form>
  )
}
