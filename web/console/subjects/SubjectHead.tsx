import type { z } from 'zod'
import type { CardView } from '../../../src/archive/contract.ts'
import { CodeText } from '../../kit/CodeText.tsx'
import { districtName } from '../../kit/districts.ts'
import { say, sayOr } from '../../kit/words.ts'

type Card = z.output<typeof CardView>

/** Who this is: registration data that anyone may know. */
export function SubjectHead({ subject }: { readonly subject: Card }) {
  const facts: [name: string, value: React.ReactNode][] = [
    ['name', subject.kind === 'natural-person' ? subject.name : null],
    ['code', subject.uscc ? <CodeText key="code" code={subject.uscc} /> : say('console.subjects.no-code')],
    ['kind', [sayOr(`console.kind.${subject.kind}`, subject.kind), subject.enterpriseType].filter(Boolean).join(' · ')],
    ['status', subject.registered ? (subject.status ?? '—') : say('console.subject.reports-only')],
    ['representative', subject.legalRepresentative],
    ['district', districtName(subject.district)],
    ['address', subject.address],
    ['founded', [subject.foundedOn, subject.endedOn].filter(Boolean).join(' / ')],
    [
      'former',
      subject.formerNames
        .map(it => say('console.subject.former-name', { name: it.name, from: it.from, until: it.until }))
        .join('；'),
    ],
    ['old-codes', subject.oldCodes.join('、')],
  ]
  return (
    <dl className="mx-facts mx-panel mx-identity">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{say(`console.subject.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
