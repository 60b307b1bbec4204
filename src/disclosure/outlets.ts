import type { Audience } from './model.ts'

/*
 * Every way by which something about a subject leaves the platform. An outlet that is not in this table does not exist: look.ts and the
 * tests that walk all outlets read it, so that a new one cannot be forgotten.
 */

export type Outlet = {
  readonly outlet: string
  readonly name: string
  /** Whose view it serves; disclose.ts decides what that is. */
  readonly audience: Audience
  readonly door: 'portal' | 'account' | 'console' | 'api' | 'command-line'
  /** `pub`: the public's own schema; `archive`: facts; `register`: only what verification says of an issued report. */
  readonly reads: 'pub' | 'archive' | 'register'
  /** One row of the look register for each subject shown, in the statement of the read (principle 8). */
  readonly registersLook: boolean
  /**
   * How a withdrawal stops it at once: its row leaves `pub` in the transaction of the withdrawal; the read asks the facts anew; the
   * issued report is marked withdrawn.
   */
  readonly stopsBy: 'row-leaves-pub' | 'asked-anew' | 'report-withdrawn'
  /**
   * When the receiver's entry ends (principle 10): with the closing of its business number, or the law's longest days after; with the validity
   * of the paper; with the term of the authorisation. Nobody is a receiver who reads what everybody may (`anonymous`) or what is its own
   * (`own`), nor who works on it in the platform itself and is handed nothing (`screen`).
   */
  readonly entry: HandedOut | 'anonymous' | 'own' | 'screen'
}

export type HandedOut = 'business' | 'validity' | 'authorisation'

export const OUTLETS = [
  {
    outlet: 'portal-page',
    name: '门户主体页',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'portal-search',
    name: '门户搜索',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'portal-register',
    name: '门户双公示',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'portal-list',
    name: '门户名单',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'portal-announcements',
    name: '门户公告送达',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'portal-figures',
    name: '门户统计',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'open-data',
    name: '开放数据',
    audience: 'public',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'public-report',
    name: '公共信用信息报告',
    audience: 'public-report',
    door: 'portal',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'report-withdrawn',
    entry: 'validity',
  },
  {
    outlet: 'verify',
    name: '报告核验',
    audience: 'public',
    door: 'portal',
    reads: 'register',
    registersLook: false,
    stopsBy: 'report-withdrawn',
    entry: 'anonymous',
  },
  {
    outlet: 'special-report',
    name: '专项信用报告',
    audience: 'special-report',
    door: 'account',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'report-withdrawn',
    entry: 'validity',
  },
  {
    outlet: 'account',
    name: '我的信用',
    audience: 'subject',
    door: 'account',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'own',
  },
  {
    outlet: 'console-archive',
    name: '工作台主体档案',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'screen',
  },
  {
    outlet: 'archive-copy',
    name: '主体档案打印件',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'business',
  },
  {
    outlet: 'rights',
    name: '个人信息权利请求办理',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'screen',
  },
  {
    outlet: 'case',
    name: '案件办理',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'screen',
  },
  {
    outlet: 'notices',
    name: '文书送达',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'screen',
  },
  {
    outlet: 'waiting',
    name: '待确认队列',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'screen',
  },
  {
    outlet: 'delivery-rows',
    name: '报送核对',
    audience: 'archive',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'screen',
  },
  {
    outlet: 'check',
    name: '信用核查',
    audience: 'officer',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'business',
  },
  {
    outlet: 'check-batch',
    name: '批量核查',
    audience: 'officer',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'business',
  },
  {
    outlet: 'api-search',
    name: '接口：主体查询',
    audience: 'public',
    door: 'api',
    reads: 'pub',
    registersLook: false,
    stopsBy: 'row-leaves-pub',
    entry: 'anonymous',
  },
  {
    outlet: 'api-records',
    name: '接口：主体记录',
    audience: 'archive',
    door: 'api',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'business',
  },
  {
    outlet: 'api-check',
    name: '接口：信用核查',
    audience: 'officer',
    door: 'api',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'business',
  },
  {
    outlet: 'authorised-records',
    name: '凭授权查看',
    audience: 'receiver',
    door: 'console',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'authorisation',
  },
  {
    outlet: 'api-authorised-records',
    name: '接口：凭授权查看',
    audience: 'receiver',
    door: 'api',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'authorisation',
  },
  {
    outlet: 'export',
    name: '档案导出',
    audience: 'archive',
    door: 'command-line',
    reads: 'archive',
    registersLook: true,
    stopsBy: 'asked-anew',
    entry: 'business',
  },
] as const satisfies readonly Outlet[]

export type OutletId = (typeof OUTLETS)[number]['outlet']
