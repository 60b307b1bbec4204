import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import type { Keys } from '../crypto/keys.ts'
import type { SheetRow } from '../files/rows.ts'
import { findUnitByName, itemOn } from '../law/law.ts'
import type { Field } from '../law/model.ts'
import { tidyCode, type Warning } from '../subject/code-text.ts'
import { isResidentId } from '../subject/resident-id.ts'
import { holdsResidentId } from '../subject/resident-numbers.ts'
import { isPersonalField, keepContent, readCounterpart } from './counterpart.ts'
import type { CheckedRow, Counterpart, EndReason, Fault, KeptContent, Operation, RefusedRow, SentVersion } from './model.ts'
import { operationOf } from './operation.ts'
import type { Plan } from './plan.ts'
import type { PlannedColumn } from './plan-columns.ts'
import { isShifted } from './shifted.ts'
import { tidyDocumentNumber } from './value.ts'

/*
 * A row meets the catalogue. Pure but for the keys that seal and index a person's number.
 */

/** `blanked`: columns of the file whose value must not be kept. */
export type Checked =
  | { readonly row: CheckedRow; readonly content: KeptContent; readonly blanked: readonly number[] }
  | { readonly row: RefusedRow; readonly content: null; readonly blanked: readonly number[] }

export type CheckContext = {
  readonly plan: Plan
  readonly keys: Pick<Keys, 'seal' | 'blindIndex'>
  /** The plan of another edition of the item, for an act of an earlier day. */
  planOf(edition: string): Plan | undefined
  /** Why a row of `plan.awaitsEnd` will not be shown until its sender names the last day; null where it does not wait for that. */
  awaitsEnd(plan: Plan, kind: Counterpart['kind'], sent: SentVersion): EndReason | null
}

/** Checks one row. `rowHash` is the keyed digest of the row as sent. */
export function checkRow(context: CheckContext, sheet: SheetRow, rowHash: string): Checked {
  const { plan } = context
  const reading = new RowReading(plan, sheet)
  if (sheet.broken) return { row: reading.refuse(null, sheet.broken, null), content: null, blanked: reading.notKept(true) }
  if (sheet.extra && sheet.extra.length > 0) reading.fault(null, 'row.unknown-member', null, { member: sheet.extra[0]?.name })
  if (sheet.cells.length > plan.width && sheet.cells.slice(plan.width).some(cell => cell !== ''))
    reading.fault(null, 'row.too-many-cells', null, { cells: sheet.cells.length, columns: plan.width })
  const content = reading.readCells()
  const decidedOn = content[plan.item.roles.decidedOn] as Day | undefined
  const edition = decidedOn ? itemOn(plan.law, plan.item.item, decidedOn) : undefined
  if (decidedOn && !edition)
    reading.fault(plan.item.roles.decidedOn, 'item.not-in-force-then', plan.item.basis[0] ?? null, { value: decidedOn })
  if (edition && edition.edition !== plan.item.edition) {
    const other = context.planOf(edition.edition)
    if (other && other !== plan) return checkRow({ ...context, plan: other }, sheet, rowHash)
    if (!other) reading.fault(null, 'item.columns-of-edition', plan.item.basis[0] ?? null, { day: edition.inForceFrom })
  }
  return reading.finish(context, content, decidedOn, edition?.inForceFrom, rowHash)
}

/** One row while it is read. */
class RowReading {
  readonly faults: Fault[] = []
  readonly blanked: number[] = []
  private warnings: Fault[] | null = null
  private readonly plan: Plan
  private readonly sheet: SheetRow

  constructor(plan: Plan, sheet: SheetRow) {
    this.plan = plan
    this.sheet = sheet
  }

  /** A fault at a column code, or at the row. */
  fault(code: string | null, refusal: string, basis: string | null, facts: Facts = {}): void {
    const column = code ? this.plan.byCode.get(code) : undefined
    // One cell, one cause: what is missing because it could not be read was named already.
    if (column && this.faults.some(fault => fault.column === column.index)) return
    this.faults.push(this.faultAt(code, refusal, basis, facts))
  }

  /** What the sender should look at although the row is taken, at a column code or at the row. */
  warn(code: string | null, warning: string, basis: string | null = null, facts: Facts = {}): void {
    this.warnings ??= []
    this.warnings.push(this.faultAt(code, warning, basis, facts))
  }

  private faultAt(code: string | null, said: string, basis: string | null, facts: Facts): Fault {
    const column = code ? this.plan.byCode.get(code) : undefined
    const name = column?.heading ?? (code ? (this.plan.item.fieldByCode.get(code)?.name ?? code) : null)
    const repeats = Object.values(facts).some(fact => typeof fact === 'string' && this.isPrivate(fact))
    return { column: column?.index ?? null, columnName: name, code: said, basis, facts: repeats ? { personal: true } : facts }
  }

