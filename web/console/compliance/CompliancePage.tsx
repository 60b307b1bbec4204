import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useSearchParams } from 'react-router'
import type { z } from 'zod'
import type { CertificateView, CheckView } from '../../../src/gates/contract.ts'
import { listChecks, listGates, runCheck } from '../../../src/gates/contract.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { say } from '../../kit/words.ts'
import { FreshGate } from '../security/FreshGate.tsx'
import { useMe } from '../session.ts'
import { Page } from '../shell/Page.tsx'
import { Pager } from '../shell/Pager.tsx'
import { Gates } from './Gates.tsx'

/** Places of the two lists in the address. */
const CHECKS = 'checks'
const CERTIFICATES = 'certificates'

type Certificate = z.output<typeof CertificateView>

/** Whether the platform obeys: the self-check with what was asked, certificates of what went, and what stays switched off. */
export function CompliancePage() {
  const me = useMe()
  const client = useQueryClient()
  const [search] = useSearchParams()
  const places = { beforeCheck: search.get(CHECKS), beforeCertificate: search.get(CERTIFICATES) }
  const checks = useQuery({
    queryKey: ['compliance', places],
    queryFn: () => call(listChecks, { query: places }),
    placeholderData: keepPreviousData,
  })
  const gates = useQuery({ queryKey: ['gates'], queryFn: () => call(listGates) })
  const running = useMutation({
    mutationFn: () => call(runCheck),
    onSuccess: () => client.invalidateQueries({ queryKey: ['compliance'] }),
  })
  return (
    <FreshGate>
      <Page
        title={say('console.compliance.title')}
        lead={say('console.compliance.lead')}
        actions={
          me.permissions.includes('compliance.check') ? (
            <Button type="primary" loading={running.isPending} onClick={() => running.mutate()}>
              {say('console.compliance.run')}
            </Button>
          ) : null
        }
      >
        <ErrorSummary problem={checks.error ?? gates.error ?? running.error} />
        {checks.data && gates.data ? (
          <Tabs
            label={say('console.compliance.parts')}
            first={search.get('part') ?? (places.beforeCertificate ? 'certificates' : 'checks')}
            tabs={[
              {
                key: 'checks',
                label: say('console.compliance.checks'),
                content: <Checks checks={checks.data.checks} next={checks.data.nextCheck} />,
              },
              {
                key: 'certificates',
                label: say('console.compliance.certificates'),
                content: <Certificates certificates={checks.data.certificates} next={checks.data.nextCertificate} />,
              },
              { key: 'gates', label: say('console.compliance.gates'), content: <Gates gates={gates.data.gates} /> },
            ]}
          />
        ) : checks.error || gates.error ? null : (
          <Skeleton active title={false} />
        )}
      </Page>
    </FreshGate>
  )
}

function Checks({ checks, next }: { readonly checks: readonly CheckView[]; readonly next: number | null }) {
  const [latest, ...earlier] = checks
  if (!latest) return <p className="mx-empty">{say('console.compliance.never')}</p>
  const columns: Column<CheckView['findings'][number]>[] = [
    { key: 'name', title: say('console.compliance.name'), heads: true, cell: it => it.name },
    { key: 'question', title: say('console.compliance.question'), cell: it => it.question },
    {
      key: 'count',
      title: say('console.compliance.count'),
      align: 'right',
      cell: it => (it.count > 0 ? <strong className="mx-clock-overdue">{it.count}</strong> : it.count),
    },
  ]
  return (
    <>
      <RecordTable
        caption={say('console.compliance.latest', { at: instantText(latest.at), by: latest.by })}
        columns={columns}
        rows={latest.findings}
        rowKey={it => it.id}
        empty={null}
      />
      {earlier.length > 0 ? (
        <ul className="mx-reasons">
          {earlier.map(one => (
            <li key={one.checkId}>
              {instantText(one.at)} {one.by} {say(one.isClean ? 'console.compliance.clean' : 'console.compliance.found')}
            </li>
          ))}
        </ul>
      ) : null}
      <Pager name={CHECKS} next={next} />
    </>
  )
}

function Certificates({ certificates, next }: { readonly certificates: readonly Certificate[]; readonly next: number | null }) {
  const columns: Column<Certificate>[] = [
    { key: 'at', title: say('console.compliance.at'), heads: true, whole: true, cell: it => instantText(it.madeAt) },
    { key: 'name', title: say('console.compliance.what'), cell: it => it.name },
    { key: 'action', title: say('console.compliance.action'), cell: it => it.actionName },
    { key: 'count', title: say('console.compliance.count'), align: 'right', cell: it => it.counted },
    {
      key: 'file',
      title: say('console.compliance.file'),
      cell: it => (
        <a href={`/api/v1/compliance/certificates/${it.certificateId}`} download={`certificate-${it.certificateId}.json`}>
          {say('console.compliance.download', { no: it.certificateId })}
        </a>
      ),
    },
  ]
  return (
    <>
      <RecordTable
        caption={say('console.compliance.certificates-caption')}
        columns={columns}
        rows={certificates}
        rowKey={it => it.certificateId}
        empty={<p>{say('console.compliance.no-certificates')}</p>}
      />
      <Pager name={CERTIFICATES} next={next} />
    </>
  )
}
