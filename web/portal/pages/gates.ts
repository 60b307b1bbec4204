import type { Day } from '../../../src/base/day.ts'
import type { Row } from '../../../src/db/database.ts'
import type { GatedFunction } from '../../../src/law/access-model.ts'
import { type Html, html } from '../html.ts'
import { linkBasis } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'

type GateRow = {
  readonly row: string
  readonly basis: string
  readonly purpose: string
  readonly necessity: string
  readonly effects: string
  readonly measures: string
  readonly authorUnit: string | null
  readonly signerUnit: string | null
  readonly statement: string
  readonly signedOn: Day
  readonly validFrom: Day
  readonly validUntil: Day
  readonly endedOn: Day | null
}

/** Functions that are registered and off: what each would do, and for those that were switched on, the assessment and who stands for it. */
export const gatesPage: Page = {
  path: '/gates',
  label: 'portal.gates',
  mayBeIndexed: true,
  open: portal => async () => {
    const { say } = portal
    const today = portal.today()
    const opened = await listOpened(portal)
    const { gated } = portal.law
    return {
      kind: 'page',
      heading: say('portal.gates'),
      main: html`<p class="lead">${say('portal.gates-lead')}</p>${gated.map(one =>
        functionOf(
          portal,
          one,
          opened.filter(gate => gate.row === one.row),
          today,
        ),
      )}`,
      data: {
        functions: gated.map(({ row, name, does, source, built }) => ({
          ...{ row, name, does, source, built },
          open: opened.some(gate => gate.row === row && isOpen(gate, today)),
          signed: opened.filter(gate => gate.row === row),
        })),
        asOf: today,
      },
    }
  },
}

async function listOpened({ db, city }: Portal): Promise<GateRow[]> {
  return await db.rows<GateRow & Row>({
    name: 'list-public-gates',
    text: `select function_row as row, basis, purpose, necessity, effects, measures, author_unit as "authorUnit", signer_unit as "signerUnit", statement,
        (signed_at at time zone $1)::date as "signedOn", valid_from as "validFrom", valid_until as "validUntil", (ended_at at time zone $1)::date as "endedOn"
      from pub.gate order by gate_id desc`,
    values: [city.zone],
  })
}

function isOpen(gate: GateRow, today: Day): boolean {
  return gate.endedOn === null && gate.validFrom <= today && today <= gate.validUntil
}

function functionOf(portal: Portal, { row, name, does, source }: GatedFunction, gates: readonly GateRow[], today: Day): Html {
  const { say } = portal
  const state = gates.some(gate => isOpen(gate, today)) ? 'portal.gate-open' : 'portal.gate-off'
  return html`<section class="card" id="${row}"><h2>${name}</h2><p>${does}</p><dl class="facts"><div><dt>${say('portal.state')}</dt><dd>${say(state)}</dd></div><div><dt>${say('portal.gate-source')}</dt><dd>${source}</dd></div></dl>${gates.map(gate => signedOf(portal, gate))}</section>`
}

function signedOf({ law, say }: Portal, gate: GateRow): Html {
  const unit = (id: string | null): string => (id === null ? '' : (law.units.get(id)?.name ?? id))
  const lines: (readonly [string, Html | string])[] = [
    ['portal.gate-term', say('portal.gate-span', { from: gate.validFrom, until: gate.endedOn ?? gate.validUntil })],
    ['portal.gate-basis', linkBasis(law, gate.basis)],
    ['portal.gate-purpose', gate.purpose],
    ['portal.gate-necessity', gate.necessity],
    ['portal.gate-effects', gate.effects],
    ['portal.gate-measures', gate.measures],
    ['portal.gate-author', unit(gate.authorUnit)],
    [
      'portal.gate-signer',
      say('portal.gate-signed', { unit: unit(gate.signerUnit), day: gate.signedOn, statement: gate.statement }),
    ],
  ]
  return html`<details><summary>${say('portal.gate-assessment', { day: gate.signedOn })}</summary><dl class="facts">${lines.map(([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl></details>`
}
