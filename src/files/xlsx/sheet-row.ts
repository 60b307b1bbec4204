import { type BrokenRow, type CellKind, isWritable, type ReadLimits, type SheetRow } from '../rows.ts'

/** Gathers the cells of one worksheet row at a time. */
export class SheetRowBuilder {
  readonly #limits: ReadLimits
  #row = 0
  #cells: string[] = []
  #kinds: string | null = null
  #size = 0
  #broken: BrokenRow | null = null

  constructor(limits: ReadLimits) {
    this.#limits = limits
  }

  /** Opens the next row; its number only ever grows, whatever the file says. */
  begin(given: number): void {
    this.#row = given > this.#row ? given : this.#row + 1
    this.#cells = []
    this.#kinds = null
    this.#size = 0
    this.#broken = null
  }

  /** The row, or null when all its cells are empty. */
  finish(): SheetRow | null {
    if (this.#size > this.#limits.row) this.#broken = 'row.too-long'
    const row = { row: this.#row, cells: this.#cells }
    if (this.#broken) return { ...row, broken: this.#broken }
    if (this.#cells.length === 0) return null
    return this.#kinds === null ? row : { ...row, kinds: this.#kinds }
  }

  /** A text that the file spells out in the cell: it may hold what cannot be kept. */
  putUnchecked(column: number, text: string): void {
    if (!isWritable(text)) this.#broken ??= 'row.character-broken'
    this.put(column, text, 's')
  }

  put(column: number, text: string, kind: CellKind): void {
    if (text === '' && kind === 's') return
    if (column >= this.#limits.columns || (this.#cells[column] ?? '') !== '') {
      this.#broken ??= 'row.too-many-columns'
      return
    }
    if (column < this.#cells.length) {
      this.#fill(column, text, kind)
      return
    }
    if (text.length > this.#limits.cell) this.#broken ??= 'row.too-long'
    const missing = column - this.#cells.length
    for (let i = 0; i < missing; i++) this.#cells.push('')
    this.#size += text.length
    if (kind !== 's') this.#kinds ??= 's'.repeat(this.#cells.length - missing)
    if (this.#kinds !== null) this.#kinds += 's'.repeat(missing) + kind
    this.#cells.push(text)
  }

  /** A cell that the file gives after one to its right. */
  #fill(column: number, text: string, kind: CellKind): void {
    const kinds = this.#kinds ?? 's'.repeat(this.#cells.length)
    this.#cells[column] = text
    this.#kinds = `${kinds.slice(0, column)}${kind}${kinds.slice(column + 1)}`
    this.#size += text.length
  }
}
