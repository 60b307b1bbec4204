import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { Refusal } from '../base/refusal.ts'
import { quiet } from '../queue/queue.ts'
import { type Database, openDatabase, type Query, type Row, sql } from './database.ts'

/*
 * Forward-only migrations, numbered files, one transaction each. A process whose code is older than a *breaking* schema refuses to start.
 */

const FOLDER = join(import.meta.dirname, 'migrations')
const GROUPS = ['credit_app', 'credit_door', 'credit_look', 'credit_portal', 'credit_reader'] as const
const LOCK = 7_355_607

type Migration = { number: number; file: string; text: string; digest: string; breaking: boolean }

/** Applies what is missing. `url`: the owner of the database, or a superuser. Safe to run twice and by two processes at once. */
export async function migrate(url: string, say: (line: string) => void = () => undefined): Promise<void> {
  const database = openDatabase(url, { max: 2, name: 'mingxin-migrate' })
  try {
    await makeGroups(database)
    for (const migration of await listMigrations()) await apply(database, migration, say)
    await refuseNewerBreaking(database)
    await runMigrations({
      pgPool: database.pool,
      schema: 'graphile_worker',
      logger: quiet(),
    })
    await grantQueue(database)
  } finally {
    await database.close()
  }
}

export async function listMigrations(): Promise<Migration[]> {
  const files = (await readdir(FOLDER)).filter(file => /^\d{4}_[a-z0-9_]+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async file => {
      const text = await readFile(join(FOLDER, file), 'utf8')
      return {
        number: Number(file.slice(0, 4)),
        file,
        text,
        digest: createHash('sha256').update(text).digest('hex'),
        breaking: text.startsWith('-- breaking: yes'),
      }
    }),
  )
}

async function makeGroups(database: Database): Promise<void> {
  const missing = await database.rows<{ name: string }>(
    sql`select name from unnest(${GROUPS}::text[]) as wanted (name) where not exists (select from pg_roles where rolname = name)`,
  )
  for (const { name } of missing) {
    // Two databases on one server may be made at the same moment; the group roles are shared by the server.
    await database.run({
      text: `do $$ begin create role ${name} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    })
  }
}

async function apply(database: Database, migration: Migration, say: (line: string) => void): Promise<void> {
  await database.transaction(async tx => {
    await tx.run(sql`select pg_advisory_xact_lock(${LOCK})`)
    await tx.run({
      text: 'create table if not exists migration (number integer not null, file text not null, digest text not null, breaking boolean not null, at timestamptz not null, constraint migration_key primary key (number))',
    })
    const done = await tx.row<{ digest: string }>(sql`select digest from migration where number = ${migration.number}`)
    if (done?.digest === migration.digest) return
    if (done) throw new Refusal('migration.changed', null, { file: migration.file })
    say(migration.file)
    await tx.client.query("set local citus.multi_shard_modify_mode to 'sequential'")
    await tx.client.query(migration.text)
    await tx.run(
      sql`insert into migration (number, file, digest, breaking, at) values (${migration.number}, ${migration.file}, ${migration.digest}, ${migration.breaking}, ${new Date()})`,
    )
  })
}

async function refuseNewerBreaking(database: Query): Promise<void> {
  const known = (await listMigrations()).at(-1)?.number ?? 0
  const newer = await database.row<{ file: string }>(
    sql`select file from migration where number > ${known} and breaking order by number limit 1`,
  )
  if (newer) throw new Refusal('migration.newer', null, { file: newer.file })
}

/** The queue's tables answer to their owner only, by row-level security; the application's group is let in by name. */
async function grantQueue(database: Query): Promise<void> {
  await database.run({
    text: `grant usage on schema graphile_worker to credit_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to credit_app;
    grant usage on all sequences in schema graphile_worker to credit_app;
    grant execute on all functions in schema graphile_worker to credit_app;
    do $$ declare one record; begin
      for one in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity
          and not exists (select from pg_policies p where p.schemaname = 'graphile_worker' and p.tablename = pg_tables.tablename and p.policyname = 'credit_app') loop
        execute format('create policy credit_app on graphile_worker.%I to credit_app using (true) with check (true)', one.tablename);
      end loop;
    end $$`,
  })
}

/** Connection strings: of changes and the line, of the API's plain reading, of its looks, of the portal. */
export type Logins = { readonly app: string; readonly door: string; readonly look: string; readonly portal: string }
const DOORS = ['app', 'door', 'look', 'portal'] as const
type LoginRow = { name: string; group: string; password: string }

/**
 * The connection strings of the doors' own logins, members of the group roles, made where the given role may make them.
 * Where it may not, throws with the SQL that an administrator has to run. Passwords are kept in `secretsDir/logins.json` (0600).
 */
export async function ensureLogins(url: string, secretsDir: string): Promise<Logins> {
  const database = openDatabase(url, { max: 1, name: 'mingxin-migrate' })
  try {
    const name = (await database.row<{ name: string }>(sql`select current_database() as name`))?.name ?? 'mingxin'
    const rows = await readLogins(join(secretsDir, 'logins.json'), secretsDir, name)
    const known = await database.rows<Row>(sql`select rolname from pg_roles where rolname = any(${rows.map(row => row.name)})`)
    const statements = rows.map(row =>
      loginSql(
        row,
        known.some(k => k['rolname'] === row.name),
      ),
    )
    const may = await database.row<{ may: boolean }>(
      sql`select (rolsuper or rolcreaterole) as may from pg_roles where rolname = current_user`,
    )
    if (may?.may) for (const text of statements) await database.run({ text })
    else if (known.length < rows.length)
      throw new Error(`the database role may not create logins; have an administrator run:\n${statements.join('\n')}`)
    const [app, door, look, portal] = rows.map(row => withLogin(url, row.name, row.password)) as [string, string, string, string]
    return { app, door, look, portal }
  } finally {
    await database.close()
  }
}

async function readLogins(file: string, dir: string, database: string): Promise<LoginRow[]> {
  const text = await readFile(file, 'utf8').catch(() => null)
  const kept: LoginRow[] = text ? (JSON.parse(text) as LoginRow[]) : []
  const rows = DOORS.map(door => ({ name: `${database}_${door}`, group: `credit_${door}` })).map(row => ({
    ...row,
    password: kept.find(k => k.name === row.name)?.password ?? randomBytes(24).toString('base64url'),
  }))
  if (JSON.stringify(rows) !== JSON.stringify(kept)) {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeFile(file, JSON.stringify(rows), { mode: 0o600 })
  }
  return rows
}

function loginSql(row: LoginRow, exists: boolean): string {
  const quoted = `"${row.name.replaceAll('"', '""')}"`
  return `${exists ? 'alter' : 'create'} role ${quoted} login password '${row.password}'; grant ${row.group} to ${quoted}; alter role ${quoted} set timezone = 'UTC';`
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(user)
  changed.password = password
  return changed.toString()
}
