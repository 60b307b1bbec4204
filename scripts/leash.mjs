/*
 * Loaded into every program that bootstrap.mjs starts. The starter holds an open channel to it; when the starter is gone,
 * even by kill -9, the channel closes and the program gets the SIGTERM that the starter could not send any more. One that
 * has not ended eight seconds later is ended: nobody is left who could press Ctrl-C.
 */
import { isMainThread } from 'node:worker_threads'

if (isMainThread && process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(143), 8000).unref()
  })
  // Listening must not keep a program alive that has nothing more to do.
  process.channel.unref()
}
