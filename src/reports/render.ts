import { availableParallelism } from 'node:os'
import { PrintedLetters } from './letters-model.ts'
import { ReportModel } from './model.ts'
import type { RenderedReport } from './typesetter.ts'
import { TypesetterPool } from './typesetter-pool.ts'

export interface Renderer {
  /**
   * One report as PDF/A-2a with its page count and a warning for each character printed otherwise than sent. Refuses (zod) a model that is
   * none, and `report.not-set` (503) when two typesetters in turn have died of it or none can open.
   */
  render(model: ReportModel): Promise<RenderedReport>
  /** Letters as PDF/A-2a, each beginning on a page of its own. Refuses as `render` does. */
  renderLetters(letters: PrintedLetters): Promise<RenderedReport>
  /** Finishes what was asked, then ends the typesetters. */
  close(): Promise<void>
}

/** Beyond two, registering is what reports wait for, and each typesetter holds its fonts in memory. */
const MOST_BY_ITSELF = 2

/**
 * Processes that typeset reports, so that the HTTP loop never waits for one. Each holds one warm compiler (about 150 MB with its
 * fonts) and does one report at a time; the others wait in order. Without a number: two, one on a machine with one core. A second one is
 * opened when a report finds the first busy; the report does not wait for it when the first becomes free before.
 */
export function openRenderer({
  workers = Math.min(MOST_BY_ITSELF, availableParallelism()),
}: {
  workers?: number
} = {}): Renderer {
  if (!Number.isInteger(workers) || workers < 1 || workers > 16) throw new RangeError(`workers: 1 to 16, not ${workers}`)
  const pool = new TypesetterPool(workers, new URL('./render-worker.ts', import.meta.url))
  return {
    render: async model => pool.typeset(ReportModel.parse(model)),
    renderLetters: async letters => pool.typeset(PrintedLetters.parse(letters)),
    close: () => pool.close(),
  }
}
