import { useMutation } from '@tanstack/react-query'
import { endKeyDoor } from '../../../src/programs/contract.ts'
import { call } from '../../kit/call.ts'
import { instantText } from '../../kit/day-text.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { type Column, RecordTable } from '../../kit/RecordTable.tsx'
import { say } from '../../kit/words.ts'
import { useMe } from '../session.ts'
import type { Key, Program } from './program-queries.ts'
import { TwoSteps } from './TwoSteps.tsx'

type Props = { readonly program: Program; readonly onChange: () => Promise<void> }

/** The keys of a program, with their terms and how each may be ended. */
export function KeyTable({ program, onChange }: Props) {
  const me = useMe()
  const ending = useMutation({
    mutationFn: ({ keyId, isLost }: { keyId: string; isLost: boolean }) =>
      call(endKeyDoor, { params: { programId: program.programId, keyId }, input: { isLost } }),
    onSuccess: onChange,
  })
  const mayEnd = me.permissions.includes('program.close')
  const columns: Column<Key>[] = [
    { key: 'key', title: say('console.programs.key'), heads: true, whole: true, cell: it => it.keyId },
    { key: 'algorithm', title: say('console.programs.algorithm'), cell: it => say(`console.programs.${it.algorithm}`) },
    { key: 'state', title: say('console.programs.key-state'), whole: true, cell: it => say(`console.programs.key-${it.state}`) },
    {
      key: 'term',
      title: say('console.programs.term'),
      cell: it =>
        say(it.untilAt ? 'console.programs.from-until' : 'console.programs.from-on', {
          from: instantText(it.fromAt),
          until: it.untilAt ? instantText(it.untilAt) : '',
        }),
    },
    { key: 'made', title: say('console.programs.made-by'), cell: it => it.madeBy ?? '—' },
    ...(mayEnd
      ? [
          {
            key: 'end',
            title: say('console.programs.end'),
            cell: (it: Key) =>
              it.state === 'ended' || it.state === 'revoked' ? (
                '—'
              ) : (
                <span className="mx-row">
                  <TwoSteps
                    label={say('console.programs.end-key')}
                    about={it.keyId}
                    effect={say('console.programs.end-effect')}
                    busy={ending.isPending}
                    onSure={() => ending.mutate({ keyId: it.keyId, isLost: false })}
                  />
                  <TwoSteps
                    label={say('console.programs.revoke-key')}
                    about={it.keyId}
                    effect={say('console.programs.revoke-effect')}
                    busy={ending.isPending}
                    onSure={() => ending.mutate({ keyId: it.keyId, isLost: true })}
                  />
                </span>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <ErrorSummary key={ending.submittedAt} problem={ending.error} />
      <RecordTable
        caption={say('console.programs.keys', { name: program.name })}
        columns={columns}
        rows={program.keys}
        rowKey={it => it.keyId}
        empty={<p>{say('console.programs.no-key')}</p>}
        hideCaption
      />
    </>
  )
}
