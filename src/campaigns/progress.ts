import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { Query, Row } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import type { Law } from '../law/law.ts'
import { editionOf, type ProcedureState } from '../law/procedure-model.ts'
import type { Progress } from './contract.ts'
import type { Campaign, CampaignId } from './model.ts'

/* How far a campaign is, in counts: its cases by state and by unit, what is past its day, how far its goals are. It names nobody. */

type Counts = Pick<Progress, 'opened' | 'open' | 'overdue' | 'done' | 'endedOther'>

type Group = Row & {
  readonly campaignId: CampaignId
  readonly unit: string
  readonly procedure: string
  readonly edition: string
  readonly state: string
  readonly isOpen: boolean
  readonly count: number
  readonly overdue: number
}
type StepRow = Row & { readonly campaignId: CampaignId; readonly step: string; readonly count: number }

/** The progress of each of these campaigns on a day. */
export async function progressOf(
  { law }: Pick<App, 'law'>,
  query: Query,
  campaigns: readonly Campaign[],
  today: Day,
): Promise<Map<CampaignId, Progress>> {
  const ids = campaigns.map(one => one.campaignId)
  const groups = ids.length === 0 ? [] : await groupsOf(query, ids, today)
  const steps = ids.length === 0 ? [] : await stepsOf(law, query, ids)
  return new Map(
    campaigns.map(one => {
      const own = <T extends { campaignId: CampaignId }>(rows: readonly T[]) =>
        rows.filter(row => row.campaignId === one.campaignId)
      return [one.campaignId, progressFrom(law, one, own(groups), own(steps))]
    }),
  )
}

async function groupsOf(query: Query, ids: readonly CampaignId[], today: Day): Promise<Group[]> {
  return await query.rows<Group>({
    name: 'campaign-groups',
    text: `select f.parent_id as "campaignId", f.unit, f.procedure, f.edition, f.state, f.closed_at is null as "isOpen", count(*)::int as count,
        count(*) filter (where f.closed_at is null and exists (select from case_clock c where c.subject_id = f.subject_id and c.case_id = f.case_id
          and c.stopped_on is null and c.duty <> 'term' and c.due_on < $2))::int as overdue
      from case_file f where f.parent_id = any($1::bigint[]) group by 1, 2, 3, 4, 5, 6 order by 1, 3, 5, 2`,
    values: [ids, today],
  })
}

async function stepsOf(law: Law, query: Query, ids: readonly CampaignId[]): Promise<StepRow[]> {
  const pairs = campaignsOf(law).steps.flatMap(({ step, letters }) => letters.map(letter => ({ step, letter })))
  return await query.rows<StepRow>({
    name: 'campaign-steps',
    text: `select f.parent_id as "campaignId", s.step, count(distinct f.case_id)::int as count
      from unnest($2::text[], $3::text[]) as s (step, letter) join notice n on n.notice = s.letter
        join case_file f on f.subject_id = n.subject_id and f.case_id = n.case_id
      where f.parent_id = any($1::bigint[]) group by 1, 2`,
    values: [ids, pairs.map(one => one.step), pairs.map(one => one.letter)],
  })
}

function progressFrom(law: Law, campaign: Campaign, groups: readonly Group[], steps: readonly StepRow[]): Progress {
  const rules = campaignsOf(law)
  const all = countsOf(law, groups)
  const states = new Map<string, Progress['states'][number]>()
  for (const group of groups) {
    const key = `${group.procedure} ${group.state}`
    const { procedureName, stateName } = namesOf(law, group)
    const count = (states.get(key)?.count ?? 0) + group.count
    states.set(key, { procedure: group.procedure, procedureName, state: group.state, stateName, count })
  }
  const units = [...new Set(groups.map(one => one.unit))].sort()
  return {
    ...all,
    states: [...states.values()],
    units: units.map(unit => ({
      unit,
      unitName: law.units.get(unit)?.name ?? unit,
      ...countsOf(
        law,
        groups.filter(one => one.unit === unit),
      ),
    })),
    steps: rules.steps.map(({ step, name }) => ({ step, name, count: steps.find(one => one.step === step)?.count ?? 0 })),
    goals: rules.goals
      .filter(({ goal }) => campaign.goals[goal] !== undefined)
      .map(({ goal, name, counts }) => ({
        ...{ goal, name, planned: campaign.goals[goal] ?? 0 },
        done: counts === 'opened' ? all.opened : all.done,
      })),
  }
}

function countsOf(law: Law, groups: readonly Group[]): Counts {
  const sum = (wanted: (group: Group) => boolean, of: 'count' | 'overdue' = 'count'): number =>
    groups.filter(wanted).reduce((total, group) => total + group[of], 0)
  const ends = campaignsOf(law).procedures
  const isDone = ({ isOpen, procedure, state }: Group): boolean =>
    !isOpen && ends.some(one => one.procedure === procedure && one.done.includes(state))
  return {
    opened: sum(() => true),
    open: sum(group => group.isOpen),
    overdue: sum(group => group.isOpen, 'overdue'),
    done: sum(isDone),
    endedOther: sum(group => !group.isOpen && !isDone(group)),
  }
}

type Stated = Pick<Group, 'procedure' | 'edition' | 'state'>

function stateIn(law: Law, { procedure, edition, state }: Stated): ProcedureState | undefined {
  const editions = law.procedures.get(procedure) ?? []
  const table = editions.find(one => editionOf(one) === edition) ?? editions.at(-1)
  return table?.states.find(one => one.state === state)
}

function namesOf(law: Law, stated: Stated): { procedureName: string; stateName: string } {
  return {
    procedureName: law.procedures.get(stated.procedure)?.at(-1)?.name ?? stated.procedure,
    stateName: stateIn(law, stated)?.name ?? stated.state,
  }
}
