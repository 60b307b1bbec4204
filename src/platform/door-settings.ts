import { Refusal } from '../base/refusal.ts'
import type { DatabaseEdition } from '../law/editions.ts'
import type { DatabaseUrls } from '../open-app.ts'

/** Connections of the logins that a door needs, and of no other: the portal's own, the line's for the worker, three for the API. */
export type DoorDatabases =
  | { readonly door: 'portal'; readonly databaseUrl: string }
  | { readonly door: 'api' | 'work'; readonly databases: DatabaseUrls }

/** What a door's process is told. Secrets travel over the channel, never over the command line. */
export type DoorSettings = DoorDatabases & {
  readonly dataDir: string
  readonly port: number
  readonly host: string
  readonly apiUrl: string
  readonly publicUrl: string
  /** How far the example city's clock stands from the real one. */
  readonly aheadMs: number
  /** Editions approved in the console, for the door whose login cannot read them. */
  readonly editions?: readonly DatabaseEdition[]
}

/** Waits for the settings that `serve` sends. Refuses a door that nobody started. */
export async function doorSettings(door: string | undefined): Promise<DoorSettings> {
  if (!process.send || !door) throw new Refusal('door.not-started-by-serve')
  // The leash lets go of the channel; until the settings have come it is all that keeps this process here.
  process.channel?.ref()
  return await new Promise(resolve => {
    process.once('message', message => {
      process.channel?.unref()
      resolve(message as DoorSettings)
    })
    process.send?.({ asks: true })
  })
}
