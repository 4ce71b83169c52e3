import { once } from 'node:events';
import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { EngineClient } from '#shared/contract/index.ts';
import type { Loopback } from '../../engine/carriers/loopback.ts';

/** Sends exactly these bytes and returns the status of the answer; 0 when the connection ended without one. */
export async function statusOf(port: number, lines: readonly string[], body = ''): Promise<number> {
  const answer = await rawAnswer(port, lines, body);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

/** Sends exactly these bytes and returns the head of the answer as text. */
export async function rawAnswer(port: number, lines: readonly string[], body = ''): Promise<string> {
  const stream = connect(port, '127.0.0.1');
  stream.setEncoding('latin1');
  stream.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  let answer = '';
  stream.on('data', (text: string) => {
    answer += text;
    if (answer.includes('\r\n\r\n')) stream.destroy();
  });
  // A reset is an ending like another; what had arrived is what counts.
  stream.on('error', () => stream.destroy());
  await once(stream, 'close');
  return answer.split('\r\n\r\n', 1)[0]!;
}

/** Signs in as a browser does: the launch token in, the cookie out. */
export async function signIn(loopback: Loopback): Promise<string> {
  const token = new URL(loopback.launchUrl()).hash.slice('#token='.length);
  const answer = await presentToken(loopback.port, token);
  const cookie = /set-cookie: ([^;\r]+)/i.exec(answer)?.[1];
  if (!cookie) throw new Error(`no session: ${answer.split('\r\n', 1)[0]}`);
  return cookie;
}

export function presentToken(port: number, token: string): Promise<string> {
  const body = JSON.stringify({ token });
  const host = `127.0.0.1:${port}`;
  const head = [`POST /session HTTP/1.1`, `Host: ${host}`, `Origin: http://${host}`, 'Content-Type: application/json'];
  return rawAnswer(port, [...head, `Content-Length: ${body.length}`], body);
}

/** A socket as the command line opens it. */
export async function openSocket(loopback: Loopback): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${loopback.port}/rpc`, {
    headers: { authorization: `Bearer ${loopback.cliToken}` },
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  return socket;
}

export function clientOn(socket: WebSocket): EngineClient {
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}
