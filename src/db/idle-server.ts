import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { readIfThere, releaseLock, takeLock } from './process-lock.ts'
import { openServer, type Server } from './server.ts'

/*
 * The server that all tests share, as a process: `node idle-server.ts <folder>`. It ends on SIGTERM, and by itself when
 * nobody has been connected for three minutes. Nothing it holds is worth keeping, so it runs without durability.
 */

const idleSeconds = 180
const folder = process.argv[2] ?? ''
const lock = join(folder, 'idle.lock')

if (takeLock(lock) === null) {
  process.once('exit', () => releaseLock(lock))
  const server = await openFresh()
  let ended = false
  const end = (): void => {
    ended = true
  }
  process.on('SIGTERM', end).on('SIGINT', end)
  for (let idle = 0; !ended && idle < idleSeconds * 10; idle += 1) {
    await sleep(100)
    if (idle % 50 === 49 && (await hasSessions(server))) idle = 0
  }
  await server.stop()
}

// Written without durability, the folder may be torn after the machine itself went down; then it is made anew.
async function openFresh(): Promise<Server> {
  const bootFile = join(folder, 'boot')
  const boot = readIfThere('/proc/sys/kernel/random/boot_id') ?? ''
  if (readIfThere(bootFile) !== boot) clear()
  writeFileSync(bootFile, boot)
  const open = (): Promise<Server> => openServer({ dataDir: folder, durable: false, say: console.log })
  return open().catch((fault: Error) => {
    // A folder from an older version of this program, or torn otherwise: the second failure is the true one.
    console.log(fault)
    clear()
    return open()
  })
}

function clear(): void {
  const kept = ['idle.lock', 'server.log']
  for (const name of readdirSync(folder)) {
    if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

async function hasSessions(server: Server): Promise<boolean> {
  const client = new Client({ connectionString: server.superuserUrl })
  await client.connect()
  const { rowCount } = await client.query(
    "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  )
  await client.end()
  return (rowCount ?? 0) > 0
}
