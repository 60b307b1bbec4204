import { tidyCode } from '../../../src/subject/code-text.ts'
import type { Page } from '../page.ts'
import { findByUscc } from '../search.ts'
import { gone } from './not-found.ts'

export const codePage: Page = {
  path: '/code/:uscc',
  mayBeIndexed: false,
  open: portal => async ask => {
    const found = await findByUscc(portal.db, tidyCode(ask.params['uscc'] ?? '').value)
    return found ? { kind: 'moved', status: 302, to: `/subjects/${found.subject_id}` } : gone(portal, 'subject.unknown')
  },
}
