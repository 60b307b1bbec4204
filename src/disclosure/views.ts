import type { Viewer } from '../law/masking-model.ts'
import { type Audience, RECORD_STATES, type RecordState } from './model.ts'

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
  /** Who that is in the table of masking (law/access/masking.yaml), unless the outlet knows it better. */
  readonly viewer: Viewer
}

const standing: ReadonlySet<RecordState> = new Set(['standing'])
const every: ReadonlySet<RecordState> = new Set(RECORD_STATES)
const publicOnly: ReadonlySet<Mode> = new Set(['public'])
const government: ReadonlySet<Mode> = new Set(['public', 'government'])
const all: ReadonlySet<Mode> = new Set(['public', 'government', 'authorised'])

const onThePortal: View = {
  persons: false,
  states: standing,
  modes: publicOnly,
  needsPurpose: false,
  fields: 'public',
  viewer: 'public',
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
    viewer: 'public',
  },
  subject: { persons: true, states: every, modes: all, needsPurpose: false, fields: 'all', viewer: 'subject' },
  officer: {
    persons: true,
    states: standing,
    modes: government,
    needsPurpose: true,
    fields: 'public',
    viewer: 'window-officer',
  },
  archive: {
    persons: true,
    states: every,
    modes: government,
    needsPurpose: true,
    fields: 'all',
    viewer: 'other-unit',
  },
  // It leaves the platform to somebody outside the state: masked as for the public, also where nothing is public.
  receiver: {
    persons: true,
    states: standing,
    modes: all,
    needsPurpose: true,
    fields: 'all-of-unpublished',
    viewer: 'receiver',
  },
} as const satisfies Record<Audience, View>
