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
import { namesOf } from './law/names.ts'
import { openSenders } from './notices/open-senders.ts'
import { queue } from './queue/queue.ts'
import { openRenderer } from './reports/render.ts'
import { loadWords } from './words/words.ts'

/**
 * Connections of the logins of one process. Without `door` the plain pool is that of changes, as in the worker and in commands; without
 * `look` nobody is looked at: the login of changes may not write the register.
 */
export type DatabaseUrls = { readonly app: string; readonly door?: string; readonly look?: string }

export type Opening = {
  readonly config: Config
  readonly databases: DatabaseUrls
  readonly dataDir: string
  readonly now?: () => Date
  readonly poolSize?: number
}

/** Builds the one App object. Throws when the law has flaws, and in production for a database that held the example city. */
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
  const { db, looks, changes, close } = openPools(opening.databases, opening.poolSize ?? 10)
  if (config.production) await refuseExampleCity(db)
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
    looks,
    changes,
    now,
    law,
    city: law.city,
    words: loadWords(namesOf(law)),
    keys,
    files,
    queue,
    ids,
    renderer,
    senders: openSenders(law.senders, config.secretsDir, now),
    publicUrl: config.publicUrl ?? `http://127.0.0.1:${config.port}`,
    nudge: () => undefined,
    close: async () => {
      await renderer.close()
      await close()
    },
  }
}

/** What was begun as the example city has accounts whose passwords everybody can read: no city is run on it, whatever its files say now. */
async function refuseExampleCity(db: Database): Promise<void> {
  const found = await db.row({ text: "select from setting where name in ('demo', 'example-city.last-day')" })
  if (found) throw new Refusal('start.example-city-in-production')
}

type Pools = Pick<App, 'db' | 'looks' | 'changes'> & { close(): Promise<void> }

/** Each pool of at most `max` connections, made when they are needed. */
function openPools({ app, door, look }: DatabaseUrls, max: number): Pools {
  // One of each stays open: by it a running process is known, before a key goes that it may still seal with.
  const changes = openDatabase(app, { max, kept: 1, name: 'mingxin' })
  const db = door === undefined ? changes : openDatabase(door, { max, kept: 1, name: 'mingxin-door' })
  const looks = look === undefined ? changes : openDatabase(look, { max, name: 'mingxin-look' })
  const opened = new Set([db, looks, changes])
  return { db, looks, changes, close: async () => void (await Promise.all([...opened].map(one => one.close()))) }
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
