import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { lockHolder, processMark } from './process-lock.ts'
import { joinServer, type ServerAddress } from './server.ts'

/** A database of a test's own, as its owner and as the superuser. */
export interface TestDatabase extends ServerAddress {
  drop(): Promise<void>
}

/** What a test's database starts with. It is prepared once for each name; every test then gets a copy. */
export interface Template {
  /** Lower-case letters, digits and `_`. Must change whenever `prepare` does something else. */
  readonly name: string
  prepare(ownerUrl: string): Promise<void>
}

/** A database with nothing in it. */
export const blank: Template = { name: 'blank', prepare: async () => {} }

/** A database with all migrations applied. */
export const migrated: Template = {
  name: digestOf('migrate.ts', ...readdirSync(join(import.meta.dirname, 'migrations')).map(file => join('migrations', file))),
  prepare: async ownerUrl => {
    const { migrate } = await import('./migrate.ts')
    await migrate(ownerUrl)
  },
}

/**
 * A fresh copy of the template on a real PostgreSQL server, which all tests of this checkout share. Drop it after the test;
 * copies that were forgotten are dropped an hour later. `MINGXIN_TEST_DATABASE_URL` (a superuser's) names another server.
 */
export async function testDatabase(template: Template = migrated): Promise<TestDatabase> {
  const server = await testServer()
  const name = `mingxin_test_${process.pid.toString(36)}_${randomBytes(5).toString('hex')}`
  await asSuperuser(server, async client => {
    const source = await ensureTemplate(server, client, template)
    await client.query(`create database ${name} template ${source} strategy file_copy owner credit_owner`)
  })
  const drop = (): Promise<void> =>
    asSuperuser(server, async client => {
      await client.query(`drop database if exists ${name} with (force)`)
    })
  return { ...onDatabase(server, name), drop }
}

/** Stops the shared server, if it runs. It also stops by itself when it has not been used for some minutes. */
export async function stopTestServer(): Promise<void> {
  const holder = lockHolder(join(serverFolder(), 'idle.lock'))
  if (!holder) return
  process.kill(holder.pid, 'SIGTERM')
  while (processMark(holder.pid) === holder.mark) await sleep(20)
}

let known: Promise<ServerAddress> | null = null

function testServer(): Promise<ServerAddress> {
  known ??= givenServer() ?? ownServer()
  return known
}

function givenServer(): Promise<ServerAddress> | null {
  // biome-ignore lint/style/noProcessEnv: config.ts is the platform's; this is read by tests alone
  const superuserUrl = process.env.MINGXIN_TEST_DATABASE_URL
  if (!superuserUrl) return null
  const url = new URL(superuserUrl)
  // The owner's password on another's server is not ours to set: the superuser takes the owner's place.
  url.searchParams.set('options', '-c role=credit_owner')
  const server = { url: url.href, superuserUrl }
  const makeOwner =
    'do $$ begin create role credit_owner createrole; exception when duplicate_object or unique_violation then null; end $$'
  return asSuperuser(server, async client => {
    await client.query(makeOwner)
    return server
  })
}

async function ownServer(): Promise<ServerAddress> {
  const folder = serverFolder()
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const running = await joinServer(folder)
    if (running) return running
    const server = startServer(folder)
    while (server.isAlive()) {
      const started = await joinServer(folder)
      if (started) return started
      await sleep(20)
    }
  }
  throw new Error(`the test server does not start:\n${readFileSync(join(folder, 'server.log'), 'utf8')}`)
}

// A process of its own, because the test process that happens to come first ends before the others do.
function startServer(folder: string): { isAlive(): boolean } {
  const log = openSync(join(folder, 'server.log'), 'w')
  const program = join(import.meta.dirname, 'idle-server.ts')
  const options = {
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', log, log] as ['ignore', number, number],
  }
  const child = spawn(process.execPath, [program, folder], options)
  closeSync(log)
  child.unref()
  return { isAlive: () => child.exitCode === null && child.signalCode === null }
}

function serverFolder(): string {
  const uid = process.getuid?.() ?? 0
  const checkout = createHash('sha256')
    .update(resolve(import.meta.dirname, '../..'))
    .digest('hex')
    .slice(0, 12)
  const folder = join(tmpdir(), `mingxin-test-${uid}-${checkout}`)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  // The name can be foretold, and anybody may make folders there.
  if (statSync(folder).uid !== uid) throw new Error(`${folder} belongs to another user; remove it`)
  return folder
}

async function ensureTemplate(server: ServerAddress, client: Client, template: Template): Promise<string> {
  const name = `mingxin_template_${template.name}`
  const exists = async (): Promise<boolean> =>
    ((await client.query('select from pg_database where datname = $1 and not datallowconn', [name])).rowCount ?? 0) > 0
  if (await exists()) return name
  await client.query("select pg_advisory_lock(hashtext('mingxin_template'))")
  if (!(await exists())) {
    await dropLeftovers(client)
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name} owner credit_owner`)
    await template.prepare(onDatabase(server, name).url)
    // Until then it counts as half made; from then on no connection can stand in the way of copying it.
    await client.query(`alter database ${name} allow_connections false`)
  }
  await client.query("select pg_advisory_unlock(hashtext('mingxin_template'))")
  return name
}

async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select datname as name from pg_database d
    where datname ~ '^mingxin_(test|template)_' and not exists (select from pg_stat_activity a where a.datid = d.oid)
      and (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '1 hour'`)
  for (const { name } of rows) await client.query(`drop database if exists ${name}`)
}

async function asSuperuser<T>(server: ServerAddress, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: onDatabase(server, 'postgres').superuserUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function onDatabase(server: ServerAddress, name: string): ServerAddress {
  const on = (address: string): string => Object.assign(new URL(address), { pathname: `/${name}` }).href
  return { url: on(server.url), superuserUrl: on(server.superuserUrl) }
}

function digestOf(...files: string[]): string {
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(readFileSync(join(import.meta.dirname, file)))
  return hash.digest('hex').slice(0, 16)
}
