/** What of a table does not agree with the log. Names rows and columns, never a value. */
export type LogFlaw = {
  readonly table: string
  /** Ids of the row, e.g. `subject_id=7 fact_id=12`. */
  readonly key: string
  /** What differs: a column, or one of `leaf`, `batch-missing`, `row-missing`, … (sentences in words/parts/ledger.yaml). */
  readonly differs: string
}

const KEPT_A_TABLE = 200

/** Flaws as they are found. All are counted; of each table the first 200 are kept, so that a ruined table does not fill the memory. */
export type FlawList = {
  readonly kept: LogFlaw[]
  readonly count: number
  add(table: string, key: string, differs: string): void
}

export function flawList(): FlawList {
  const kept: LogFlaw[] = []
  const byTable = new Map<string, number>()
  let count = 0
  return {
    kept,
    get count() {
      return count
    },
    add(table, key, differs) {
      count += 1
      const before = byTable.get(table) ?? 0
      byTable.set(table, before + 1)
      if (before < KEPT_A_TABLE) kept.push({ table, key, differs })
    },
  }
}
