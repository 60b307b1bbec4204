import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'

/* By which unified identity one may sign in. Signing in itself is a way of browser pages under /signin, not of the API. */

export const listIdentityProviders = endpoint({
  method: 'GET',
  path: '/identity-providers',
  needs: 'anyone',
  reach: ['public'],
  since: '0.2',
  summary: '可用的统一身份认证：名称和登录起点（浏览器打开）',
  query: z.strictObject({ door: z.enum(['staff', 'subjects']) }),
  output: z.strictObject({ providers: z.array(z.strictObject({ id: z.string(), name: z.string(), start: z.string() })) }),
})
