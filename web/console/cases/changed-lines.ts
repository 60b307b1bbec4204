/* What an officer changes of a record while he fills in the form: lines of column, what it says now, what it should say (src/cases/corrected-values.ts). */

type Value = { readonly code: string; readonly now: string }

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** The columns that are being changed: column → what it should say. */
export function changedOf(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines.split('\n').flatMap(line => {
      const [code = '', from, to = ''] = line.split('\t')
      return code === '' || from === undefined ? [] : [[code, to] as const]
    }),
  )
}

/** The lines with one column changed; `to` null: it is not changed after all. */
export function withChanged(values: readonly Value[], lines: string, code: string, to: string | null): string {
  const changed = new Map(changedOf(lines))
  if (to === null) changed.delete(code)
  else changed.set(code, oneLine(to))
  return values
    .filter(one => changed.has(one.code))
    .map(one => [one.code, one.now, changed.get(one.code)].join('\t'))
    .join('\n')
}
