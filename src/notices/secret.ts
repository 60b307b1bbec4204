import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

/**
 * The secret in a file: absolute, or a name in the folder MINGXIN_SECRETS. Read for every message: one that is replaced counts at once. Throws where
 * there is none, where it is empty, and where others may read it; none of these says what stands in it.
 */
export async function readSecret(folder: string | null, file: string): Promise<string> {
  if (!isAbsolute(file) && folder === null) throw new Error(`the secret ${file} needs MINGXIN_SECRETS`)
  const path = isAbsolute(file) ? file : join(folder ?? '', file)
  const { mode } = await stat(path)
  if ((mode & 0o007) !== 0 && process.platform !== 'win32') throw new Error(`others may read ${file}`)
  const secret = (await readFile(path, 'utf8')).trim()
  if (secret === '') throw new Error(`${file} is empty`)
  return secret
}
