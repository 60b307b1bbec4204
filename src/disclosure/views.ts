import type { IdNumberView } from './mask.ts'
import type { Audience, RecordState } from './model.ts'

/*
 * What each audience may see, as one table: the compiler asks for a row of every audience that is added.
 */

type Mode = 'public' | 'government' | 'authorised'

export type View = {
  /** Records about natural persons. */
  readonly persons: boolean
  readonly states: ReadonlySet<RecordState>
  /** Disclosure modes that are open to it without more (公开公示, 政务共享, 授权查询). */
  readonly modes: ReadonlySet<Mode>
  /** The look is registered with a purpose. */
  readonly needsPurpose: boolean
  /** `all-of-unpublished`: public columns, but every column of an item that has none. */
  readonly fields: 'public' | 'all' | 'all-of-unpublished'
  /** Masks that are lifted. `id-number` is lifted for nobody, and free text keeps its mask: it names third persons. */
  readonly lifted: ReadonlySet<'person-name' | 'telephone' | 'address'>
  /** How much of an ID number stays; never all of it. */
  readonly idNumber: IdNumberView
}

const standing: ReadonlySet<RecordState> = new Set(['standing'])
const every: ReadonlySet<RecordState> = new Set(['standing', 'corrected', 'annulled', 'repaired', 'suspended'])
const publicOnly: ReadonlySet<Mode> = new Set(['public'])
const government: ReadonlySet<Mode> = new Set(['public', 'government'])
const all: ReadonlySet<Mode> = new Set(['public', 'government', 'authorised'])
const none: View['lifted'] = new Set()
const ownData: View['lifted'] = new Set(['person-name', 'telephone', 'address'])
const names: View['lifted'] = new Set(['person-name'])

const onThePortal: View = {
  persons: false,
  states: standing,
  modes: publicOnly,
  needsPurpose: false,
  fields: 'public',
  lifted: none,
  idNumber: 'public',
}

export const VIEWS = {
  public: onThePortal,
  // Drawn by anyone: it shows what the portal shows.
  'public-report': onThePortal,
  // The special report leaves the subject's hands: masked as for the public.
  'special-report': {
    persons: false,
    states: standing,
    modes: all,
    needsPurpose: false,
    fields: 'public',
    lifted: none,
    idNumber: 'public',
  },
  subject: { persons: true, states: every, modes: all, needsPurpose: false, fields: 'all', lifted: ownData, idNumber: 'subject' },
  officer: {
    persons: true,
    states: standing,
    modes: government,
    needsPurpose: true,
    fields: 'public',
    lifted: names,
    idNumber: 'officer',
  },
  archive: {
    persons: true,
    states: every,
    modes: government,
    needsPurpose: true,
    fields: 'all',
    lifted: ownData,
    idNumber: 'officer',
  },
  // It leaves the platform to somebody outside the state: masked as for the public, also where nothing is public.
  receiver: {
    persons: true,
    states: standing,
    modes: all,
    needsPurpose: true,
    fields: 'all-of-unpublished',
    lifted: none,
    idNumber: 'receiver',
  },
} as const satisfies Record<Audience, View>
