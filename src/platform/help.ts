import type { Words } from '../words/words.ts'

/** The sentences that say how a command is called. `door` is missing: `serve` starts it, a person does not. */
const USAGES: Readonly<Record<string, readonly string[]>> = {
  serve: ['serve.usage'],
  migrate: ['migrate.usage'],
  import: ['import.usage'],
  demo: ['demo.usage'],
  'check-law': ['check-law.usage'],
  audit: ['audit.usage'],
  prove: ['prove.usage'],
  retention: ['retention.usage'],
  keys: ['keys.usage-make', 'keys.usage-show', 'keys.usage-check'],
  user: ['user.usage'],
  token: ['token.usage'],
  identity: ['identity.usage'],
  program: ['program.usage'],
}

/** What `mingxin help` prints: every command a person calls, with what it does. */
export function listCommands(words: Words): string {
  const widest = Math.max(...Object.keys(USAGES).map(name => name.length))
  const lines = Object.keys(USAGES).map(name => `  ${name.padEnd(widest)}  ${words.say(`help.${name}`)}`)
  return [words.say('help.head'), ...lines].join('\n')
}

/** What `mingxin COMMAND --help` prints; the list of all commands for one that has no usage of its own. */
export function usageOf(name: string, words: Words): string {
  const usage = USAGES[name]
  if (!usage) return listCommands(words)
  return [words.say(`help.${name}`), ...usage.map(code => words.say(code))].join('\n')
}
