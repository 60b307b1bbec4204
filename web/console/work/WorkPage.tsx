import { queryOptions, useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { listConfirmations } from '../../../src/confirmations/contract.ts'
import { listPunctuality } from '../../../src/intake/contract.ts'
import { call } from '../../kit/call.ts'
import { minuteText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { countText, say } from '../../kit/words.ts'
import { figuresQuery } from '../cases/case-queries.ts'
import { dueTitle } from '../cases/DueCounters.tsx'
import { deliveriesQuery } from '../deliveries/delivery-queries.ts'
import { alertsQuery, ownAlertsQuery } from '../looks/look-queries.ts'
import { correctionsQuery } from '../receivers/receiver-queries.ts'
import { pathTo } from '../routes.ts'
import { useMay, useMe } from '../session.ts'
import { LinkButton } from '../shell/LinkButton.tsx'
import { Page } from '../shell/Page.tsx'
import { openText, queueQuery } from '../waiting/waiting-queries.ts'
import { Begun } from './Begun.tsx'
import { DueCases } from './DueCases.tsx'
import { LatestDeliveries } from './LatestDeliveries.tsx'
import { CONFIRMED_AT, type Task, tasksOf } from './work-list.ts'

/** What I must do. Every row is a deed; a page without one says so and offers the usual next step. */
export function WorkPage() {
  const me = useMe()
  const may = {
    ...{ deliveries: useMay('delivery.read'), waiting: useMay('waiting.decide'), departments: useMay('department.read') },
    cases: useMay('case.read'),
  }
  const figures = useQuery({ ...figuresQuery({ turn: 'ours' }), enabled: may.cases })
  const watch = useWatch()
  const deliveries = useQuery({ ...deliveriesQuery(null), enabled: may.deliveries })
  const waiting = useQuery({ ...queueQuery('open'), enabled: may.waiting })
  const month = `${me.today.slice(0, 7)}-01`
  const departments = useQuery({ ...punctualityQuery(month, me.today), enabled: may.departments })
  const pending = [deliveries, waiting, departments, ...watch.asked].some(it => it.isLoading)
  const tasks = tasksOf({
    deliveries: deliveries.data?.deliveries ?? [],
    waiting: waiting.data ? { open: waiting.data.open, oldest: waiting.data.waiting[0]?.openedAt ?? null } : null,
    departments: departments.data?.departments ?? [],
    ...watch.found,
    ownUnit: me.unit,
    seesAll: may.waiting || me.permissions.includes('look.audit'),
  })
  return (
    <Page
      title={say('console.work.title')}
      state={dueTitle(figures.data) ?? (tasks.length > 0 ? say('console.work.count', { count: tasks.length }) : undefined)}
    >
      <ErrorSummary problem={[deliveries, waiting, departments, ...watch.asked].find(it => it.error)?.error} />
      <div className={may.deliveries ? 'mx-work' : undefined}>
        <div>
          {may.cases ? <DueCases /> : null}
          {pending ? <Skeleton active title={false} /> : <Tasks tasks={tasks} besideCases={may.cases} />}
          {watch.begun.length > 0 ? <Begun begun={watch.begun} /> : null}
        </div>
        {may.deliveries ? <LatestDeliveries deliveries={deliveries.data?.deliveries ?? []} /> : null}
      </div>
    </Page>
  )
}

const confirmationsQuery = queryOptions({
  queryKey: ['confirmations'],
  queryFn: () => call(listConfirmations),
})

/** What asks for a deed of those who look, of those who watch them, and of whoever is the second of two persons. */
function useWatch() {
  const own = useQuery(ownAlertsQuery())
  const alerts = useQuery({ ...alertsQuery(true), enabled: useMay('look.audit') })
  const confirmations = useQuery(confirmationsQuery)
  const corrections = useQuery({ ...correctionsQuery({ state: 'open', units: 'own' }), enabled: useMay('receiver.confirm') })
  const taken = corrections.data
  return {
    asked: [own, alerts, confirmations, corrections],
    begun: confirmations.data?.begun ?? [],
    found: {
      ownAlerts: own.data?.alerts ?? [],
      alerts: alerts.data?.alerts ?? [],
      confirmations: confirmations.data?.toConfirm ?? [],
      ...(taken ? { corrections: { ...taken, oldest: taken.corrections[0]?.openedAt ?? null } } : {}),
    },
  }
}

function punctualityQuery(from: string, to: string) {
  return queryOptions({
    queryKey: ['departments', from, to],
    queryFn: () => call(listPunctuality, { query: { from, to } }),
    staleTime: 60_000,
  })
}

function Tasks({ tasks, besideCases }: { readonly tasks: readonly Task[]; readonly besideCases: boolean }) {
  if (besideCases && tasks.length === 0) return null
  const columns: Column<Task>[] = [
    { key: 'task', title: say('console.work.task'), heads: true, cell: task => <TaskLink task={task} /> },
    { key: 'what', title: say('console.work.what'), cell: whatOf },
    { key: 'unit', title: say('console.deliveries.unit'), cell: unitOf },
    {
      key: 'since',
      title: say('console.work.since'),
      whole: true,
      cell: task => (task.since ? minuteText(task.since) : say('console.work.this-month')),
    },
  ]
  const caption = say(besideCases ? 'console.work.others-caption' : 'console.work.caption')
  return <RecordTable caption={caption} columns={columns} rows={tasks} rowKey={keyOf} empty={<Nothing />} />
}

function keyOf(task: Task): string {
  if (task.kind === 'mend') return String(task.delivery.deliveryId)
  if (task.kind === 'confirm') return `confirm-${task.confirmation.kind}`
  return task.kind === 'late' ? task.department.unit : task.kind
}

function TaskLink({ task }: { readonly task: Task }) {
  if (task.kind === 'mend')
    return (
      <Link to={pathTo('delivery', { deliveryId: task.delivery.deliveryId })}>
        {say('console.work.mend', { count: task.delivery.counts.refused })}
      </Link>
    )
  if (task.kind === 'waiting')
    return <Link to={pathTo('waiting')}>{say('console.work.decide', { count: openText(task.open) })}</Link>
  if (task.kind === 'confirm') {
    const { kind, count } = task.confirmation
    return <Link to={CONFIRMED_AT[kind]}>{say(`console.work.confirm-${kind}`, { count })}</Link>
  }
  if (task.kind !== 'late')
    return (
      <Link to={pathTo(task.kind === 'explain' ? 'asked-looks' : task.kind)}>
        {say(`console.work.${task.kind}`, { count: task.count })}
      </Link>
    )
  return <Link to={pathTo('departments')}>{say('console.work.late', { count: task.department.late })}</Link>
}

function whatOf(task: Task): string {
  if (task.kind === 'mend') return say('console.work.mend-what', { item: task.delivery.itemName, file: task.delivery.fileName })
  if (task.kind === 'waiting') return say('console.work.decide-what')
  if (task.kind === 'explain' && task.dueOn !== null) return say('console.work.explain-what', { dueOn: task.dueOn })
  if (task.kind === 'explain') return say('console.alerts.step-due-unknown', { days: task.workingDays })
  if (task.kind === 'confirm') return say('console.work.confirm-what', { about: task.confirmation.about })
  if (task.kind === 'receivers' && task.overdue > 0) return say('console.work.receivers-overdue', { count: task.overdue })
  if (task.kind !== 'late') return say(`console.work.${task.kind}-what`)
  return say('console.work.late-what', { reported: countText(task.department.reported) })
}

function unitOf(task: Task): string {
  return task.kind === 'mend' ? task.delivery.unitName : task.kind === 'late' ? task.department.unitName : '—'
}

function Nothing() {
  const maySend = useMay('delivery.send')
  const mayCheck = useMay('check.make')
  const mayAudit = useMay('look.audit')
  return (
    <>
      <p>{say('console.work.none')}</p>
      <p className="mx-row">
        {maySend ? <LinkButton to={pathTo('send')}>{say('console.send.title')}</LinkButton> : null}
        {mayCheck ? <LinkButton to={pathTo('check')}>{say('console.check.title')}</LinkButton> : null}
        {mayAudit ? <LinkButton to={pathTo('looks')}>{say('console.looks.title')}</LinkButton> : null}
      </p>
    </>
  )
}
