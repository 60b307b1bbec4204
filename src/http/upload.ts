import '@fastify/multipart'
import type { FastifyMultipartBaseOptions, Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

/* Reading a multipart body whose sender may stop, lie or write nonsense: that is his fault (400), not the platform's. */

const torn = new WeakSet<object>()

/** Whether this was thrown because a multipart body ended early or was never one. */
export function isTornUpload(error: unknown): boolean {
  return typeof error === 'object' && error !== null && torn.has(error)
}

/** The parts of a multipart request, as they arrive, within the door's limits or the given ones. A file that is too large is thrown, or else cut off and marked so. What the parser throws is remembered as the sender's fault; it is thrown on. */
export async function* partsOf(
  request: FastifyRequest,
  limits?: FastifyMultipartBaseOptions['limits'],
  throwFileSizeLimit = true,
): AsyncGenerator<Multipart> {
  // The parser takes this option from each request; its types know it of the door only.
  const options: Pick<FastifyMultipartBaseOptions, 'limits' | 'throwFileSizeLimit'> = {
    ...(limits ? { limits } : {}),
    throwFileSizeLimit,
  }
  const parts = request.parts(options)
  for (;;) {
    const next = await nextOf(parts)
    if (next.done) return
    // A file that breaks off is told to whoever reads it, which is not here.
    if (next.value.type === 'file') next.value.file.once('error', error => torn.add(error))
    yield next.value
  }
}

async function nextOf(parts: AsyncIterator<Multipart>): Promise<IteratorResult<Multipart>> {
  try {
    return await parts.next()
  } catch (error) {
    if (error instanceof Error && !('statusCode' in error)) torn.add(error)
    throw error
  }
}
