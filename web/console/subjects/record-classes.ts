import type { RecordView } from '../../../src/archive/contract.ts'

export type ClassCount = { readonly class: string; readonly count: number }

/** The classes that occur among the records, in the catalogue's order, with how many each has. */
export function classesOf(records: readonly Pick<RecordView, 'class'>[]): ClassCount[] {
  const counts = new Map<string, number>()
  for (const record of records) counts.set(record.class, (counts.get(record.class) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, count]) => ({ class: id, count }))
}

/** The last day a record is shown to the public; null when it is not shown or has no end. */
export function shownUntil(record: Pick<RecordView, 'outlets'>): string | null {
  return record.outlets.find(outlet => outlet.outlet === 'portal-page' && outlet.shown)?.until ?? null
}

/** How many outlets show a record, of how many. */
export function outletsShowing(record: Pick<RecordView, 'outlets'>): { readonly shown: number; readonly all: number } {
  return { shown: record.outlets.filter(outlet => outlet.shown).length, all: record.outlets.length }
}
