import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { Refusal } from '../base/refusal.ts'
import { findPostmaster } from './postmaster.ts'
import { processMark } from './process-lock.ts'
import { joinServer, openServer } from './server.ts'
import { findPlace } from './server-account.ts'
import { findBinaries, installedFolder } from './server-binaries.ts'

const isRoot = process.getuid?.() === 0
const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A new folder, which the server's user can reach unless `mode` says otherwise. */
function newFolder(mode = 0o711): string {
  const folder = mkdtempSync(join(tmpdir(), 'mingxin-server-'))
  folders.push(folder)
  chmodSync(folder, mode)
  return folder
}

// One cluster for the whole file, which every test leaves stopped: to make and remove one takes seconds on some disks.
const dataDir = newFolder()

async function ask(url: string, text: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}

const opener = `import { openServer } from '${join(import.meta.dirname, 'server.ts')}'
  const server = await openServer({ dataDir: process.argv[1] })
  process.on('SIGUSR2', () => { process.exitCode = 1; process.exit() })
  setInterval(() => {}, 1000)
  console.log(server.url)`

/** Another platform process on the folder, with its server open. */
async function openElsewhere(dataDir: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', opener, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await once(child, 'exit')
  }
  return { url: line.trim(), pid: child.pid, end }
}

const postmasterPid = (dataDir: string): number => findPostmaster(join(findPlace(dataDir).databaseHome, 'postgres'))?.pid ?? 0

async function untilGone(pid: number): Promise<void> {
  for (let ticks = 0; processMark(pid); ticks += 1) {
    assert.ok(ticks < 1000, 'the server still runs')
    await sleep(10)
  }
}

test('a first start makes the database, and the next one finds everything again on the same port', async () => {
  const said: string[] = []
  const first = await openServer({ dataDir, say: code => said.push(code) })
  assert.deepEqual(said, ['server.creating'])
  assert.equal(await ask(first.url, 'select current_user'), 'credit_owner')
  assert.equal(
    await ask(first.superuserUrl, "select pg_get_userbyid(datdba) from pg_database where datname = 'mingxin'"),
    'credit_owner',
  )
  await ask(first.url, "create table kept as select '明信' as name")
  await first.stop()
  const second = await openServer({ dataDir, say: code => said.push(code) })
  assert.deepEqual([await ask(second.url, 'select name from kept'), second.url, second.adopted], ['明信', first.url, false])
  assert.deepEqual(said, ['server.creating'])
  await second.stop()
})

test('a server that answers and has not made its database yet is waited for', async () => {
  const server = await openServer({ dataDir })
  const admin = (text: string) => ask(server.superuserUrl.replace(/mingxin$/, 'postgres'), text)
  await admin('drop database mingxin')
  let joined: string | undefined
  const joining = joinServer(dataDir).then(found => {
    joined = found?.url
  })
  await sleep(400)
  assert.equal(joined, undefined)
  await admin('create database mingxin owner credit_owner')
  await joining
  assert.equal(joined, server.url)
  await server.stop()
})

test('the server is durable, speaks UTF-8 and UTC, and its trigrams see Chinese', async () => {
  const server = await openServer({ dataDir })
  const settings = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'data_checksums',
    'server_encoding',
    'timezone',
    'jit',
    'listen_addresses',
  ]
  const shown = await Promise.all(settings.map(name => ask(server.superuserUrl, `select current_setting('${name}')`)))
  assert.deepEqual(shown, ['on', 'on', 'on', 'on', 'UTF8', 'UTC', 'off', '127.0.0.1'])
  await ask(server.url, 'create extension pg_trgm')
  assert.equal(await ask(server.url, "select cardinality(show_trgm('明信平台'))"), 5)
  await server.stop()
})

test('no password is readable by others, and none is needed twice', async () => {
  const server = await openServer({ dataDir })
  assert.equal(statSync(join(dataDir, 'server.json')).mode & 0o777, 0o600)
  const stranger = new URL(server.superuserUrl)
  stranger.password = 'guessed'
  await assert.rejects(ask(stranger.href, 'select 1'), /password authentication failed/)
  await server.stop()
})

test('stop ends open sessions, waits for the server to be gone, and may be called twice', async () => {
  const server = await openServer({ dataDir })
  const pid = postmasterPid(dataDir)
  const client = new Client({ connectionString: server.url })
  client.on('error', () => {})
  await client.connect()
  await Promise.all([server.stop(), server.stop()])
  assert.equal(processMark(pid), null)
  assert.equal(await joinServer(dataDir), null)
})

test('a second platform on the same folder is refused, and a command joins the first one', async () => {
  const other = await openElsewhere(dataDir)
  const asRefused = (fault: unknown): boolean =>
    fault instanceof Refusal && fault.code === 'server.folder-in-use' && fault.facts.pid === other.pid
  await assert.rejects(openServer({ dataDir }), asRefused)
  const joined = await joinServer(dataDir)
  assert.equal(joined?.url, other.url)
  assert.equal(await ask(joined?.superuserUrl ?? '', 'select current_user'), 'postgres')
  const server = postmasterPid(dataDir)
  await other.end('SIGKILL')
  assert.equal(await joinServer(dataDir), null)
  process.kill(server, 'SIGINT')
  await untilGone(server)
})

