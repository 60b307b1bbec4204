import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { z } from 'zod'
import { type LookView, listLooks } from '../../../src/access/contract.ts'
import { OUTLETS } from '../../../src/disclosure/outlets.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'

type Look = z.output<typeof LookView>
const FILTERS = ['unit', 'outlet', 'purpose', 'businessNo'] as const
const NAMES: ReadonlyMap<string, string> = new Map(OUTLETS.map(it => [it.outlet, it.name]))

/** Who looked at what, for the auditor; looking at this register is itself registered. Never what was read. */
export function LooksPage() {
  const [search, setSearch] = useSearchParams()
  const query = Object.fromEntries([...FILTERS, 'before'].flatMap(name => (search.get(name) ? [[name, search.get(name)]] : [])))
  const { data, error } = useQuery({
    queryKey: ['looks', query],
    queryFn: () => call(listLooks, { query }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return (
    <Page title={say('console.looks.title')} lead={say('console.looks.lead')}>
      <p>
        <Link to={pathTo('sign-ins')}>{say('console.sign-ins.title')}</Link>
      </p>
      <ErrorSummary problem={error} />
      {data ? (
        <p className="mx-verified" role="status">
          {data.verifiedUntil
            ? say('console.looks.verified', { at: instantText(data.verifiedUntil) })
            : say('console.looks.not-verified')}
        </p>
      ) : null}
      <Filters key={search.toString()} search={search} onSet={next => setSearch(next)} />
      {data ? (
        <>
          <LookTable looks={data.looks} />
          <Pager name="before" next={data.next} />
        </>
      ) : error ? null : (
        <Skeleton active title={false} />
      )}
    </Page>
  )
}

function Filters({ search, onSet }: { readonly search: URLSearchParams; readonly onSet: (next: URLSearchParams) => void }) {
  const [outlet, setOutlet] = useState(search.get('outlet') ?? '')
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const next = new URLSearchParams()
    for (const name of FILTERS) {
      const value = name === 'outlet' ? outlet : String(given.get(name) ?? '').trim()
      if (value) next.set(name, value)
    }
    onSet(next)
  }
  return (
    <form className="mx-row mx-panel mx-no-print" onSubmit={submit}>
      <Field id="unit" label={say('console.looks.unit')} width="14em">
        <Input id="unit" name="unit" defaultValue={search.get('unit') ?? ''} />
      </Field>
      <Field id="outlet" label={say('console.looks.outlet')} width="14em">
        <Select
          id="outlet"
          className="mx-full"
          value={outlet}
          onChange={setOutlet}
          options={[{ value: '', label: say('console.looks.all') }, ...[...NAMES].map(([value, label]) => ({ value, label }))]}
        />
      </Field>
      <Field id="purpose" label={say('console.purpose.purpose')} width="12em">
        <Input id="purpose" name="purpose" defaultValue={search.get('purpose') ?? ''} />
      </Field>
      <Field id="business-no" label={say('console.purpose.number')} width="12em">
        <Input id="business-no" name="businessNo" defaultValue={search.get('businessNo') ?? ''} />
      </Field>
      <Button htmlType="submit" type="primary">
        {say('console.looks.filter')}
      </Button>
      {search.size > 0 ? <Button onClick={() => onSet(new URLSearchParams())}>{say('console.looks.clear')}</Button> : null}
    </form>
  )
}

function LookTable({ looks }: { readonly looks: readonly Look[] }) {
  const columns: Column<Look>[] = [
    { key: 'at', title: say('console.looks.at'), heads: true, whole: true, cell: it => instantText(it.at) },
    {
      key: 'who',
      title: say('console.looks.who'),
      cell: it => (
        <>
          {it.unitName ?? '—'} <span className="mx-quiet">{it.actorName ?? it.actor}</span>
        </>
      ),
    },
    {
      key: 'subject',
      title: say('console.looks.subject'),
      cell: it => it.subjectName ?? (it.found ? '—' : say('console.looks.nobody')),
    },
    { key: 'shown', title: say('console.looks.shown'), cell: it => it.shownNames.join('、') || '—' },
    { key: 'purpose', title: say('console.purpose.purpose'), cell: it => it.purpose },
    { key: 'number', title: say('console.purpose.number'), cell: it => it.businessNo },
    { key: 'basis', title: say('console.looks.basis'), cell: it => basisText(it) },
    { key: 'outlet', title: say('console.looks.outlet'), cell: it => NAMES.get(it.outlet) ?? it.outlet },
    { key: 'receipt', title: say('console.receipt.label'), whole: true, cell: it => it.receipt },
  ]
  return (
    <RecordTable
      caption={say('console.looks.caption')}
      columns={columns}
      rows={looks}
      rowKey={it => it.lookId}
      dense
      empty={<p>{say('console.looks.none')}</p>}
    />
  )
}

/** The law, or what stands in its place. */
function basisText({ basis, ground, authorisationId }: Look): string {
  if (ground === 'authorisation')
    return authorisationId === null
      ? say('console.looks.by-code')
      : say('console.looks.by-authorisation', { id: String(authorisationId) })
  return basis ?? (ground === 'own' ? say('console.looks.by-itself') : '—')
}
