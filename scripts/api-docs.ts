import { join } from 'node:path'
import type { Endpoint } from '../src/http/endpoint.ts'
import { openapi } from '../src/http/openapi.ts'
import { API } from '../src/http/serve.ts'
import { openLaw } from '../src/law/load.ts'
import { permissionDocument } from '../src/people/permission-document.ts'
import { permissionTable } from '../src/people/permission-table.ts'
import { loadWords, type Words } from '../src/words/words.ts'
import { keepGenerated } from './generated.ts'
import { filesUnder } from './house/source.ts'

/*
 * Writes `docs/openapi.json`, `docs/api.md` and `docs/permissions.md` from the contracts, `src/<noun>/contract.ts` and `…-contract.ts`; `--check` compares only.
 */

/** Every door that a contract declares, by its address. */
export async function declaredDoors(root: string): Promise<Endpoint[]> {
  const doors: Endpoint[] = []
  for (const file of filesUnder(root, ['src'], /^[a-z-]+\/([a-z-]+-)?contract\.ts$/)) {
    const contract = (await import(join(root, file))) as Record<string, unknown>
    doors.push(...Object.values(contract).filter(isDoor))
  }
  return doors.sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1))
}

function isDoor(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'needs' in value
}

/** One paragraph a door: who may call it, what it answers, what may be refused and in which words. */
function apiText(doors: readonly Endpoint[], words: Words): string {
  const lines = [
    '# API',
    '',
    'Generated from the contracts by `npm run generate`; the same as a program reads it: [openapi.json](openapi.json).',
    'A body is JSON and says so (`content-type: application/json`), but where a file is sent; anything else is answered with 415.',
    'Errors are RFC 9457 problem documents with a `code`; the sentences are those of `words/`.',
  ]
  for (const door of doors) {
    lines.push('', `## ${door.method} ${API}${door.path}`, '', door.summary, '')
    lines.push(
      `- needs: \`${door.needs}\` · reaches: ${door.reach.map(one => `\`${one}\``).join(', ')} · since ${door.since} · answers ${door.status}${filesOf(door)}`,
    )
    for (const code of door.refuses) lines.push(`- may refuse: \`${code}\`${words.has(code) ? ` ${words.all.get(code)}` : ''}`)
  }
  return `${lines.join('\n')}\n`
}

function filesOf(door: Endpoint): string {
  return door.files.length === 0 ? '' : ` as ${door.files.map(type => `\`${type}\``).join(', ')}`
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const doors = await declaredDoors(root)
  const words = loadWords()
  const law = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })
  const files = new Map([
    ['docs/openapi.json', `${JSON.stringify(openapi(doors), null, 2)}\n`],
    ['docs/api.md', apiText(doors, words)],
    ['docs/permissions.md', permissionDocument(permissionTable(law, words, doors, API), words)],
  ])
  keepGenerated(root, files)
}
