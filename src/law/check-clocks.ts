import { addDays } from '../base/day.ts'
import { DEFAULT_SET, type ObjectionClocks, type ObjectionStep } from './clock-model.ts'
import { type Check, type Ground, instrumentIdOf, type Report } from './ground.ts'
import { instrumentInForce } from './law.ts'
import type { Located } from './reading.ts'

/** Terms of objections by place: complete, one set for each place and day, resting on acts in force; and the city's choice among them. */
export const checkClocks: Check = (ground, report) => {
  const { objectionClocks } = ground.reading
  for (const set of objectionClocks) {
    const { inForceFrom, inForceUntil } = set.value
    if (inForceUntil !== null && inForceUntil < inForceFrom)
      report('law.clock-range-inverted', set, ['inForceUntil'], { from: inForceFrom, until: inForceUntil })
    checkSteps(ground, set, report)
  }
  checkEditions(objectionClocks, report)
  checkPlaces(ground, report)
  checkChoice(ground, report)
}

/** What every set has to say; of a duty that begins anew with another unit, and of one that runs on. */
const NEEDED: Readonly<Record<'anew' | 'runs-on', readonly (readonly ObjectionStep[])[]>> = {
  anew: [['own-scope'], ['provider']],
  'runs-on': [['own-scope'], ['with-provider', 'longest']],
}

function checkSteps(ground: Ground, at: Located<ObjectionClocks>, report: Report): void {
  const { steps, transfer, set } = at.value
  const held = new Map<ObjectionStep, (typeof steps)[number]>()
  steps.forEach((one, index) => {
    const path = ['steps', index]
    if (held.has(one.step)) report('law.clock-step-twice', at, path, { set, step: one.step })
    held.set(one.step, one)
    const isInDays = one.unit === 'working' || one.count === 'at-once'
    if (isInDays === (one.dayOff !== undefined)) report('law.clock-day-off', at, path, { step: one.step })
    checkBasis(ground, at, [...path, 'basis'], one.basis, report)
  })
  checkBasis(ground, at, ['transfer', 'basis'], transfer.basis, report)
  for (const either of NEEDED[transfer.starts])
    if (!either.some(step => held.has(step))) report('law.clock-step-missing', at, ['set'], { set, step: either.join('、') })
  const daysOf = (step: ObjectionStep): number => {
    const one = held.get(step)
    return one?.unit === 'working' && one.count !== 'at-once' ? one.count : 0
  }
  for (const total of ['with-provider', 'longest'] as const)
    for (const part of ['own-scope', 'provider'] as const)
      if (daysOf(total) > 0 && daysOf(total) < daysOf(part))
        report('law.clock-total-short', at, ['steps', steps.findIndex(one => one.step === total)], { total, part })
}

/** A term holds from the first day of its set: an act that comes into force later gives it none. */
function checkBasis(
  { law }: Ground,
  at: Located<ObjectionClocks>,
  path: readonly (string | number)[],
  bases: readonly string[],
  report: Report,
): void {
  const acts = bases.flatMap(basis => law.instruments.get(instrumentIdOf(basis)) ?? [])
  const { inForceFrom, inForceUntil } = at.value
  const holds = acts.some(
    act => instrumentInForce(act, inForceFrom) && (inForceUntil === null || instrumentInForce(act, inForceUntil)),
  )
  if (acts.length > 0 && !holds) report('law.clock-basis-not-in-force', at, path, { day: inForceFrom })
}

function checkEditions(sets: readonly Located<ObjectionClocks>[], report: Report): void {
  for (const editions of Map.groupBy(sets, one => one.value.set).values()) {
    const sorted = [...editions].sort((a, b) => (a.value.inForceFrom < b.value.inForceFrom ? -1 : 1))
    sorted.forEach((edition, index) => {
      const earlier = sorted[index - 1]?.value
      if (!earlier) return
      const { set, inForceFrom } = edition.value
      const follows = earlier.inForceUntil === null ? null : addDays(earlier.inForceUntil, 1)
      if (follows === null || inForceFrom < follows) report('law.clock-set-overlap', edition, ['inForceFrom'], { set })
      else if (inForceFrom > follows) report('law.clock-set-gap', edition, ['inForceFrom'], { set, day: follows })
    })
  }
}

function checkPlaces({ reading }: Ground, report: Report): void {
  const owner = new Map<string, string>()
  for (const one of reading.objectionClocks) {
    const { set, place } = one.value
    if ((place === null) !== (set === DEFAULT_SET)) report('law.clock-default', one, ['place'], { set })
    if (place === null) continue
    const other = owner.get(place)
    if (other !== undefined && other !== set) report('law.clock-place-twice', one, ['place'], { place, other })
    owner.set(place, set)
  }
  const [first] = reading.objectionClocks
  if (first && !reading.objectionClocks.some(one => one.value.set === DEFAULT_SET))
    report('law.clock-default', first, ['set'], { set: DEFAULT_SET })
}

/** A city goes by the default, or by the set of where it lies; an invented one lies nowhere. */
function checkChoice({ law, reading }: Ground, report: Report): void {
  for (const choice of reading.cityClocks) {
    const { set } = choice.value.objection
    const chosen = reading.objectionClocks.filter(one => one.value.set === set)
    if (chosen.length === 0) report('law.clock-set-unknown', choice, ['objection', 'set'], { set })
    const { division, inventedPrefixes } = law.city
    const isElsewhere = chosen.some(({ value: { place } }) => place !== null && !division.startsWith(place))
    if (isElsewhere && inventedPrefixes.length === 0)
      report('law.clock-set-elsewhere', choice, ['objection', 'set'], { set, division })
  }
}
