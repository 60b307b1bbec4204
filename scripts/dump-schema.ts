import { join } from 'node:path'
import { openDatabase } from '../src/db/database.ts'
import { dumpSchema } from '../src/db/dump.ts'
import { testDatabase } from '../src/db/testing.ts'
import { keepGenerated } from './generated.ts'

/* Writes `src/db/schema.sql` from a database that all migrations were applied to; `--check` compares only. */

const database = await testDatabase()
const owner = openDatabase(database.url, { max: 1 })
const text = await dumpSchema(owner)
await owner.close()
await database.drop()
keepGenerated(join(import.meta.dirname, '..'), new Map([['src/db/schema.sql', text]]))
