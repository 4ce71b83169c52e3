import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. `visit` counts this path's requests from 1. */
export type Route = (request: IncomingMessage, response: ServerResponse, visit: number) => void | Promise<void>;

/** A real HTTP server on 127.0.0.1 whose answers a test writes. */
export type Origin = AsyncDisposable & {
  port: number;
  url(path: string): string;
  route(path: string, route: Route): void;
  /** Answers every path that has no route. */
  otherwise(route: Route): void;
  /** Every request so far, in order. */
  seen: { path: string; headers: IncomingMessage['headers'] }[];
  visits(path: string): number;
  /** Resolves when this path has been asked for `count` times. */
  visited(path: string, count: number): Promise<void>;
  /** Breaks every open connection; `down` refuses new ones until `up`. */
  breakAll(): void;
  down(): void;
  up(): void;
};

export async function startOrigin(): Promise<Origin> {
  const routes = new Map<string, Route>();
  const seen: Origin['seen'] = [];
  let waiting: { path: string; count: number; resolve: () => void }[] = [];
  let fallback: Route = (_, response) => void response.writeHead(404).end();
  let isDown = false;
  const visits = (path: string) => seen.filter((each) => each.path === path).length;

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://origin').pathname;
    seen.push({ path, headers: request.headers });
    const due = waiting.filter((each) => each.path === path && visits(path) >= each.count);
    waiting = waiting.filter((each) => !due.includes(each));
    for (const each of due) each.resolve();
    const route = routes.get(path) ?? fallback;
    response.on('error', () => undefined);
    Promise.resolve(route(request, response, visits(path))).catch(() => response.destroy());
  });
  // A connection is refused while down: the handshake happens, the server hangs up.
  server.on('connection', (socket) => {
    if (isDown) socket.resetAndDestroy();
  });
  server.keepAliveTimeout = 500;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    seen,
    visits,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    route: (path, route) => void routes.set(path, route),
    otherwise(route) {
      fallback = route;
    },
    visited: (path, count) =>
      visits(path) >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ path, count, resolve })),
    breakAll: () => server.closeAllConnections(),
    down() {
      isDown = true;
      server.closeAllConnections();
    },
    up() {
      isDown = false;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
