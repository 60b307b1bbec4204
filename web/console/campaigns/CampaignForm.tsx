import { Button, Input, Segmented, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { CampaignChoices } from '../../../src/campaigns/contract.ts'
import { DayField } from '../../kit/DayField.tsx'
import { ErrorSummary, type FieldError } from '../../kit/ErrorSummary.tsx'
import { Field } from '../../kit/Field.tsx'
import { say } from '../../kit/words.ts'
import { pathTo } from '../routes.ts'
import { type CampaignDraft, missingOf } from './campaign-wish.ts'

type Props = {
  readonly choices: CampaignChoices
  readonly draft: CampaignDraft
  readonly problem: unknown
  readonly attempt: number
  readonly busy: boolean
  readonly onChange: (draft: CampaignDraft) => void
  readonly onSend: () => void
}

/** The form of a campaign: for which problem, on what it rests, who takes part, from when until when, how much work. */
export function CampaignForm(props: Props) {
  const { draft, busy } = props
  const [errors, setErrors] = useState<FieldError[]>([])
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    const found = missingOf(draft)
    setErrors(found)
    if (found.length === 0) props.onSend()
  }
  return (
    <form className="mx-panel mx-form mx-column" onSubmit={submit} noValidate autoComplete="off">
      <ErrorSummary key={props.attempt + errors.length} errors={errors} problem={props.problem} />
      <What {...props} errors={errors} />
      <Basis {...props} errors={errors} />
      <Who {...props} errors={errors} />
      <Goals {...props} errors={errors} />
      <p className="mx-quiet">{say('console.new-campaign.follows')}</p>
      <div className="mx-row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {say('console.new-campaign.send')}
        </Button>
        <Link to={pathTo('campaigns')}>{say('console.campaigns.cancel')}</Link>
      </div>
    </form>
  )
}

type PartProps = Pick<Props, 'choices' | 'draft' | 'onChange'> & { readonly errors: readonly FieldError[] }

/** A field of the form by its name: label, hint, error as the words say. */
function Part({
  name,
  errors,
  children,
  hint,
  width,
}: {
  readonly name: string
  readonly errors: readonly FieldError[]
  readonly children: ReactNode
  readonly hint?: string
  readonly width?: string
}) {
  const id = `campaign-${name}`
  return (
    <Field
      id={id}
      label={say(`console.new-campaign.${name}`)}
      {...(hint ? { hint } : {})}
      {...(width ? { width } : {})}
      error={errors.find(one => one.id === id)?.message}
    >
      {children}
    </Field>
  )
}

function What({ choices, draft, errors, onChange }: PartProps) {
  const theme = choices.themes.find(one => one.id === draft.theme)
  return (
    <>
      <Part name="name" errors={errors} hint={say('console.new-campaign.name-hint')}>
        <Input
          id="campaign-name"
          value={draft.name}
          maxLength={60}
          onChange={event => onChange({ ...draft, name: event.target.value })}
        />
      </Part>
      <Part name="theme" errors={errors} {...(theme ? { hint: theme.means } : {})}>
        <select
          id="campaign-theme"
          className="mx-day"
          value={draft.theme}
          onChange={event => onChange({ ...draft, theme: event.target.value })}
        >
          <option value="">{say('console.new-campaign.choose')}</option>
          {choices.themes.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Part>
      <Part name="aim" errors={errors} hint={say('console.new-campaign.aim-hint')}>
        <Input.TextArea
          id="campaign-aim"
          value={draft.aim}
          rows={4}
          maxLength={500}
          onChange={event => onChange({ ...draft, aim: event.target.value })}
        />
      </Part>
    </>
  )
}

function Basis({ choices, draft, errors, onChange }: PartProps) {
  return (
    <fieldset className="mx-field">
      <legend>{say('console.new-campaign.basis')}</legend>
      <Segmented
        aria-label={say('console.new-campaign.basis')}
        value={draft.basisKind}
        onChange={value => onChange({ ...draft, basisKind: value === 'document' ? 'document' : 'instrument' })}
        options={(['instrument', 'document'] as const).map(value => ({
          value,
          label: say(`console.new-campaign.basis-${value}`),
        }))}
      />
      {draft.basisKind === 'instrument' ? (
        <Part name="instrument" errors={errors}>
          <Select
            id="campaign-instrument"
            showSearch
            optionFilterProp="label"
            value={draft.instrument || null}
            placeholder={say('console.new-campaign.choose')}
            style={{ width: '100%' }}
            onChange={value => onChange({ ...draft, instrument: value ?? '' })}
            options={choices.instruments.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Part>
      ) : (
        <>
          <Part name="documentNo" errors={errors} hint={say('console.new-campaign.documentNo-hint')} width="24em">
            <Input
              id="campaign-documentNo"
              value={draft.documentNo}
              maxLength={80}
              onChange={event => onChange({ ...draft, documentNo: event.target.value })}
            />
          </Part>
          <Part name="documentBody" errors={errors} width="24em">
            <Input
              id="campaign-documentBody"
              value={draft.documentBody}
              maxLength={80}
              onChange={event => onChange({ ...draft, documentBody: event.target.value })}
            />
          </Part>
        </>
      )}
    </fieldset>
  )
}

function Who({ choices, draft, errors, onChange }: PartProps) {
  return (
    <>
      <Part name="units" errors={errors} hint={say('console.new-campaign.units-hint')}>
        <Select
          id="campaign-units"
          mode="multiple"
          showSearch
          optionFilterProp="label"
          value={[...draft.units]}
          style={{ width: '100%' }}
          onChange={units => onChange({ ...draft, units })}
          options={choices.units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Part>
      <div className="mx-row">
        <Part name="firstDay" errors={errors}>
          <DayField id="campaign-firstDay" value={draft.firstDay} onChange={firstDay => onChange({ ...draft, firstDay })} />
        </Part>
        <Part name="lastDay" errors={errors}>
          <DayField id="campaign-lastDay" value={draft.lastDay} onChange={lastDay => onChange({ ...draft, lastDay })} />
        </Part>
      </div>
      <p className="mx-hint">{say('console.new-campaign.days-hint', { months: choices.mostMonths })}</p>
    </>
  )
}

function Goals({ choices, draft, errors, onChange }: PartProps) {
  return (
    <fieldset className="mx-field">
      <legend>{say('console.new-campaign.goals')}</legend>
      <p className="mx-hint">{say('console.new-campaign.goals-hint')}</p>
      <div className="mx-row">
        {choices.goals.map(({ id, name }) => (
          <Field
            key={id}
            id={`goal-${id}`}
            label={name}
            optional
            error={errors.find(one => one.id === `goal-${id}`)?.message}
            width="16em"
          >
            <Input
              id={`goal-${id}`}
              inputMode="numeric"
              maxLength={7}
              value={draft.goals[id] ?? ''}
              onChange={event => onChange({ ...draft, goals: { ...draft.goals, [id]: event.target.value } })}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
