import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import { testDatabase } from '../db/testing.ts'

/** One deliberate fault in the product, and the one test that must turn red of it. */
export type Mutation = {
  /** The invariant of the principles that it breaks. */
  readonly invariant: 1 | 2 | 3 | 4 | 8 | 10 | 11
  /** What the product no longer does. */
  readonly breaks: string
  readonly file: string
  /** Stands in the file exactly once. */
  readonly search: string
  readonly replace: string
  readonly test: string
  /** The beginning of the test's name, from which it is told from its neighbours. */
  readonly named: string
}

const COPIED = ['package.json', 'tsconfig.json', 'src', 'web', 'law', 'city', 'words'] as const

/** A copy of the tree whose files can be changed; packages are shared with the real one. */
export type Tree = { readonly root: string; remove(): Promise<void> }

export async function copyTree(): Promise<Tree> {
  const root = await mkdtemp(join(tmpdir(), 'mingxin-mutant-'))
  for (const path of COPIED) await cp(join(ROOT, path), join(root, path), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}

/** `red`: the test fails by its own judgement. `broken`: the program no longer loads or opens, which proves nothing. */
export type Verdict = { readonly result: 'red' | 'green' | 'broken'; readonly output: string }

/** Plants the mutation in the copy, runs its one test on the shared test server, and takes the mutation out again. */
export async function tryMutation(tree: Tree, mutation: Mutation): Promise<Verdict> {
  const path = join(tree.root, mutation.file)
  const source = await readFile(path, 'utf8')
  const parts = source.split(mutation.search)
  if (parts.length !== 2) throw new Error(`${mutation.file} holds the text ${parts.length - 1} times: ${mutation.search}`)
  await writeFile(path, parts.join(mutation.replace))
  const verdict = await runTest(tree, mutation)
  await writeFile(path, source)
  return verdict
}

/** The test on the copy as it is. */
export async function runTest(tree: Tree, { test, named }: Pick<Mutation, 'test' | 'named'>): Promise<Verdict> {
  // The copy shares the test server of the real tree: a server of its own would have to be started for each.
  const database = await testDatabase()
  const pattern = `^${named.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--test-reporter=tap', `--test-name-pattern=${pattern}`, join(tree.root, test)],
    {
      cwd: tree.root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin', MINGXIN_RUNS: '4', MINGXIN_TEST_DATABASE_URL: adminUrl(database.superuserUrl) },
    },
  )
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  await database.drop()
  const text = output.join('')
  const ran = /^(not )?ok \d+ - /m.test(text)
  const loads = ran && !/hookFailed|SyntaxError|ERR_MODULE_NOT_FOUND|ReferenceError/.test(text)
  return { result: loads ? (code === 0 ? 'green' : 'red') : 'broken', output: text }
}

function adminUrl(superuserUrl: string): string {
  return Object.assign(new URL(superuserUrl), { pathname: '/postgres' }).href
}
