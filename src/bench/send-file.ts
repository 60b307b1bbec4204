import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { SYSTEM } from '../access/actor.ts'
import type { DeliveryId } from '../base/id.ts'
import { runLine } from '../intake/line.ts'
import type { Counts } from '../intake/model.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { openBenchApp, type Settings } from './place.ts'

export type Sent = {
  readonly deliveryId: DeliveryId
  readonly counts: Counts
  readonly seconds: number
  /** The most memory this process ever held (resident). */
  readonly peakMegabytes: number
  readonly cpuSeconds: number
}

/** Sends a file down the line as `mingxin import` does: taken in, sealed, decoded, checked, matched, compared, filed. */
export async function sendFile(settings: Settings, path: string, source: string): Promise<Sent> {
  const app = await openBenchApp(settings, 4)
  try {
    const cpu = process.cpuUsage()
    const began = performance.now()
    const content = createReadStream(path, { highWaterMark: 1024 * 1024 })
    const sending = { source, channel: 'import' as const, fileName: basename(path), content }
    const { deliveryId } = await receiveDelivery(app, SYSTEM, sending, { queue: false })
    const counts = await runLine(app, deliveryId)
    const seconds = (performance.now() - began) / 1000
    const used = process.cpuUsage(cpu)
    return {
      ...{ deliveryId, counts, seconds },
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
      cpuSeconds: (used.user + used.system) / 1e6,
    }
  } finally {
    await app.close()
  }
}
