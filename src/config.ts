/* The only reader of the environment. */

export type Config = {
  readonly port: number
  readonly host: string
  /** Data folder; null: chosen by the embedded server's rule. */
  readonly dataDir: string | null
  readonly databaseUrl: string | null
  /** False (MINGXIN_DEMO=0): an empty platform. */
  readonly demo: boolean
  readonly production: boolean
  readonly cityDir: string | null
  /** The address under which the outside world reaches the platform; stands in QR codes. */
  readonly publicUrl: string | null
  /** The first county's last day, for the example city; null: today at first start. */
  readonly demoDay: string | null
  readonly dropDir: string | null
  /** The folder of the master keys, under which the others lie encrypted; null: inside the key folder (not in production). */
  readonly masterKeyDir: string | null
  /** The city's file of passwords known from breaches (src/access/listed-passwords.ts); null: none. */
  readonly breachedFile: string | null
  /** Addresses and networks whose `X-Forwarded-For` is believed: this machine, and the city's reverse proxy. */
  readonly trustedProxies: readonly string[]
  /** From which level on the doors write down what happens; `info`: refusals at the door, too. */
  readonly logLevel: string
  /** The folder in which files named by the city's configuration hold secrets, e.g. of the unified identity; null: they are named whole. */
  readonly secretsDir: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment. Throws on a value that cannot be meant. */
export function readConfig(env: Environment = process.env): Config {
  const port = Number(env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is not a port: ${env['PORT']}`)
  const production = env['NODE_ENV'] === 'production' || env['MINGXIN_PRODUCTION'] === '1'
  return {
    port,
    host: env['HOST'] ?? '0.0.0.0',
    dataDir: env['MINGXIN_DATA'] || null,
    databaseUrl: env['DATABASE_URL'] || null,
    demo: env['MINGXIN_DEMO'] !== '0' && !production,
    production,
    cityDir: env['MINGXIN_CITY'] || null,
    publicUrl: env['MINGXIN_URL'] || null,
    demoDay: env['MINGXIN_DEMO_DAY'] || null,
    dropDir: env['MINGXIN_DROP'] || null,
    masterKeyDir: env['MINGXIN_MASTER_KEYS'] || null,
    breachedFile: env['MINGXIN_BREACHED_PASSWORDS'] || null,
    trustedProxies: ['127.0.0.1', ...(env['MINGXIN_PROXIES'] ?? '').split(',').flatMap(one => one.trim() || [])],
    logLevel: readLevel(env['MINGXIN_LOG'], production ? 'info' : 'warn'),
    secretsDir: env['MINGXIN_SECRETS'] || null,
  }
}

const LEVELS = ['error', 'warn', 'info', 'silent']

function readLevel(level: string | undefined, otherwise: string): string {
  if (!level) return otherwise
  if (!LEVELS.includes(level)) throw new Error(`MINGXIN_LOG is none of ${LEVELS.join(', ')}: ${level}`)
  return level
}
