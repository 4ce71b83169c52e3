// Gives Electron's `process.parentPort` to a worker thread, then runs the entry it is told: what Electron does in a
// utility process, as far as the engine's entry can see.
import { parentPort, workerData } from 'node:worker_threads';

process.parentPort = {
  on: (_, listener) => parentPort.on('message', ({ data, ports }) => listener({ data, ports })),
  postMessage: (message) => parentPort.postMessage(message),
};
await import(workerData);
