import { declarationRulesOn } from '../law/declarations.ts'
import type { Law } from '../law/law.ts'
import type { ListRule } from '../law/list-model.ts'
import { mayDecideList } from '../law/lists.ts'
import type { Measure } from '../law/measure-model.ts'
import { pledgesOn } from '../law/pledge.ts'
import type { ChoicesOf } from '../law/procedure-words.ts'
import { listChoice } from './list-case.ts'
import { measureOf, triggersOf } from './measure-case.ts'

/*
 * Choices of a field that the law gives and no table repeats: the grounds and degrees of the lists that are decided here, the matters in which a
 * unit takes a commitment.
 */

type Choice = { readonly id: string; readonly said: string }
type ListChoice = Choice & { readonly list: string; readonly listName: string }
type OfLists = Exclude<ChoicesOf, 'commitment-matters' | 'declaration-families' | 'measure-triggers'>

const SAID_BY: Readonly<Record<OfLists, (list: ListRule) => readonly (readonly [id: string, said: string])[]>> = {
  'list-grounds': ({ grounds }) => grounds.map(({ id, text }) => [id, text]),
  'list-degrees': ({ handling }) => handling.map(({ degree, does }) => [degree, `${degree} · ${does}`]),
}

/** Every choice of every list that is decided by a procedure of this platform. */
function listChoices({ lists }: Pick<Law, 'lists'>, of: OfLists): readonly ListChoice[] {
  return [...lists.values()]
    .filter(one => one.platformRole === 'decided-here')
    .flatMap(list =>
      SAID_BY[of](list).map(([id, said]) => ({ id: listChoice(list.list, id), list: list.list, listName: list.name, said })),
    )
}

const declarationFamilies = (law: Law): readonly Choice[] =>
  (declarationRulesOn(law, null)?.families ?? []).map(({ family, name, hint }) => ({
    id: family,
    said: hint === '' ? name : `${name}（${hint}）`,
  }))

/** Every choice of a kind, whoever may choose it: what a field may hold, and how it reads. */
export function lawChoices(law: Law, of: ChoicesOf): readonly Choice[] {
  if (of === 'measure-triggers') return measureChoices(law, null)
  if (of === 'declaration-families') return declarationFamilies(law)
  if (of !== 'commitment-matters') return listChoices(law, of)
  return pledgesOn(law, null).map(({ id, unit, name }) => ({ id, said: `${law.units.get(unit)?.name ?? unit} · ${name}` }))
}

/** What may bring a measure about, of one measure or of all that may be begun here. */
function measureChoices(law: Law, one: Measure | null): readonly Choice[] {
  const all = one ? [one] : [...law.measures.values()].filter(({ enabled, computed }) => enabled && computed === 'prompt')
  return all.flatMap(measure =>
    triggersOf(law, measure).map(({ id, said }) => ({ id, said: one ? said : `${measure.name} · ${said}` })),
  )
}

type Asking = { readonly unit: string; readonly aboutRef?: string | null }

/**
 * What may be chosen here. Of a list: what belongs to the list that the case is about; before it is opened, to every list that the unit decides.
 * Of matters: those of the unit at whose window it is; for the subject itself all.
 */
export function choicesFor(law: Law, of: ChoicesOf, { unit, aboutRef }: Asking): { id: string; name: string }[] {
  if (of === 'declaration-families') return declarationFamilies(law).map(({ id, said }) => ({ id, name: said }))
  if (of === 'commitment-matters')
    return lawChoices(law, of)
      .filter(({ id }) => !law.units.has(unit) || id.startsWith(`${unit}:`))
      .map(({ id, said }) => ({ id, name: said }))
  if (of === 'measure-triggers')
    return measureChoices(law, measureOf(law, aboutRef ?? null)).map(({ id, said }) => ({ id, name: said }))
  return listChoices(law, of)
    .filter(one => (aboutRef ? one.list === aboutRef : mayDecideList(law, unit, one.list)))
    .map(({ id, listName, said }) => ({ id, name: aboutRef ? said : `${listName} · ${said}` }))
}
