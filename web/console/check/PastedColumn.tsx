import { Link } from 'react-router'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { keepPastedLines, linesOf } from './pasted-lines.ts'

/** A pasted column is offered as a batch check. */
export function PastedColumn({ text, onTaken }: { readonly text: string; readonly onTaken: () => void }) {
  const count = linesOf(text).length
  return (
    <p role="status" className={count > 1 ? 'mx-said' : 'mx-hidden'}>
      {count > 1 ? (
        <Link
          to={pathTo('batch')}
          onClick={() => {
            keepPastedLines(text)
            onTaken()
          }}
        >
          {say('console.search.batch', { count })}
        </Link>
      ) : null}
    </p>
  )
}
