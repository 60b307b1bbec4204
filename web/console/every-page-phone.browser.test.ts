import { after, before, test } from 'node:test'
import { openWalk, walksAt } from './testing-walk.ts'

let opened: Awaited<ReturnType<typeof openWalk>>
before(async () => {
  opened = await openWalk()
})
after(() => opened?.close())

for (const [name, walk] of Object.entries(walksAt(360))) test(name, walk)
