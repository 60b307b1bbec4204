import { parentPort } from 'node:worker_threads'
import type { ReportModel } from './model.ts'
import { openTypesetter } from './typesetter.ts'
import type { Answer } from './typesetter-pool.ts'

const typesetter = openTypesetter()
const tell = (answer: Answer, moved: ArrayBuffer[] = []): void => parentPort?.postMessage(answer, moved)

parentPort?.on('message', (report: ReportModel) => {
  try {
    const { pdf, pages, warnings } = typesetter.typeset(report)
    // The compiler's buffer may be a part of a larger one; only memory of its own can be handed over without a copy.
    const bytes = new Uint8Array(pdf)
    tell({ pdf: bytes, pages, warnings }, [bytes.buffer])
  } catch (cause) {
    // Caught here because a throw would end the thread and with it the warm compiler; the asker gets the reason.
    tell({ failure: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
})

tell('open')
