import { parseArgs } from 'node:util'
import { Refusal } from '../base/refusal.ts'
import { FIRST_START, masterDirOf } from '../crypto/key-file.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import type { Words } from '../words/words.ts'

/** What the sub-commands lean on; a test gives a folder, an instant and an ear of its own. */
export type KeysDesk = {
  /** The key folder of the platform; `--folder` names another. */
  readonly folder: string
  /** The folder of the master keys; null: inside the key folder. */
  readonly masterFolder: string | null
  readonly now: Date
  readonly words: Words
  readonly out: (line: string) => void
}

export const masterFolderOf = (desk: KeysDesk): string => desk.masterFolder ?? masterDirOf(desk.folder)

export function wrongly({ out, words }: KeysDesk): 2 {
  for (const line of [
    'keys.usage-make',
    'keys.usage-show',
    'keys.usage-check',
    'keys.usage-wrap',
    'keys.usage-reseal',
    'keys.usage-retire',
  ])
    out(words.say(line))
  return 2
}

export type Values = Readonly<Record<string, string | boolean | undefined>>

/** The options given; null where one is not known, lacks its value, or a word stands alone. */
export function optionsOf(args: readonly string[], texts: readonly string[], flags: readonly string[]): Values | null {
  const options = Object.fromEntries([
    ...texts.map(name => [name, { type: 'string' as const }] as const),
    ...flags.map(name => [name, { type: 'boolean' as const }] as const),
  ])
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true })
  const isSound = tokens.every(
    token => token.kind === 'option' && token.name in options && flags.includes(token.name) === (token.value === undefined),
  )
  return isSound ? (values as Values) : null
}

/**
 * Whom `--by` names, as it may be kept (key file, register, log): ID numbers masked; null where nothing was typed. Refuses `keys.by-reserved`: the
 * word by which a key tells that nobody ordered it is nobody's name.
 */
export function officerOf(values: Values | null): string | null {
  const by = values?.['by']
  if (typeof by !== 'string' || by.trim() === '') return null
  if (by.trim().toLowerCase() === FIRST_START) throw new Refusal('keys.by-reserved', null, { by: FIRST_START })
  return maskResidentNumbers(by.trim())
}
