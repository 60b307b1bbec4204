import { piecesOf, type Range } from './diff-text.ts'

/** A name with the characters that differ underlined on their own ground. Characters beyond the basic plane carry their code point. */
export function DiffText({ text, differs }: { readonly text: string; readonly differs: readonly Range[] }) {
  return (
    <span>
      {piecesOf(text, differs).map((piece, at) =>
        piece.differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
          <mark key={at} className="mx-differs" title={codePoints(piece.text)}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </span>
  )
}

function codePoints(text: string): string | undefined {
  const rare = Array.from(text).filter(character => (character.codePointAt(0) ?? 0) > 0xffff)
  if (rare.length === 0) return undefined
  return rare.map(character => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`).join(' ')
}
