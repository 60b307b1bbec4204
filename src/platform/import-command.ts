import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { SYSTEM } from '../access/actor.ts'
import { Refusal } from '../base/refusal.ts'
import { readConfig } from '../config.ts'
import { countWarned } from '../intake/chunk-store.ts'
import { getDelivery } from '../intake/delivery-store.ts'
import { runLine } from '../intake/line.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { openPlatform, openPlatformApp } from './open-platform.ts'
import { sayOnScreen, silent } from './say.ts'
import { drainTasks } from './worker.ts'

/**
 * `mingxin import FILE --source SOURCE [--json]`: sends a file down the line and prints `{received, filed, duplicate, corrected, annulled,
 * refused, waiting, seconds}`, and `warned` where rows were taken with a warning. Works beside a running platform and without one.
 */
export async function runImport(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { source: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [file] = positionals
  if (!file || !values.source) throw new Refusal('import.usage')
  if (!(await stat(file).catch(() => null))?.isFile()) throw new Refusal('import.no-file', null, { file })
  const say = values.json ? silent : sayOnScreen()
  const config = readConfig()
  const platform = await openPlatform(config, silent, { join: true })
  const app = await openPlatformApp(config, platform, { poolSize: 4 })
  try {
    const began = performance.now()
    const delivery = await receiveDelivery(
      app,
      SYSTEM,
      {
        source: values.source,
        channel: 'import',
        fileName: basename(file),
        content: createReadStream(file, { highWaterMark: 1024 * 1024 }),
      },
      { queue: false },
    )
    const counts = await runLine(app, delivery.deliveryId)
    const seconds = Math.round(performance.now() - began) / 1000
    const settled = await getDelivery(app.db, delivery.deliveryId)
    if (!platform.joined) await drainTasks(app)
    const warned = await countWarned(app.db, delivery.deliveryId)
    const { received, filed, duplicate, corrected, annulled, refused, waiting } = counts
    const refusal = settled.refusal
      ? { refusal: { ...settled.refusal, message: app.words.say(settled.refusal.code, settled.refusal.facts as never) } }
      : {}
    const told = { ...(warned > 0 ? { warned } : {}), ...refusal }
    if (values.json || !process.stdout.isTTY)
      process.stdout.write(
        `${JSON.stringify({ received, filed, duplicate, corrected, annulled, refused, waiting, seconds, deliveryId: delivery.deliveryId, ...told })}\n`,
      )
    else {
      say('delivery.settled', { ...counts })
      if (warned > 0) say('delivery.warned', { count: warned })
    }
    if (settled.refusal && !values.json)
      process.stderr.write(`${app.words.say(settled.refusal.code, settled.refusal.facts as never)}\n`)
    return settled.state === 'refused' ? 1 : 0
  } finally {
    await app.close()
    await platform.stop()
  }
}
