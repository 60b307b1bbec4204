import { openTypesetter, type Paper } from './typesetter.ts'
import type { Answer } from './typesetter-pool.ts'

// A typesetter in a process of its own. Its owner ends it; when the owner is gone, even by kill -9, the channel closes and it goes, too. The
// signals that a terminal or a supervisor sends to everybody are the owner's to answer: it may have reports to finish.
process.on('disconnect', () => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const typesetter = openTypesetter()
const tell = (answer: Answer): void => void process.send?.(answer)

process.on('message', (report: Paper) => {
  try {
    tell(typesetter.typeset(report))
  } catch (cause) {
    // Caught here because a throw would end the process and with it the warm compiler; the asker gets the reason.
    tell({ failure: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
})

tell('open')
