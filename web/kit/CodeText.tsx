import { codeGroups } from './code-groups.ts'

/** A code in groups set apart by gaps, so that a copy has no blanks. `differs`: the groups (by index) that set it apart from a neighbour. */
export function CodeText({ code, differs = [] }: { readonly code: string; readonly differs?: readonly number[] }) {
  return (
    <span className="mx-code">
      {codeGroups(code).map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a code have no identity but their place
        <span key={at} className={differs.includes(at) ? 'mx-code-differs' : undefined}>
          {group}
        </span>
      ))}
    </span>
  )
}