  /** No reason repeats it: an ID number that slipped into another column, or what must not be known about a person. */
  private isPrivate(text: string): boolean {
    return holdsResidentId(text) || this.plan.prohibited.inValue(text) !== null
  }

  /** Columns whose cells are not kept: those found at fault, ID numbers outside their own column, and prohibited content in any column. */
  notKept(isRefused: boolean): readonly number[] {
    // Of a minor nothing is kept at all.
    if (this.faults.some(fault => fault.code === 'subject.minor')) return [...this.sheet.cells.keys()]
    const isAboutPersons = this.plan.searched.length > 0
    if (!isRefused && !isAboutPersons) return this.blanked
    const numbers = new Set(this.plan.columns.filter(column => column.field.type === 'id-number').map(column => column.index))
    const found = this.sheet.cells.flatMap((text, i) => {
      if (text === '' || numbers.has(i)) return []
      const isNumber = isRefused && isResidentId(tidyCode(text).value)
      return isNumber || (isAboutPersons && this.plan.prohibited.inValue(text)) ? [i] : []
    })
    // The day of birth has said what it was asked for.
    const birth = isRefused ? undefined : this.plan.byCode.get(this.plan.item.roles.birth ?? '')
    return [...new Set([...this.blanked, ...found, ...(birth ? [birth.index] : [])])]
  }

  refuse(code: string | null, refusal: string, basis: string | null, facts: Facts = {}): RefusedRow {
    this.fault(code, refusal, basis, facts)
    return { rowNo: this.sheet.row, faults: this.faults }
  }

  readCells(): Record<string, string> {
    const content = { ...this.plan.blank }
    const { cells } = this.sheet
    for (const column of this.plan.columns) {
      const text = cells[column.index]
      if (text === undefined || text === '') continue
      if (this.sheet.kinds && !this.isWholeCell(column)) continue
      const read = column.read(text)
      if (!read.ok) this.refuseCell(column, text, read.code, read.basis, read.facts)
      else if (read.value !== '') {
        content[column.field.code] = join(content[column.field.code], read.value)
        if (read.warnings !== undefined) this.warnCell(column, text, read.warnings)
      }
    }
    for (const [code, value] of this.plan.constants) content[code] ??= value
    return content
  }

  /** A spreadsheet's cell that is no longer what the sender typed: an error value, a formula without result, a rounded number. */
  private isWholeCell(column: PlannedColumn): boolean {
    const kind = this.sheet.kinds?.[column.index]
    if (kind === 'e' || kind === 'f') this.fault(column.field.code, 'cell.formula-error', null)
    else if (kind === 'l' && column.field.type !== 'amount' && column.field.type !== 'decimal')
      this.fault(column.field.code, 'cell.number-rounded', null)
    else return true
    return false
  }

  private refuseCell(column: PlannedColumn, text: string, code: string, basis: string | null, facts: Facts): void {
    const { field } = column
    const isOwn = isPersonalField(field) || field.code === this.plan.item.roles.birth || this.isPrivate(text)
    const personal = code === 'uscc.person-id-in-column' || facts['personal'] === true || isOwn
    if (personal) this.blanked.push(column.index)
    this.fault(column.field.code, code, basis, personal ? { ...facts, personal: true } : { ...facts, value: text.slice(0, 60) })
  }

  private warnCell(column: PlannedColumn, text: string, warnings: readonly Warning[]): void {
    const personal = isPersonalField(column.field) || this.isPrivate(text)
    for (const { code, facts } of warnings) this.warn(column.field.code, code, null, personal ? { personal: true } : facts)
  }

  finish(
    context: CheckContext,
    content: Record<string, string>,
    decidedOn: Day | undefined,
    edition: Day | undefined,
    rowHash: string,
  ): Checked {
    const { plan } = this
    this.requireFields(content)
    if (this.faults.length === 0) this.applyRules(content)
    this.refuseProhibited(content)
    const operation = this.readOperation()
    const authority = this.findAuthority(content)
    const counterpart = readCounterpart(context, content, (code, said, facts, isWarning) =>
      isWarning ? this.warn(code, said, null, facts) : this.fault(code, said, null, facts),
    )
    const documentNumber = this.documentNumber(content)
    if (this.faults.length > 0 || !decidedOn || !edition || !counterpart || !authority) return this.refusedWhole()
    const kept = keepContent(context, plan, content)
    for (const code of kept.masked) this.warn(code, 'cell.person-number-masked', null, { personal: true })
    if (operation === 'report') this.warnOfEnd(context, counterpart, { content, decidedOn, authority })
    return {
      blanked: this.notKept(false),
      content: kept,
      row: {
        rowNo: this.sheet.row,
        rowHash,
        counterpart,
        decidedOn,
        authority,
        documentNumber,
        operation,
        reportDueOn: plan.reportDueOn(decidedOn),
        edition,
        warnings: this.warnings,
      },
    }
  }

