import { say } from './words.ts'

type Props = {
  readonly title: string
  readonly number: string | null
  readonly article: string | null
  readonly text: string | null
}

/** A statute: its citation, and its words where they are held with a source; otherwise it says that they are still to be entered. */
export function LawQuote({ title, number, article, text }: Props) {
  const name = title.startsWith('《') ? title : say('console.law.title', { title })
  return (
    <figure className="mx-law">
      <figcaption>
        {name}
        {number ? <span className="mx-quiet">{number}</span> : null}
        {article ? ` ${/^\d/.test(article) ? say('console.law.article', { article }) : article}` : null}
      </figcaption>
      {text ? <blockquote>{text}</blockquote> : <p className="mx-law-missing">{say('console.law.text-missing')}</p>}
    </figure>
  )
}
