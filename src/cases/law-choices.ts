import type { Law } from '../law/law.ts'
import type { ListRule } from '../law/list-model.ts'
import { mayDecideList } from '../law/lists.ts'
import type { ChoicesOf } from '../law/procedure-words.ts'
import { listChoice } from './list-case.ts'

/* Choices of a field that the law gives and no table repeats: the grounds and degrees of the lists that are decided here. */

type LawChoice = { readonly id: string; readonly list: string; readonly listName: string; readonly said: string }

const SAID_BY: Readonly<Record<ChoicesOf, (list: ListRule) => readonly (readonly [id: string, said: string])[]>> = {
  'list-grounds': ({ grounds }) => grounds.map(({ id, text }) => [id, text]),
  'list-degrees': ({ handling }) => handling.map(({ degree, does }) => [degree, `${degree} · ${does}`]),
}

/** Every choice of every list that is decided by a procedure of this platform. */
export function lawChoices({ lists }: Pick<Law, 'lists'>, of: ChoicesOf): readonly LawChoice[] {
  return [...lists.values()]
    .filter(one => one.platformRole === 'decided-here')
    .flatMap(list =>
      SAID_BY[of](list).map(([id, said]) => ({ id: listChoice(list.list, id), list: list.list, listName: list.name, said })),
    )
}

type Asking = { readonly unit: string; readonly aboutRef?: string | null }

/** What a unit may choose: of the list that the case is about; before it is opened, of every list that the unit decides. */
export function choicesFor(law: Law, of: ChoicesOf, { unit, aboutRef }: Asking): { id: string; name: string }[] {
  return lawChoices(law, of)
    .filter(one => (aboutRef ? one.list === aboutRef : mayDecideList(law, unit, one.list)))
    .map(({ id, listName, said }) => ({ id, name: aboutRef ? said : `${listName} · ${said}` }))
}
