import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { API, bound, serve } from '../http/serve.ts'
import { decideRole, endRole, proposeRole } from './confer-role.ts'
import * as doors from './contract.ts'
import { readDirectory, readPeople, readProposals } from './directory.ts'
import { changeAccount, closeAccountOf, openAccount } from './manage-accounts.ts'
import { permissionTable } from './permission-table.ts'
import { decideOrganisation, proposeOrganisation, proposeVersion } from './propose-organisation.ts'

/** Binds the doors of organisations, people and roles, and the table of permissions. */
export function bindPeople(http: FastifyInstance, app: App): void {
  serve(http, app, doors.listOrganisations, ({ actor }) => readDirectory(app, actor))
  serve(http, app, doors.listPeople, ({ actor, params, query }) => readPeople(app, actor, params.organisationId, query))
  serve(http, app, doors.listProposals, async ({ actor }) => ({ proposals: await readProposals(app, actor) }))
  serve(http, app, doors.proposeOrganisation, ({ actor, input }) => proposeOrganisation(app, actor, input))
  serve(http, app, doors.proposeVersion, ({ actor, params, input }) => proposeVersion(app, actor, params.organisationId, input))
  serve(http, app, doors.decideOrganisation, async ({ actor, params, input }) => {
    await decideOrganisation(app, actor, params, input.decision)
    return { decided: input.decision }
  })
  serve(http, app, doors.openAccount, async ({ actor, input }) => {
    const opened = await openAccount(app, actor, input)
    return { ...opened, endsAt: opened.endsAt.toISOString() }
  })
  serve(http, app, doors.changeAccount, ({ actor, params, input }) => changeAccount(app, actor, params.accountId, input))
  serve(http, app, doors.closeAccountDoor, async ({ actor, params, input }) => {
    await closeAccountOf(app, actor, params.accountId, input.reason)
    return { closed: true }
  })
  serve(http, app, doors.proposeRole, ({ actor, params, input }) => proposeRole(app, actor, params.accountId, input))
  serve(http, app, doors.decideRole, async ({ actor, params, input }) => {
    await decideRole(app, actor, params, input.decision)
    return { decided: input.decision }
  })
  serve(http, app, doors.endRole, async ({ actor, params, input }) => {
    await endRole(app, actor, params, input.reason)
    return { ended: true }
  })
  serve(http, app, doors.getPermissions, async () => permissionTable(app.law, app.words, bound, API))
}
