import type { SubjectId } from '../base/id.ts'
import { dying } from '../cases/testing-killed.ts'
import { readConfig } from '../config.ts'
import { openApp } from '../open-app.ts'
import { runTasks } from '../queue/queue.ts'
import { taskHandlers } from '../tasks.ts'
import { workerOf } from '../testing-app.ts'
import { sendMessage } from './send.ts'
import { smsSender } from './sms-gateway.ts'

/*
 * A worker in a process of its own that dies by kill -9 when a message has left and nothing of it is written down: before the first statement of
 * the change that would. Started by killed-sender.test.ts.
 */

export type KilledSender = {
  readonly urls: { readonly app: string; readonly door: string; readonly look: string }
  readonly dataDir: string
  readonly now: string
  readonly gateway: string
  /** Where the gateway's secret is. */
  readonly folder: string
}

if (import.meta.main) {
  const told = JSON.parse(process.argv[2] ?? '{}') as KilledSender
  const now = (): Date => new Date(told.now)
  const config = readConfig({ MINGXIN_DATA: told.dataDir })
  const opened = workerOf(await openApp({ config, databases: told.urls, dataDir: told.dataDir, now }))
  const sms = smsSender({ gateway: told.gateway, account: 'credit', secret: 'sms.secret' }, told.folder, now)
  const app = { ...opened, senders: { ...opened.senders, sms } }
  const deadly = { ...app, changes: dying(app.changes, 1) }
  await runTasks(
    app.db,
    {
      ...taskHandlers(app),
      'send-notice': sending => sendMessage(deadly, { ...sending, subjectId: sending.subjectId as SubjectId }),
    },
    1,
  )
}
