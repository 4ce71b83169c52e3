/** What may be said beside the address. A closed list: no cookie, no credentials, nothing that forges where we come from. */
export const sayableHeaders = ['accept', 'accept-language', 'referer', 'user-agent'] as const;

/** What a caller asks of the network. */
export type NetRequest = {
  /** Loopback and private addresses are allowed for this request; a redirect from a public address to a private one never is. */
  allowPrivate: boolean;
  signal?: AbortSignal;
  /** Most bytes the body may have; absent: unbounded (a live). */
  maxBytes?: number;
  /** Longest time for the whole answer; absent: unbounded. */
  timeoutMs?: number;
  /** Longest time until the headers of the final answer. */
  headersTimeoutMs?: number;
  /** Longest silence between two pieces of the body. */
  idleTimeoutMs?: number;
  /** Bytes [from, to] (inclusive) of the resource; `ifRange`: only while it still is this one (RFC 9110 13.1.5). */
  range?: { from: number; to?: number; ifRange?: string };
  /** Said to every host of the request; `referer` only to the one that was asked. */
  headers?: Partial<Record<(typeof sayableHeaders)[number], string>>;
  /** `return`: an answer that sends elsewhere is given back as it is. */
  redirects?: 'follow' | 'return';
};

/** What is sent. `bearer`: a secret for this very host; it is never sent on to another. */
export type NetContent = { type: string; bytes: Uint8Array; bearer: string | null };

/** An answer of any status that is not a followed redirect. The body must be read, or discarded, or the signal aborted. */
export type NetResponse = {
  status: number;
  /** Lower-case names; repeated fields joined by ", ". */
  headers: Record<string, string>;
  /** Address after redirects. */
  finalUrl: string;
  /** Whether the answer came from the public internet or from this machine or its network. */
  reach: 'public' | 'private';
  body: AsyncIterable<Uint8Array>;
  /** Closes the connection without reading the body. */
  discard(): void;
};

/** The only way out of this machine. */
export type Net = {
  /**
   * GET over http(s), at most 5 redirects. Rejects (and the body throws) with VigieError: `address-refused`, `network-off`,
   * `network-failed`, `too-many-redirects`, `too-large`, `timed-out`, `cancelled`.
   */
  get(url: string, request: NetRequest): Promise<NetResponse>;
  /** POST under the same guard and with the same failures; a redirect is an answer like any other and is never followed. */
  post(url: string, content: NetContent, request: NetRequest): Promise<NetResponse>;
  /** Resolves when a network of this machine comes up; rejects with the signal's reason. Asks the system only: nothing is sent. */
  linkUp(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};
