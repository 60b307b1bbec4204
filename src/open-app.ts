import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from './app.ts'
import { legalDay } from './base/day.ts'
import { openIds } from './base/id.ts'
import { Refusal } from './base/refusal.ts'
import { ROOT } from './base/root.ts'
import type { Config } from './config.ts'
import { openKeys } from './crypto/keys.ts'
import { type Database, openDatabase } from './db/database.ts'
import { openStore } from './files/store.ts'
import { readDatabaseEditions } from './law/editions.ts'
import { type Flaw, isError, printFlaw } from './law/flaw.ts'
import type { Law } from './law/law.ts'
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
  const keys = await openKeys({
    dir: join(dataDir, 'keys'),
    masterDir: config.masterKeyDir ?? undefined,
    mayCreate: !config.production,
    production: config.production,
    now,
  })
  const db = openDatabase(opening.databaseUrl, { max: opening.poolSize ?? 10, name: 'mingxin' })
  const law = await openCityLaw(config, db, now())
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
  const renderer = openRenderer()
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

/** The law from files and from editions made in the console. A flawed law keeps the platform from starting; in production an unverified value too. */
async function openCityLaw(config: Config, db: Database, at: Date): Promise<Law> {
  const databaseEditions = await readDatabaseEditions(db)
  const places = { lawDir: join(ROOT, 'law'), cityDir: config.cityDir ?? join(ROOT, 'city/example') }
  const { law, flaws } = loadLaw({
    ...places,
    databaseEditions,
    today: legalDay(at, 'Asia/Shanghai'),
    production: config.production,
  })
  const errors = flaws.filter(isError)
  if (errors.length > 0) throw new Refusal('law.flawed', null, { errors: errors.length, first: printFlaw(errors[0] as Flaw) })
  return law
}
