import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { KeyView, ProgramView } from '../../../src/programs/contract.ts'
import { getChoices, listProgramsDoor } from '../../../src/programs/contract.ts'
import { call } from '../../kit/call.ts'

export type Program = ProgramView
export type Key = z.output<typeof KeyView>

export const programsQuery = queryOptions({ queryKey: ['programs'], queryFn: () => call(listProgramsDoor) })
export const choicesQuery = queryOptions({ queryKey: ['program-choices'], queryFn: () => call(getChoices), staleTime: 60_000 })
