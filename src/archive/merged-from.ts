import type { Words } from '../words/words.ts'
import type { MergedFrom } from './contract.ts'

type Named = { readonly subjectId: number; readonly name: string; readonly uscc: string | null }

/** What is said where another subject answers than was asked for, because that one was merged into it; null where it is the one. */
export function mergedFrom(words: Pick<Words, 'say'>, asked: Named, survivor: Named): MergedFrom | null {
  if (asked.subjectId === survivor.subjectId) return null
  const { subjectId, name, uscc } = asked
  return { subjectId, name, uscc, sentence: words.say('subject.merged-into', { asked: name, name: survivor.name }) }
}
