#!/usr/bin/env node
// `node scripts/run.mjs FILE args…`: the same for any TypeScript file of the project.
import { start } from './bootstrap.mjs'

const [file, ...args] = process.argv.slice(2)
if (file) await start(file, args)
else {
  console.error('用法 / usage: node scripts/run.mjs FILE.ts [args…]')
  process.exitCode = 2
}
