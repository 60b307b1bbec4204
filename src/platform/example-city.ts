import type { App } from '../app.ts'
import { type Day, day, legalDay } from '../base/day.ts'
import type { Config } from '../config.ts'
import { sql } from '../db/database.ts'
import { makeExampleAccounts } from '../demo/accounts.ts'
import { makeExampleCampaigns } from '../demo/campaigns.ts'
import { makeExampleCases } from '../demo/cases.ts'
import { DEFAULT_RECORDS, DEFAULT_SEED, DEFAULT_SUBJECTS } from '../demo/demo.ts'
import { makeExampleListings } from '../demo/listings.ts'
import { loadDemo } from '../demo/load.ts'
import { makeExampleOversight } from '../demo/oversight.ts'
import { type ExampleProgram, makeExampleProgram } from '../demo/programs.ts'
import { makeExampleRequest } from '../demo/rights.ts'
import type { Say } from './open-platform.ts'

/** The example city once it is up: its accounts, and how far its clock stands from the real one. */
export type ExampleCity = {
  readonly accounts: readonly Record<string, string>[]
  readonly program: ExampleProgram | undefined
  readonly aheadMs: number
}

const SAY_EVERY_MS = 2000

/**
 * Loads the example city through the real intake, once; a load that was cut off goes on where it stopped. Refuses (RangeError) any other city,
 * and production, before anything is written.
 */
export async function loadExampleCity(app: App, say: Say, stopping: AbortSignal, dataDir: string): Promise<ExampleCity> {
  if (app.config.production || app.city.inventedPrefixes.length === 0)
    throw new RangeError('the example city is not loaded into another, nor in production')
  let saidAt = 0
  await loadDemo(app, {
    subjects: DEFAULT_SUBJECTS,
    records: DEFAULT_RECORDS,
    seed: DEFAULT_SEED,
    day: await lastDayOf(app),
    signal: stopping,
    onProgress: ({ step, done, total, rows }) => {
      if (Date.now() - saidAt < SAY_EVERY_MS) return
      saidAt = Date.now()
      say(`start.city-${step}`, { done, total, rows, percent: Math.floor((done / total) * 100) })
    },
  })
  const accounts = await makeExampleAccounts(app)
  await makeExampleRequest(app, 'firm.penalty')
  await makeExampleListings(app)
  await makeExampleOversight(app)
  await makeExampleCases(app)
  await makeExampleCampaigns(app)
  return { accounts, program: await makeExampleProgram(app, dataDir), aheadMs: 0 }
}

/** Who may sign in to the example city and how: its passwords stand in the source. Of any other city, and in production, nothing is said. */
export function sayExampleCity(
  { production, demo }: Pick<Config, 'production' | 'demo'>,
  city: ExampleCity | null,
  say: Say,
): void {
  if (production || !demo || !city) return
  for (const account of city.accounts) say(account['unit'] ? 'start.account' : 'start.account-subject', account)
  if (city.program) say('start.program', city.program)
}

/** The example city's last day: an argument at first start, stored, the same ever after. */
async function lastDayOf(app: App): Promise<Day> {
  const wanted = app.config.demoDay ? day(app.config.demoDay) : legalDay(app.now(), app.city.zone)
  await app.db.run(
    sql`insert into setting (name, value) values ('example-city.last-day', ${JSON.stringify(wanted)}) on conflict do nothing`,
  )
  const row = await app.db.row<{ value: Day }>(sql`select value from setting where name = 'example-city.last-day'`)
  return row?.value ?? wanted
}
