import { Button } from '../../ui/index.ts'

/**
 * The large search box: a question, a field, a button; works by GET without script.
 *
 * @param id of the field, one a page
 * @param query what stands in it
 */
export function SearchBox({ id, query }: { id: string; query?: string }) {
  return (
    <search className="search-box">
      <form action="/search" method="get">
        <label htmlFor={id}>What are you looking for?</label>
        <div className="search-box-row">
          <input id={id} className="input" name="q" type="search" maxLength={200} defaultValue={query} />
          <Button>Search</Button>
        </div>
      </form>
    </search>
  )
}
