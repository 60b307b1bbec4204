/* By what the ledger of the government's own dishonesty is narrowed. Browsers read it too. */

export const LEDGER_FILTERS = ['all', 'open', 'overdue', 'closed'] as const
export type LedgerFilter = (typeof LEDGER_FILTERS)[number]
