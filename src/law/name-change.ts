import type { CatalogueItem } from './item-model.ts'

/** A name that gave way to another, as a notice of change tells it. */
export type NameChange = { readonly before: string; readonly after: string }

/** One way of writing a matter is every way: width, spaces and brackets do not count. */
export function matterKey(text: string): string {
  return text.normalize('NFKC').replace(/[\s()]/g, '')
}

/**
 * What a record of the item says about a change of name; undefined where it tells of something else. A matter counts only where it is the
 * name alone: of several in one text nobody can say which value is whose.
 */
export function nameChangeOf(
  { nameChange, roles }: Pick<CatalogueItem, 'nameChange' | 'roles'>,
  content: Readonly<Record<string, string>>,
): NameChange | undefined {
  if (nameChange === undefined) return undefined
  const of = (column: string | undefined): string => (column ? (content[column] ?? '') : '').trim()
  const matter = matterKey(of(roles.changedMatter))
  if (!nameChange.matters.some(one => matterKey(one) === matter)) return undefined
  const [before, after] = [of(roles.valueBefore), of(roles.valueAfter)]
  return before === '' || after === '' ? undefined : { before, after }
}
