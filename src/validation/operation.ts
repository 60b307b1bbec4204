import type { Operation } from './model.ts'

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '': 'report',
  新增: 'report',
  更正: 'report',
  更新: 'report',
  修改: 'report',
  新: 'report',
  add: 'report',
  update: 'report',
  撤销: 'annul',
  撤消: 'annul',
  作废: 'annul',
  删除: 'annul',
  annul: 'annul',
}

/** What a row asks for: a cell of the column 操作类型, whose absence or emptiness is a report. Undefined for a word nobody agreed on. */
export function operationOf(text: string): Operation | undefined {
  return OPERATIONS[text]
}
