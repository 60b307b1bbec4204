import { Link } from 'react-router'
import type { BegunView } from '../../../src/confirmations/contract.ts'
import { minuteText } from '../../kit/day-text.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { BEGUN_AT, CONFIRMED_AT } from './work-list.ts'

/** What this person began and another is to confirm: what, since when, and who that may be. */
export function Begun({ begun }: { readonly begun: readonly BegunView[] }) {
  const columns: Column<BegunView>[] = [
    {
      key: 'task',
      title: say('console.work.begun-task'),
      heads: true,
      cell: it => (
        <Link to={BEGUN_AT[it.kind] ?? CONFIRMED_AT[it.kind]}>{say(`console.work.begun-${it.kind}`, { count: it.count })}</Link>
      ),
    },
    { key: 'what', title: say('console.work.what'), cell: it => say('console.work.begun-what', { about: it.about }) },
    {
      key: 'for',
      title: say('console.work.begun-for'),
      cell: it => say('console.work.begun-other', { roles: it.waitsFor.join('、') }),
    },
    { key: 'since', title: say('console.work.since'), whole: true, cell: it => minuteText(it.oldestAt) },
  ]
  return (
    <section className="mx-begun">
      <RecordTable
        caption={say('console.work.begun-caption')}
        columns={columns}
        rows={begun}
        rowKey={it => it.kind}
        empty={null}
      />
    </section>
  )
}
