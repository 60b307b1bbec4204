import type { Ids } from './base/id.ts'
import type { Config } from './config.ts'
import type { Keys } from './crypto/keys.ts'
import type { Database } from './db/database.ts'
import type { Store } from './files/store.ts'
import type { City } from './law/city-model.ts'
import type { Law } from './law/law.ts'
import type { Senders } from './notices/senders.ts'
import type { Queue } from './queue/queue.ts'
import type { Renderer } from './reports/render.ts'
import type { Words } from './words/words.ts'

/** Everything a command may lean on; built once in main.ts, by tests with a clock of their own. */
export type App = {
  readonly config: Config
  /** The plain pool: at the API's door a login that may select no table of what is in somebody's file; in the worker and in commands the line's. */
  readonly db: Database
  /** The look's own pool; only src/access/look.ts asks it. */
  readonly looks: Database
  /** The pool of changes; only `change()` and the places named in scripts/house/places.ts ask it. */
  readonly changes: Database
  readonly now: () => Date
  readonly law: Law
  readonly city: City
  readonly words: Words
  readonly keys: Keys
  readonly files: Store
  readonly queue: Queue
  readonly ids: Ids
  readonly renderer: Renderer
  /** What tells people that a letter waits for them. */
  readonly senders: Senders
  /** The address that stands in QR codes and links. */
  readonly publicUrl: string
  /** Tells the sequencer that something waits. */
  nudge(): void
  close(): Promise<void>
}
