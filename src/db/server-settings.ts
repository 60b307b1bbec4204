import { statfsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'

/** What the settings depend on. Sizes are bytes. */
export interface Machine {
  readonly memory: number
  readonly cores: number
  /** Room for shared memory segments (`/dev/shm`); null where the system sets no bound. */
  readonly sharedMemory: number | null
}

/** This machine, or the part of it that a container leaves to us. */
export function thisMachine(): Machine {
  const bound = process.constrainedMemory()
  const memory = bound > 0 ? Math.min(bound, totalmem()) : totalmem()
  return { memory, cores: availableParallelism(), sharedMemory: process.platform === 'linux' ? shmRoom() : null }
}

const megabyte = 1024 ** 2

/**
 * The server's settings as PostgreSQL reads them. Without `durable` a power failure may lose the database: for tests only.
 * An eighth of the memory is the server's own, between 128 MB and 1 GB: it shares the machine with the platform.
 */
export function serverSettings(machine: Machine, port: number, durable = true): string {
  const megabytes = (share: number, least: number, most: number): string =>
    `${Math.round(Math.min(most, Math.max(least, (machine.memory * share) / megabyte)))}MB`
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket's path may hold 107 bytes only, and data folders lie deep: the platform connects by address.
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: megabytes(1 / 8, 128, 1024),
    effective_cache_size: megabytes(1 / 2, 256, 16_384),
    maintenance_work_mem: megabytes(1 / 32, 64, 512),
    work_mem: megabytes(1 / 512, 4, 32),
    max_parallel_workers: Math.max(2, machine.cores),
    max_parallel_workers_per_gather: Math.max(1, Math.min(4, Math.floor(machine.cores / 2))),
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    // The builds we bring are made without lz4 and zstd.
    wal_compression: 'pglz',
    jit: 'off',
    random_page_cost: 1.1,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // One file a weekday; next week's replaces it.
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'server-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] %q%u@%d ',
    // Docker gives 64 MB by default, which one parallel hash join fills; files do instead.
    ...(machine.sharedMemory !== null && machine.sharedMemory < 512 * megabyte && { dynamic_shared_memory_type: 'mmap' }),
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' }),
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value}'`}\n`)
    .join('')
}

function shmRoom(): number | null {
  try {
    const room = statfsSync('/dev/shm')
    return room.blocks * room.bsize
  } catch {
    // No such mount at all: PostgreSQL could not use it either.
    return 0
  }
}
