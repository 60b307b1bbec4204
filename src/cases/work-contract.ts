import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'

/* The door of the counters above a work list, and the words by which such a list is narrowed. */

/** By the first day on which something is due: `standing` waits for a day, because its clock rests or has none that can be counted. */
export const DUE_GROUPS = ['overdue', 'today', 'soon', 'later', 'standing'] as const
export type DueGroup = (typeof DUE_GROUPS)[number]

/** Whose turn it is: this office's, this office's as the second of two persons, or anybody's. */
export const WORK_TURNS = ['ours', 'second', 'all'] as const
export type WorkTurn = (typeof WORK_TURNS)[number]

export const workFigures = endpoint({
  method: 'GET',
  path: '/cases/figures',
  needs: 'case.read',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '在办案件按到期日各有几件：已超期、今天、三个工作日内、以后、停着，以及下一个到期日',
  query: z.strictObject({
    turn: z.enum(WORK_TURNS).default('all'),
    unit: z.string().max(60).optional(),
    procedure: z.string().max(60).optional(),
  }),
  output: z.strictObject({
    asOf: z.string(),
    overdue: z.number(),
    today: z.number(),
    soon: z.number(),
    later: z.number(),
    standing: z.number(),
    /** The next day on which something is due, today or later; null: none is known. */
    nextDueOn: z.string().nullable(),
    /** What a list may be narrowed by: procedures that are or were in force; units, for whoever watches them all. */
    procedures: z.array(z.strictObject({ procedure: z.string(), name: z.string() })),
    units: z.array(z.strictObject({ unit: z.string(), name: z.string() })),
  }),
})
