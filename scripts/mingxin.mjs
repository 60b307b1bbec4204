#!/usr/bin/env node
// `mingxin serve | work | migrate | …`: installs what is missing, then hands over to src/main.ts under Node 24.
import { start } from './bootstrap.mjs'

await start('src/main.ts', process.argv.slice(2))
