import type { FastifyReply, FastifyRequest } from 'fastify'
import { LARGEST_PAPER } from '../../src/cases/papers.ts'
import { partsOf } from '../../src/http/upload.ts'

/* Forms with files. What came is read before the form is answered, so that a form that comes back still knows what it was about. */

/** A file of a form. One that is too large has lost its end: `isWhole` is false and its bytes are not kept. */
export type SentFile = { readonly name: string; readonly bytes: Buffer; readonly isWhole: boolean }

/** So many at once; more go in a second time. */
const AT_ONCE = 5

const sent = new WeakMap<FastifyRequest, SentFile[]>()

/** The files of a form, in the order they were chosen; none where the form was sent without. */
export function filesOf(request: unknown): readonly SentFile[] {
  return sent.get(request as FastifyRequest) ?? []
}

/**
 * Reads a multipart form: its fields become the body as of any other form. `mayKeep` is asked before the first file is taken into memory: a
 * form that was not sent from here costs nothing.
 */
export async function readUpload(request: FastifyRequest, _: FastifyReply, mayKeep: (fields: unknown) => boolean): Promise<void> {
  if (!request.isMultipart()) return
  const fields: Record<string, string[]> = {}
  const files: SentFile[] = []
  request.body = fields
  sent.set(request, files)
  for await (const part of partsOf(request, { fileSize: LARGEST_PAPER, files: AT_ONCE, fields: 40 }, false)) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = [...(fields[part.fieldname] ?? []), part.value]
      continue
    }
    // A field of files in which none was chosen comes as one without a name.
    if (part.filename === '' || !mayKeep(fields)) part.file.resume()
    else files.push(await takeFile(part.filename, part.file))
  }
}

type Read = AsyncIterable<Buffer> & { readonly truncated: boolean }

async function takeFile(name: string, file: Read): Promise<SentFile> {
  const chunks: Buffer[] = []
  for await (const chunk of file) chunks.push(chunk)
  const isWhole = !file.truncated
  return { name, bytes: isWhole ? Buffer.concat(chunks) : Buffer.alloc(0), isWhole }
}
