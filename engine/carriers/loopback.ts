import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { WebSocketServer } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { type Admission, admit, cookieName } from './admission.ts';
import type { CallContext } from './context.ts';
import { createGate } from './gate.ts';
import type { OutletLimits } from './outlet.ts';
import { securityHeaders } from './security-headers.ts';
import { listShellFiles } from './shell-files.ts';
import { closeCodes, createSocketCarrier, maxMessageBytes } from './socket.ts';

export type Loopback = {
  port: number;
  /** `http://127.0.0.1:<port>/` */
  address: string;
  /** For the command line, by way of `owner.json` (0600). Never for a page, a log or an argument list. */
  cliToken: string;
  /** Where a browser signs in, once: `<address>#token=...`. Each call makes a new token, valid for a minute unless told. */
  launchUrl(validMs?: number): string;
  /** Ends every connection with "going away" and stops listening. */
  close(): Promise<void>;
};

export type LoopbackOptions = {
  engine: { router: AnyRouter; context(): CallContext };
  /** 0 or absent: any free port. */
  port?: number;
  /** The built UI; null serves calls only. */
  ui?: { dir: string } | null;
  clock: Clock;
  log: Log;
  socketLimits?: Partial<OutletLimits>;
};

const maxBodyBytes = 1024;

/**
 * Opens the engine on 127.0.0.1 for browsers and command lines of this machine. Every request and every upgrade passes
 * `admit` first; only then is it looked at what it wants. Rejects with the system's error when the port is taken.
 */
export async function openLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { engine, clock, log } = options;
  const gate = createGate(clock);
  const shell = options.ui ? await listShellFiles(options.ui.dir) : null;
  const carrier = createSocketCarrier(engine.router, { clock, log, limits: options.socketLimits });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const server = createServer({
    // A request without Host gets our 403, not the parser's 400.
    requireHostHeader: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 5_000,
  });
  server.maxHeadersCount = 64;
  server.maxConnections = 128;
  let port = 0;

  const judge = (request: IncomingMessage, upgrade: boolean): Admission => {
    const { method = '', url = '', rawHeaders } = request;
    const admission = admit({ method, target: url, rawHeaders, upgrade }, { port, gate });
    if (admission.as === 'refused') {
      log.warn({ reason: admission.reason, status: admission.status, upgrade }, 'loopback request refused');
    }
    return admission;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const admission = judge(request, false);
    const host = admission.as === 'refused' ? `127.0.0.1:${port}` : request.headers.host!;
    const end = (status: number, headers: Record<string, string> = {}, body?: Buffer | string) => {
      response.writeHead(status, { ...securityHeaders(host), ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    switch (admission.as) {
      case 'refused':
        return end(admission.status, { connection: 'close' });
      case 'socket':
        return end(426);
      case 'session': {
        const body = await readToken(request);
        if (body === 'too-large') return end(413, { connection: 'close' });
        const { token } = body;
        const session = token === null ? null : gate.redeemLaunch(token);
        if (session === null) return end(token === null && admission.signedIn ? 204 : 403);
        return end(204, { 'set-cookie': `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/` });
      }
      case 'shell-file': {
        const file = await shell?.read(admission.path);
        if (!file) return end(404);
        const length = String(file.bytes.length);
        return end(
          200,
          { 'content-type': file.type, 'content-length': length, 'cache-control': file.cache },
          file.bytes,
        );
      }
    }
  };

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'loopback request failed');
      response.destroy();
    });
  });
  server.on('upgrade', (request, stream: Duplex, head) => {
    stream.on('error', (error) => log.debug({ problem: error.message }, 'upgrade broken'));
    const admission = judge(request, true);
    if (admission.as !== 'socket') return refuseUpgrade(stream, admission.as === 'refused' ? admission.status : 404);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      log.info({ caller: admission.caller }, 'loopback connection');
      carrier.serve(socket, engine.context());
    });
  });
  server.on('clientError', (_, stream) => stream.destroy());

  server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  const address = `http://127.0.0.1:${port}/`;

  return {
    port,
    address,
    cliToken: gate.cliToken,
    launchUrl: (validMs) => `${address}#token=${gate.mintLaunch(validMs)}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      const farewells = [...sockets.clients].map((socket) => {
        socket.close(closeCodes.goingAway, 'engine stopped');
        const cancel = clock.schedule(2_000, () => socket.terminate());
        return new Promise<void>((resolve) => socket.once('close', () => resolve(cancel())));
      });
      await Promise.all(farewells);
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuseUpgrade(stream: Duplex, status: number): void {
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The token in the body `{"token":"..."}`; null when there is none that could be one. */
async function readToken(request: IncomingMessage): Promise<{ token: string | null } | 'too-large'> {
  if (request.headers['content-type'] !== 'application/json') return { token: null };
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) return 'too-large';
    chunks.push(chunk);
  }
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { token?: unknown } | null;
    return { token: typeof body?.token === 'string' ? body.token : null };
  } catch (error) {
    if (error instanceof SyntaxError) return { token: null };
    throw error;
  }
}