  /** Taken, and yet nobody will see it: the sender has to know. */
  private warnOfEnd({ awaitsEnd }: CheckContext, counterpart: Counterpart, sent: SentVersion): void {
    const { awaitsEnd: units, item } = this.plan
    const { shownUntil } = item.roles
    if (!shownUntil || !units.has(sent.authority) || sent.content[shownUntil]) return
    const reason = awaitsEnd(this.plan, counterpart.kind, sent)
    if (reason) this.warn(shownUntil, 'publication.end-not-given', reason.basis, reason.facts)
  }

  /** Principle 2: what must not be known about a person is refused at the door and not kept in the row either. */
  private refuseProhibited(content: Readonly<Record<string, string>>): void {
    for (const code of this.plan.searched) {
      const found = content[code] ? this.plan.prohibited.inValue(content[code]) : null
      if (!found) continue
      const column = this.plan.byCode.get(code)
      if (column) this.blanked.push(column.index)
      this.fault(code, 'record.prohibited-content', found.basis[0] ?? null, { kind: found.name })
    }
  }

  private refusedWhole(): Checked {
    if (this.faults.length === 0) this.fault(null, 'row.unreadable', null)
    const shifted = { column: null, columnName: null, code: 'row.columns-shifted', basis: null, facts: {} }
    const faults = isShifted(this.plan, this.sheet, this.faults) ? [shifted] : this.faults
    return { row: { rowNo: this.sheet.row, faults }, content: null, blanked: this.notKept(true) }
  }

  private requireFields(content: Readonly<Record<string, string>>): void {
    for (const field of this.plan.required) if (content[field.code] === undefined) this.missField(field)
  }

  private missField(field: Field): void {
    const column = this.plan.byCode.get(field.code)
    if (this.faults.some(fault => fault.column === column?.index && fault.columnName === column?.heading)) return
    const empty = (column ? (this.sheet.cells[column.index] ?? '') : '') === ''
    const isNumber = this.plan.item.roles.documentNumber.includes(field.code)
    const refusal = empty ? 'field.missing' : 'field.placeholder'
    this.fault(field.code, isNumber && !empty ? 'document-number.placeholder' : refusal, null)
  }

  private applyRules(content: Readonly<Record<string, string>>): void {
    for (const rule of this.plan.rules) {
      const found = rule(content, this.plan)
      if (!found) continue
      if (found.severity === 'warning') this.warn(found.field, found.code, found.basis, found.facts)
      else this.fault(found.field, found.code, found.basis, found.facts)
    }
    const decidedOn = content[this.plan.item.roles.decidedOn]
    if (decidedOn && decidedOn > this.plan.receivedOn && !this.faults.some(fault => fault.code === 'decision.after-report-day')) {
      this.fault(this.plan.item.roles.decidedOn, 'decision.after-report-day', null, {
        value: decidedOn,
        reportedOn: this.plan.receivedOn,
      })
    }
  }

  private readOperation(): Operation {
    if (this.plan.operation === null) return 'report'
    const text = (this.sheet.cells[this.plan.operation] ?? '').trim()
    const operation = operationOf(text)
    if (!operation)
      this.faults.push({
        column: this.plan.operation,
        columnName: '操作类型',
        code: 'operation.unknown',
        basis: null,
        facts: this.isPrivate(text) ? { personal: true } : { value: text.slice(0, 20) },
      })
    return operation ?? 'report'
  }

  /** The deciding body: by its code, else by its name; without such columns the source's own unit. */
  private findAuthority(content: Readonly<Record<string, string>>): string | undefined {
    const { roles } = this.plan.item
    const { law } = this.plan
    const code = roles.authorityCode ? content[roles.authorityCode] : undefined
    const name = roles.authorityName ? content[roles.authorityName] : undefined
    if (!code && !name) return this.plan.source.unit
    const unit = (code ? law.unitByUscc.get(code) : undefined) ?? (name ? findUnitByName(law, name) : undefined)
    if (unit) return unit.id
    if (!this.faults.some(fault => fault.code.startsWith('unit.')))
      this.fault(roles.authorityCode ?? roles.authorityName ?? null, 'unit.unknown', null, { unit: name })
    return undefined
  }

  private documentNumber(content: Readonly<Record<string, string>>): string {
    const parts = this.plan.item.roles.documentNumber.map(code => {
      const value = content[code] ?? ''
      const tidy = value ? tidyDocumentNumber(value) : null
      return tidy?.ok ? tidy.value.value : value
    })
    if (parts.every(part => part === '') && this.faults.length === 0)
      this.fault(this.plan.item.roles.documentNumber[0] ?? null, 'document-number.missing', null)
    return parts.join('|')
  }
}

/** An older table gives several values of one field in several columns. */
function join(before: string | undefined, value: string): string {
  return before === undefined || before === value ? value : `${before};${value}`
}
