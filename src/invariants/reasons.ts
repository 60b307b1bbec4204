import fc from 'fast-check'

// Reasons of looks as a request brings them: whole, or with something missing.

export type Reason = { readonly purpose?: string; readonly businessNo?: string }
export const GOOD: Reason = { purpose: '行政审批', businessNo: '审-77' }

export const query = (reason: Reason): string => new URLSearchParams({ ...reason }).toString()
const blank = fc.constantFrom(undefined, '', ' ', '\u3000', ' \u3000 ')
export const missing = fc.oneof(
  fc.record({ purpose: blank, businessNo: blank }),
  fc.record({ purpose: fc.constant('行政审批'), businessNo: blank }),
  fc.record({ purpose: blank, businessNo: fc.constant('审-1') }),
)
export const given = ({ purpose, businessNo }: { purpose?: string | undefined; businessNo?: string | undefined }): Reason => ({
  ...(purpose === undefined ? {} : { purpose }),
  ...(businessNo === undefined ? {} : { businessNo }),
})
