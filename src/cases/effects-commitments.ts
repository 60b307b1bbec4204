import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { nameShownTo, shownTo } from '../disclosure/mask-for.ts'
import { fileDecided } from '../intake/file-decided.ts'
import { commitmentNumber } from '../law/commitments.ts'
import { type CommitmentFacts, commitmentText, type Pledge, pledgeOf, templateDigest } from '../law/pledge.ts'
import { insertCaseRecord } from './case-records.ts'
import {
  findCommitment,
  hideCommitment,
  insertCommitment,
  type KeptCommitment,
  showCommitment,
  takeSerial,
} from './commitment-store.ts'
import type { Effect, EffectGround } from './effects.ts'

/*
 * A commitment is numbered and shown in the transaction in which it is signed, lives in its case while it is to be kept, and becomes a record when it
 * is decided whether it was (M116, M118, M125, M128). From then on the record speaks alone: what is repaired or annulled is seen nowhere.
 */

type Card = { readonly name: string; readonly uscc: string | null; readonly kind: string }

async function cardOf(made: Change, { key }: EffectGround): Promise<Card> {
  const card = await made.tx.row<{ name: string | null; uscc: string | null; kind: string | null }>({
    name: 'commitment-card',
    text: 'select name, uscc, kind from subject_card where subject_id = $1',
    values: [key.subjectId],
  })
  return { name: card?.name ?? '', uscc: card?.uscc ?? null, kind: card?.kind ?? '' }
}

const factsOf = (app: App, { name, uscc }: Card, kept: Pick<KeptCommitment, 'number' | 'unit' | 'madeOn'>): CommitmentFacts => ({
  subject: name,
  code: uscc ?? '',
  unit: app.law.units.get(kept.unit)?.name ?? kept.unit,
  number: kept.number,
  day: kept.madeOn,
})

const registerCommitment: Effect = async (app, made, ground) => {
  const { key, filled } = ground
  const pledge = pledgeOf(app.law, filled['matter'], made.today)
  if (!pledge) throw new NotFound('commitment.matter-unknown')
  const kept: KeptCommitment = {
    ...{ ...key, number: await numberOf(app, made, pledge), unit: pledge.unit, matter: pledge.id, type: pledge.type.type },
    ...{ template: pledge.template.template, edition: pledge.template.inForceFrom, digest: templateDigest(pledge.template) },
    ...{ openness: filled['openness'] ?? 'closed', madeOn: made.today, validUntil: pledgedUntil(filled, made) },
  }
  await insertCommitment(made, kept)
  if (kept.openness === 'public') await show(app, made, ground, pledge, kept)
}

const pledgedUntil = (filled: EffectGround['filled'], made: Change): KeptCommitment['validUntil'] =>
  (filled['until'] ?? made.today) as KeptCommitment['validUntil']

/** 承诺编码: the division of the unit's county or of the city, the day, a serial. */
async function numberOf(app: App, made: Change, { unit }: Pledge): Promise<string> {
  const county = app.law.units.get(unit)?.county
  const division = app.city.counties.find(one => one.id === county)?.division ?? app.city.division
  const number = commitmentNumber(app.law, division, made.today, await takeSerial(made, division))
  if (!number) throw new Refusal('commitment.numbers-used-up', null, { day: made.today })
  return number
}

async function show(app: App, made: Change, ground: EffectGround, pledge: Pledge, kept: KeptCommitment): Promise<void> {
  const card = await cardOf(made, ground)
  const { caseId: _, openness: __, ...shown } = kept
  await showCommitment(made, {
    ...shown,
    matter: pledge.name,
    subjectName: nameShownTo(app.law, 'public', card),
    uscc: card.uscc,
    unitName: app.law.units.get(kept.unit)?.name ?? kept.unit,
    typeName: pledge.type.text,
    text: commitmentText(pledge, ground.filled, factsOf(app, card, kept)).map(one =>
      shownTo(app.law, 'free-text', 'public', one),
    ),
  })
}

