import type { ActView, CaseView } from '../../../src/cases/shapes.ts'
import { ClockFold } from '../../kit/ClockFold.tsx'
import { say } from '../../kit/words.ts'
import { LinkButton } from '../shell/LinkButton.tsx'

/** The clocks, what the law allows now as buttons, and why not the rest. */
export function CaseSide({ shown }: { readonly shown: CaseView }) {
  const may = shown.acts.filter(act => act.mayDo)
  const mayNot = shown.acts.filter(act => !act.mayDo)
  const isOpen = shown.end === null
  return (
    <aside className="mx-case-side" aria-label={say('console.cases.side')}>
      <Clocks shown={shown} />
      {isOpen ? (
        <section className="mx-panel" aria-labelledby="may-now">
          <h2 id="may-now">{say('console.cases.may-now')}</h2>
          {may.length === 0 ? <p>{notYourTurn(shown)}</p> : null}
          <ul className="mx-acts">
            {may.map(act => (
              <Act key={act.act} act={act} />
            ))}
          </ul>
        </section>
      ) : null}
      {isOpen && mayNot.length > 0 ? (
        <section className="mx-panel" aria-labelledby="may-not">
          <h2 id="may-not">{say('console.cases.may-not')}</h2>
          <ul className="mx-acts">
            {mayNot.map(act => (
              <li key={act.act}>
                <strong>{act.name}</strong> <Second act={act} />
                <p>{act.why}</p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </aside>
  )
}

function notYourTurn({ turn, waitsFor }: CaseView): string {
  return turn === 'second' ? say('console.cases.waits-for-second') : say('console.cases.not-your-turn', { who: waitsFor })
}

function Act({ act }: { readonly act: ActView }) {
  return (
    <li>
      <LinkButton to={`?act=${act.act}`}>{act.name}</LinkButton> <Second act={act} />
      <p>{act.does}</p>
      <p className="mx-quiet">{say('console.cases.basis-of', { basis: act.cites.join('、') })}</p>
    </li>
  )
}

/** The mark of an act that another officer than the one who proposed it does. */
export function Second({ act }: { readonly act: Pick<ActView, 'isSecond'> }) {
  return act.isSecond ? <span className="mx-mark mx-tone-info mx-edge-solid">{say('console.cases.second')}</span> : null
}

/** What runs in front; what has ended folded away. */
function Clocks({ shown }: { readonly shown: CaseView }) {
  const running = shown.clocks.filter(clock => clock.doneOn === null)
  const ended = shown.clocks.filter(clock => clock.doneOn !== null)
  if (shown.clocks.length === 0) return null
  return (
    <section className="mx-panel" aria-labelledby="clocks">
      <h2 id="clocks">{say('console.cases.clocks')}</h2>
      {running.length === 0 ? <p className="mx-quiet">{say('console.cases.no-clock')}</p> : null}
      <ClockList clocks={running} />
      {ended.length === 0 ? null : (
        <details>
          <summary>{say('console.cases.ended-clocks', { count: ended.length })}</summary>
          <ClockList clocks={ended} />
        </details>
      )}
    </section>
  )
}

function ClockList({ clocks }: { readonly clocks: CaseView['clocks'] }) {
  return (
    <ul className="mx-acts">
      {clocks.map(clock => (
        <li key={`${clock.clock}-${clock.runNo}`}>
          <strong>{clock.name}</strong>
          <ClockFold sheet={clock.sheet} />
        </li>
      ))}
    </ul>
  )
}
