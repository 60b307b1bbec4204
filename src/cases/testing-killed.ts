import type { Actor } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import { readConfig } from '../config.ts'
import type { Database, Tx } from '../db/database.ts'
import { openApp } from '../open-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import type { CaseId } from './model.ts'

/*
 * A process of its own that does one act of a case and is killed before a statement of its transaction: `killBefore` counts the statements
 * of the change from 1; one more than there are kills it before the commit, two more right after it. Started by killed.test.ts.
 */

export type Killed = {
  readonly urls: { readonly app: string; readonly door: string; readonly look: string }
  readonly dataDir: string
  readonly now: string
  readonly actor: Actor
  readonly subjectId: number
  readonly recordId: number
  /** Null: the case is opened; else its next act is done. */
  readonly caseId: number | null
  readonly act: string
  readonly fields: Readonly<Record<string, string>>
  readonly killBefore: number
}

const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('not killed')
}

/** The same database, whose process dies before the n-th statement of its next change. */
export function dying(database: Database, killBefore: number): Database {
  let statements = 0
  const counted = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    statements += 1
    return statements === killBefore ? die() : ask()
  }
  return {
    ...database,
    transaction: async work => {
      const value = await database.transaction(async tx => {
        const wrapped: Tx = {
          ...tx,
          rows: statement => counted(() => tx.rows(statement)),
          row: statement => counted(() => tx.row(statement)),
          run: statement => counted(() => tx.run(statement)),
        }
        const done = await work(wrapped)
        process.stdout.write(`${statements}\n`)
        if (killBefore === statements + 1) die()
        return done
      })
      if (killBefore === statements + 2) die()
      return value
    },
  }
}

if (import.meta.main) {
  const told = JSON.parse(process.argv[2] ?? '{}') as Killed
  const config = readConfig({ MINGXIN_DATA: told.dataDir })
  const opened = await openApp({ config, databases: told.urls, dataDir: told.dataDir, now: () => new Date(told.now) })
  const app = { ...opened, changes: dying(opened.changes, told.killBefore) }
  const { actor, act, fields } = told
  const subjectId = told.subjectId as SubjectId
  if (told.caseId === null)
    await openCase(app, actor, { procedure: 'objection', act, subjectId, aboutRef: String(told.recordId), fields })
  else await takeStep(app, actor, { subjectId, caseId: told.caseId as CaseId }, { act, fields })
  await opened.close()
}