const unpublish: Effect = async (_, made, { key }) => {
  const kept = await findCommitment(made.tx, key)
  if (kept) await hideCommitment(made, kept.number)
}

/** The record of a commitment, with whether it was kept; what was shown of it until now goes in the same transaction. */
const files =
  (isBroken: boolean): Effect =>
  async (app, made, ground) => {
    const kept = await findCommitment(made.tx, ground.key)
    const pledge = kept && pledgeOf(app.law, kept.matter, kept.madeOn)
    if (!kept || !pledge) throw new NotFound('commitment.matter-unknown')
    const recordId = await fileDecided(app, made, {
      subjectId: ground.key.subjectId,
      unit: ground.unit,
      item: app.law.commitments.register?.item ?? '',
      fileName: app.words.say('commitment.case-file', { number: ground.number }),
      values: {
        ...openingValues(app, ground, pledge, { kept, card: await cardOf(made, ground) }),
        ...endValues(app, made, ground, isBroken),
      },
    })
    await insertCaseRecord(made, ground.key, { recordId, entryNo: ground.entryNo })
    await hideCommitment(made, kept.number)
  }

type Values = Readonly<Record<string, string | undefined>>

/** A column of the register by what it is (law/commitments/register.yaml). */
function byColumn({ law }: App, values: Values): Values {
  const columns = law.commitments.register?.register ?? []
  return Object.fromEntries(
    columns.flatMap(({ field, column }) => (values[field] === undefined ? [] : [[column, values[field]]])),
  )
}

type Signed = { readonly kept: KeptCommitment; readonly card: Card }

const textOf = (app: App, list: string, code: string): string | undefined =>
  app.law.codeLists.get(list)?.values.find(one => one.code === code)?.text

function openingValues(app: App, { filled }: EffectGround, pledge: Pledge, { kept, card }: Signed): Values {
  const unit = app.law.units.get(kept.unit)
  const facts = factsOf(app, card, kept)
  const said = (...says: NonNullable<Parameters<typeof commitmentText>[3]>): string =>
    commitmentText(pledge, filled, facts, says).join('\n')
  return byColumn(app, {
    code: kept.number,
    'subject-name': card.name,
    'subject-category': textOf(app, 'counterpart-category-organisation', card.kind === 'sole-trader' ? '4' : '1'),
    'subject-code': card.uscc ?? undefined,
    type: pledge.type.text,
    reason: [pledge.name, filled['project']].filter(Boolean).join('：'),
    content: said('promise', 'truth', 'performance'),
    liability: said('liability'),
    'made-on': kept.madeOn,
    'valid-until': kept.validUntil,
    'accepting-unit': unit?.name,
    'accepting-unit-code': unit?.uscc ?? undefined,
    openness: app.law.commitments.register?.openness.find(one => one.openness === kept.openness)?.text,
  })
}

function endValues(app: App, made: Change, { filled, unit: id, number }: EffectGround, isBroken: boolean): Values {
  const unit = app.law.units.get(id)
  const state = isBroken ? filled['degree'] : 'full'
  const isMended = !isBroken && filled['mended'] !== undefined
  return byColumn(app, {
    fulfilment: app.law.commitments.register?.fulfilment.find(one => one.state === state)?.text,
    unperformed: isBroken ? filled['unperformed'] : undefined,
    'liability-pursued': isBroken ? filled['liability'] : undefined,
    'fulfilment-on': made.today,
    'confirming-unit': unit?.name,
    'confirming-unit-code': unit?.uscc ?? undefined,
    remarks: app.words.say(isMended ? 'commitment.remark-mended' : 'commitment.remark', { number }),
  })
}

export const COMMITMENT_EFFECTS = {
  'register-commitment': registerCommitment,
  'unpublish-commitment': unpublish,
  'file-commitment': files(false),
  'file-breach': files(true),
} as const satisfies Record<string, Effect>
