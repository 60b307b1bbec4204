import { type Actor, ANYONE, may } from '../access/actor.ts'
import type { Endpoint } from './endpoint.ts'

/** Whether a caller may pass a door, before anything of the request is read; what is in the way, else. */
export type Gate = 'open' | 'sign-in-needed' | 'factor-needed' | 'not-allowed'

/** Decides by the door's contract and the actor's permissions, and by nothing else. */
export function gate(actor: Pick<Actor, 'id' | 'permissions' | 'session'>, door: Pick<Endpoint, 'needs' | 'atAnyStage'>): Gate {
  if (door.needs === 'anyone') return 'open'
  if (actor.id === ANYONE.id) return 'sign-in-needed'
  if (actor.session?.stage === 'factor' && !door.atAnyStage) return 'factor-needed'
  if (door.needs === 'signed-in') return 'open'
  return may(actor, door.needs) ? 'open' : 'not-allowed'
}
