import { Button } from 'antd'
import { say } from '../../kit/words.ts'

/**
 * A form to a page of the server: it ends the session, leads on to the provider of whoever came by a unified identity, and nothing of what was
 * read stays in memory on a shared desk.
 */
export function SignOut({ csrf }: { readonly csrf: string }) {
  return (
    <form method="post" action="/signin/out">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="door" value="staff" />
      <Button size="small" htmlType="submit">
        {say('console.sign-out')}
      </Button>
    </form>
  )
}
