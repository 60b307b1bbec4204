import type { z } from 'zod'
import type { AuditedLook } from '../../../src/access/contract.ts'
import { OUTLETS } from '../../../src/disclosure/outlets.ts'
import { instantText } from '../../kit/day-text.ts'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'

type Look = z.output<typeof AuditedLook>
export const OUTLET_NAMES: ReadonlyMap<string, string> = new Map(OUTLETS.map(it => [it.outlet, it.name]))

/** Rows of the register: when, who, at whom, what of it, why, by what law or word of the subject, and whether the subject hears of it later. */
export function LookTable({ looks }: { readonly looks: readonly Look[] }) {
  const columns: Column<Look>[] = [
    { key: 'at', title: say('console.looks.at'), heads: true, whole: true, cell: it => instantText(it.at) },
    {
      key: 'who',
      title: say('console.looks.who'),
      cell: it => (
        <>
          {it.unitName ?? '—'} <span className="mx-quiet">{it.actorName ?? it.actor}</span>
          {it.mandate ? (
            <span className="mx-quiet">
              {' '}
              {say('console.looks.by-mandate', { capacity: it.mandate.capacityName, number: String(it.mandate.mandateId) })}
            </span>
          ) : null}
        </>
      ),
    },
    {
      key: 'subject',
      title: say('console.looks.subject'),
      cell: it => it.subjectName ?? (it.found ? '—' : say('console.looks.nobody')),
    },
    { key: 'shown', title: say('console.looks.shown'), cell: it => it.shownNames.join('、') || '—' },
    {
      key: 'purpose',
      title: say('console.looks.why'),
      cell: it => (
        <>
          {it.purpose} <span className="mx-quiet">{it.businessNo}</span>
        </>
      ),
    },
    { key: 'basis', title: say('console.looks.basis'), cell: it => basisText(it) },
    { key: 'outlet', title: say('console.looks.outlet'), cell: it => OUTLET_NAMES.get(it.outlet) ?? it.outlet },
    { key: 'delayed', title: say('console.looks.delayed'), whole: true, cell: it => it.delayedUntil ?? '—' },
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
function basisText({ basisName, ground, authorisationId }: Look): string {
  if (ground === 'authorisation')
    return authorisationId === null
      ? say('console.looks.by-code')
      : say('console.looks.by-authorisation', { id: String(authorisationId) })
  return basisName ?? (ground === 'own' ? say('console.looks.by-itself') : '—')
}
