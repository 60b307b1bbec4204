import type { SheetRow } from '../files/rows.ts'
import type { Fault } from './model.ts'
import type { Plan } from './plan.ts'

const TYPED = new Set(['day', 'uscc', 'code-list', 'multi-code-list', 'amount', 'organisation-code'])
const ENOUGH_FAULTS = 3

/** True when several typed columns are wrong here and right one column further left or right: a cell too many or too few. */
export function isShifted(plan: Plan, sheet: SheetRow, faults: readonly Fault[]): boolean {
  const wrong = new Set(faults.map(fault => fault.column))
  if (wrong.size < ENOUGH_FAULTS) return false
  const typed = plan.columns.filter(column => TYPED.has(column.field.type))
  const fits = (by: number): number => typed.filter(column => filledAndRight(column.read, sheet.cells[column.index + by])).length
  const here = fits(0)
  return Math.max(fits(1), fits(-1)) >= here + ENOUGH_FAULTS - 1
}

function filledAndRight(read: (text: string) => { ok: boolean }, text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '' && read(text).ok
}
