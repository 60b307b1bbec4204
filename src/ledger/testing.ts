import { createHash } from 'node:crypto'
import { emptyTree, leafHash, type Tile } from './merkle.ts'
import type { ReadTile } from './proof.ts'

/** Leaves and roots of the log that RFC 6962's reference implementation tests itself with. */
export const rfcLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  text => Buffer.from(text, 'hex'),
)

export const rfcRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** Hashes of `count` leaves that differ, one after the other. */
export function leavesOf(count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`))))
}

const rootsKnown = new Map<string, Buffer>()

/** MTH(D[from:until]) word by word after RFC 9162, 2.1.1; slow, and right because it is the definition. */
export function referenceRoot(leaves: Buffer, from: number, until: number): Buffer {
  if (until - from === 1) return leaves.subarray(from * 32, until * 32)
  const name = `${from} ${until} ${leaves.toString('hex', from * 32, from * 32 + 32)}`
  const known = rootsKnown.get(name)
  if (known) return known
  let k = 1
  while (k * 2 < until - from) k *= 2
  const left = referenceRoot(leaves, from, from + k)
  const right = referenceRoot(leaves, from + k, until)
  const root = createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest()
  rootsKnown.set(name, root)
  return root
}

/** A tree of the leaves with all its tiles, and how many tiles were read. */
export function logOf(leaves: Buffer): { readTile: ReadTile; root: Buffer; reads: string[] } {
  const tree = emptyTree()
  const tiles: Tile[] = [...tree.append(leaves), ...tree.edge()]
  const byName = new Map(tiles.map(tile => [`${tile.level}/${tile.index}`, tile.hashes]))
  const reads: string[] = []
  const readTile: ReadTile = (level, index) => {
    reads.push(`${level}/${index}`)
    return byName.get(`${level}/${index}`) ?? Buffer.alloc(0)
  }
  return { readTile, root: tree.root(), reads }
}
