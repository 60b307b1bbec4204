import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from './app.ts'
import { openIds } from './base/id.ts'
import { ROOT } from './base/root.ts'
import type { Config } from './config.ts'
import { openKeys } from './crypto/keys.ts'
import { openDatabase } from './db/database.ts'
import { openStore } from './files/store.ts'
import { loadLaw } from './law/load.ts'
import { queue } from './queue/queue.ts'
import { openRenderer } from './reports/render.ts'
import { loadWords } from './words/words.ts'

export type Opening = {
  readonly config: Config
  /** Connection of the application's login. */
  readonly databaseUrl: string
  readonly dataDir: string
  readonly now?: () => Date
  readonly poolSize?: number
}

/** Builds the one App object. Throws when the law has flaws. */
export async function openApp(opening: Opening): Promise<App> {
  const { config, dataDir } = opening
  const now = opening.now ?? (() => new Date())
  await mkdir(dataDir, { recursive: true })
  const keys = await openKeys({ dir: join(dataDir, 'keys'), mayCreate: !config.production, production: config.production, now })
  const db = openDatabase(opening.databaseUrl, { max: opening.poolSize ?? 10, name: 'mingxin' })
  const { law, flaws } = loadLaw({ lawDir: join(ROOT, 'law'), cityDir: config.cityDir ?? join(ROOT, 'city/example') })
  const errors = flaws.filter(flaw => flaw.level === 'error')
  if (errors.length > 0)
    throw new Error(
      `the law has ${errors.length} flaws; run \`mingxin check-law\`. First: ${errors[0]?.file}:${errors[0]?.line} ${errors[0]?.code}`,
    )
  const ids = openIds(async count =>
    (
      await db.rows<{ id: number }>({
        name: 'next-ids',
        text: "select nextval('id_block') as id from generate_series(1, $1)",
        values: [count],
      })
    ).map(row => row.id),
  )
  const files = await openStore({ dir: join(dataDir, 'files'), keys, now })
  const renderer = openRenderer({ workers: 1 })
  return {
    config,
    db,
    now,
    law,
    city: law.city,
    words: loadWords(),
    keys,
    files,
    queue,
    ids,
    renderer,
    publicUrl: config.publicUrl ?? `http://127.0.0.1:${config.port}`,
    tokens: new Map(),
    nudge: () => undefined,
    close: async () => {
      await renderer.close()
      await db.close()
    },
  }
}
