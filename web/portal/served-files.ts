import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, 'assets')
const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
} as const
const FILES = ['style.css', 'portal.js', 'passkey.js', 'papers.js', 'icons.svg', 'pointer.svg', 'mark.svg'] as const
/** The parts of the style sheet, sent as one. What stands later wins: the order is part of the sheet. */
const STYLE = [
  ...['tokens', 'ground', 'frame', 'forms', 'home', 'subject', 'record', 'clock', 'search', 'verify', 'account', 'procedure'],
  ...['case', 'table', 'widths', 'care', 'print'],
] as const
export type FileName = (typeof FILES)[number]

export type ServedFile = { readonly path: string; readonly type: string; readonly body: Buffer }

/** The portal's own files under addresses that change with their contents, so that they can be kept for ever. */
export function loadFiles(): ReadonlyMap<FileName, ServedFile> {
  const read = new Map<FileName, ServedFile>()
  // The style sheet names the pointer by its address, so it comes last.
  for (const name of [...FILES].sort(one => (one === 'style.css' ? 1 : -1))) {
    const body =
      name === 'style.css'
        ? Buffer.from(styleText().replaceAll('pointer.svg', read.get('pointer.svg')?.path ?? ''))
        : readFileSync(join(FOLDER, name))
    const [stem, ending = 'js'] = name.split('.')
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
    read.set(name, { path: `/assets/${stem}.${hash}.${ending}`, type: TYPES[ending as keyof typeof TYPES], body })
  }
  return read
}

function styleText(): string {
  return STYLE.map(part => readFileSync(join(FOLDER, 'style', `${part}.css`), 'utf8')).join('\n')
}
