import { runChild } from './child.ts'
import { penalties } from './city.ts'
import { copySeconds } from './copy-baseline.ts'
import { against, type Figure, within } from './figure.ts'
import type { Place } from './place.ts'
import type { Sent } from './send-file.ts'

const MEMORY_MEGABYTES = 400
/** A tenth of the file must need nearly as much: what differs is how often the collector happened to come. */
const FLAT_MEGABYTES = 60

/** A file of penalties down the line, against COPY of what it left behind; and what the process held, for a tenth of the file and for all of it. */
export async function measureIntake(
  place: Place,
  rows: number,
  subjects: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const tenth = await send(place, 'ecology-penalty', Math.ceil(rows / 10), subjects)
  await place.admin.run({ text: 'checkpoint' })
  const whole = await send(place, 'market-penalty', rows, subjects)
  say(`line: ${whole.seconds.toFixed(1)} s, ${((whole.cpuSeconds / rows) * 1e6).toFixed(1)} µs of CPU a row in the process`)
  if (whole.counts.filed !== rows) throw new Error(`the file was not filed as a whole: ${JSON.stringify(whole.counts)}`)
  const text = await copySeconds(place, whole.deliveryId, 'text', 2)
  const binary = await copySeconds(place, whole.deliveryId, 'binary', 2)
  return [
    against('intake.csv', rows / whole.seconds, 'rows/s', rows / text, 0.5),
    // Told beside it: COPY's other format, which a program may choose and a file of rows is not in.
    against('intake.csv.binary-copy', rows / whole.seconds, 'rows/s', rows / binary, null),
    within('intake.memory.peak', whole.peakMegabytes, 'MB', MEMORY_MEGABYTES, 'less'),
    within('intake.memory.flat', whole.peakMegabytes - tenth.peakMegabytes, 'MB', FLAT_MEGABYTES, 'less'),
  ]
}

async function send(place: Place, source: string, rows: number, subjects: number): Promise<Sent> {
  const { path } = await penalties(place, source, rows, subjects)
  return await runChild({ task: 'send', databases: { app: place.logins.app }, dataDir: place.folder, path, source })
}