test('the server of a platform that was killed is adopted with its data, and stopped by the one that adopted it', async () => {
  const killed = await openElsewhere(dataDir)
  await ask(killed.url, 'create table adopted as select 7 as n')
  const orphan = postmasterPid(dataDir)
  await killed.end('SIGKILL')
  const server = await openServer({ dataDir })
  assert.deepEqual([server.adopted, server.url, postmasterPid(dataDir)], [true, killed.url, orphan])
  assert.equal(await ask(server.url, 'select n from adopted'), 7)
  await server.stop()
  assert.equal(processMark(orphan), null)
})

test('platform and server killed at the same moment: the next start recovers what was committed', async () => {
  const killed = await openElsewhere(dataDir)
  await ask(killed.url, 'create table recovered as select generate_series(1, 1000) as n')
  const pid = postmasterPid(dataDir)
  process.kill(pid, 'SIGKILL')
  await killed.end('SIGKILL')
  const server = await openServer({ dataDir })
  assert.deepEqual([server.adopted, await ask(server.url, 'select count(*)::int from recovered')], [false, 1000])
  await server.stop()
})

test('a server that dies alone is started again on its port', async () => {
  const said: string[] = []
  const server = await openServer({ dataDir, say: code => said.push(code) })
  const pid = postmasterPid(dataDir)
  process.kill(pid, 'SIGKILL')
  while (!said.includes('server.died') || findPostmaster(join(findPlace(dataDir).databaseHome, 'postgres'))?.status !== 'ready')
    await sleep(20)
  assert.equal(await ask(server.url, 'select 1'), 1)
  await server.stop()
  assert.equal(postmasterPid(dataDir), 0)
})

test('a platform that ends without stopping its server takes its server with it', async () => {
  const careless = await openElsewhere(dataDir)
  const pid = postmasterPid(dataDir)
  await careless.end('SIGUSR2')
  await untilGone(pid)
  const server = await openServer({ dataDir })
  assert.equal(server.adopted, false)
  await server.stop()
})

test('leftovers of a power failure do not stand in the way', async t => {
  const first = await openServer({ dataDir })
  const pidFile = join(findPlace(dataDir).databaseHome, 'postgres', 'postmaster.pid')
  const left = readFileSync(pidFile, 'utf8')
  await first.stop()
  const { account } = findPlace(dataDir)
  // Of the server's own user: of another's, PostgreSQL itself knows that it cannot be a server.
  const stranger = spawn('sleep', ['60'], account ? { uid: account.uid, gid: account.gid } : {})
  await once(stranger, 'spawn')
  const leftovers = {
    'the number of another program': left.replace(/^\d+/, String(stranger.pid)),
    'an empty file': '',
    'a dead number': left,
  }
  for (const [what, text] of Object.entries(leftovers)) {
    await t.test(what, async () => {
      writeFileSync(pidFile, text)
      const server = await openServer({ dataDir })
      assert.equal(await ask(server.url, 'select 1'), 1)
      await server.stop()
    })
  }
  assert.equal(stranger.exitCode, null)
  stranger.kill()
})

test('a folder whose passwords are lost, or of another major version, is refused in so many words', async () => {
  await (await openServer({ dataDir })).stop()
  const version = join(findPlace(dataDir).databaseHome, 'postgres', 'PG_VERSION')
  writeFileSync(version, '12\n')
  await assert.rejects(openServer({ dataDir }), { code: 'server.other-major' })
  rmSync(join(dataDir, 'server.json'))
  writeFileSync(version, '18\n')
  await assert.rejects(openServer({ dataDir }), { code: 'server.passwords-missing' })
  assert.equal(existsSync(join(dataDir, 'platform.lock')), false)
})

test('as root, the database of a folder that the server cannot reach is kept under /var/lib/mingxin', {
  skip: !isRoot,
}, async () => {
  const dataDir = newFolder(0o700)
  const home = findPlace(dataDir).databaseHome
  folders.push(home)
  assert.match(home, /^\/var\/lib\/mingxin\/[0-9a-f]{12}$/)
  const server = await openServer({ dataDir })
  assert.notEqual(statSync(join(home, 'postgres')).uid, 0)
  assert.equal((await joinServer(dataDir))?.url, server.url)
  await server.stop()
  // Neither a change of modes nor a copy of the folder leads to a second, empty database.
  chmodSync(dataDir, 0o711)
  assert.equal(findPlace(dataDir).databaseHome, home)
  const copy = newFolder()
  cpSync(join(dataDir, 'server.json'), join(copy, 'server.json'))
  await assert.rejects(openServer({ dataDir: copy }), { code: 'server.database-elsewhere' })
})

test('as root, a database that its user cannot reach any more is refused, with the folder named', { skip: !isRoot }, () => {
  chmodSync(dataDir, 0o700)
  assert.throws(() => findPlace(dataDir), { code: 'server.folder-unreachable' })
  chmodSync(dataDir, 0o711)
})

test('as root, programs that the server cannot reach are copied once, with the links that the package cannot carry', {
  skip: !isRoot,
}, () => {
  const installed = join(newFolder(0o700), 'native')
  cpSync(installedFolder(), installed, {
    recursive: true,
    filter: path => !/\.so(\.\d+)?$/.test(path) || !path.includes('libicu'),
  })
  cpSync(join(installedFolder(), '..', 'package.json'), join(installed, '..', 'package.json'))
  const said: string[] = []
  const place = findPlace(newFolder())
  const found = [1, 2].map(() => findBinaries(place, code => said.push(code), installed))
  assert.match(found[0]?.version ?? '', /^18\./)
  assert.ok(found[0]?.postgres.startsWith(place.databaseHome))
  assert.deepEqual([found[1], said], [found[0], ['server.copying-binaries']])
})
