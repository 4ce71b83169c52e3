import { isVigieError, VigieError } from '#shared/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Source } from '#shared/model/source.ts';
import type { Rendition, StreamAnswer, StreamLookup } from '../../sources/resolver.ts';
import { type Feed, type FeedItem, isBreak, type OpenableSource } from './feed.ts';
import { startRenewal } from './renewal.ts';
import { createStreamChoice, keyOf, workedBytes } from './stream-choice.ts';
import { type UrlHands, urlSource } from './url-source.ts';

/** What a capture of an account needs beside the network. */
export type AccountHands = {
  lookup: StreamLookup;
  /** A platform may name private addresses. Only a test on this machine allows it. */
  allowPrivate: boolean;
  /** The account has been heard before, in a capture that this one takes up. */
  heardBefore: boolean;
  /** The account broadcasts in this room now. */
  onRoom(roomId: string): void;
};

/** Two answers this far apart that a live is over are its end; one may be a change of room, ms. */
const endConfirmedMs = 8_000;
/** A stream that breaks at once, again and again, does not use up what may be asked for everybody, ms. */
const askAgainMs = 5_000;
/** Addresses tried in one go. */
const mostTries = 3;

type AccountSource = Extract<Source, { kind: 'tiktok' }>;

/**
 * The live of an account. Its address is asked of the platform each time the live is opened, except where only the network had broken:
 * then the one in hand is tried first. A broadcast that goes on in another room is the same live; one that the platform twice says is
 * over has ended, which is told as `network-failed` with status 410. Whatever else goes wrong is an outage.
 */
export function accountSource(source: AccountSource, hands: UrlHands & AccountHands & { log: Log }): OpenableSource {
  const { clock } = hands;
  const account = { handle: source.handle, roomId: source.roomId };
  const label = `tiktok.com/@${source.handle}`;
  const choice = createStreamChoice();
  const typed: Rendition | null = source.streamUrl === null ? null : typedStream(source.streamUrl);
  if (typed) choice.offer([typed]);

  let heard = hands.heardBefore;
  /** The addresses in hand may be opened without asking. */
  let trusted = typed !== null;
  let overSince: number | null = null;
  let askedMs = Number.NEGATIVE_INFINITY;
  let current: { stream: Rendition; opened: OpenableSource } | null = null;
  let renewed: string | null = null;

  const onDefect = (error: unknown) => hands.log.error({ problem: String(error) }, 'an address could not be renewed');
  const outage = (detail: string, status?: number) => new VigieError('network-failed', { host: label, detail, status });
  /** As an outage that a later attempt may mend: no status of one address speaks for the live. */
  const asOutage = (error: VigieError) => {
    if (isVigieError(error, 'network-failed')) return outage(error.data.detail);
    return isVigieError(error, 'cancelled') || !heard ? error : outage(detailOf(error) || error.code);
  };

  const takeRoom = (roomId: string) => {
    if (account.roomId !== roomId) hands.onRoom(roomId);
    // Another room numbers its sound anew.
    if (account.roomId !== null && account.roomId !== roomId) current = null;
    account.roomId = roomId;
  };

  /** Addresses from the platform, or the end, or why there are none. */
  const ask = async (signal: AbortSignal): Promise<void> => {
    const soonestMs = overSince === null ? askedMs + askAgainMs : overSince + endConfirmedMs;
    await clock.delay(Math.max(0, soonestMs - clock.monotonicMs()), signal);
    askedMs = clock.monotonicMs();
    const answer: StreamAnswer = await hands.lookup(account, signal);
    if (answer.how === 'live') {
      overSince = null;
      takeRoom(answer.roomId);
      choice.offer(answer.streams);
      return;
    }
    const confirmed = overSince !== null;
    overSince = answer.how === 'over' ? (overSince ?? clock.monotonicMs()) : null;
    if (answer.how === 'over' && heard && confirmed) throw outage('the live is over', 410);
    if (answer.how === 'silent') {
      // What was good before is all there is until the platform talks again.
      if (typed && choice.usable(clock.now()).length === 0) choice.offer([typed]);
      trusted = true;
    }
    throw isVigieError(answer.error, 'platform-blocked') ? answer.error : asOutage(answer.error);
  };

  const openStream = async (stream: Rendition, signal: AbortSignal, heardMs: () => number): Promise<Feed> => {
    if (current === null || keyOf(current.stream) !== keyOf(stream)) {
      const opened = urlSource(
        {
          label,
          address: () => current?.stream.url ?? stream.url,
          renewed() {
            const address = renewed;
            renewed = null;
            return address;
          },
        },
        hands.allowPrivate,
        hands,
      );
      current = { stream, opened };
    } else current.stream = stream;
    renewed = null;
    return current.opened.open(signal, heardMs);
  };

  /** The first that opens of the addresses in hand; the last failure when none does. `fresh`: the platform named them just now. */
  const firstThatOpens = async (
    fresh: boolean,
    signal: AbortSignal,
    heardMs: () => number,
  ): Promise<Feed | VigieError> => {
    let failure: VigieError = outage('no-address');
    for (const stream of choice.usable(clock.now()).slice(0, mostTries)) {
      try {
        return follow(stream, await openStream(stream, signal, heardMs), signal);
      } catch (error) {
        if (!isVigieError(error) || isVigieError(error, 'cancelled')) throw error;
        failure = error;
        // Where the network itself fails, other addresses fail as slowly; where one is refused for its age, all are.
        if (isUnreachable(error) || !fresh) break;
        choice.worked(stream, false);
      }
    }
    return failure;
  };

  /** The feed, watched: its address is renewed in time, and how it ends decides what the next attempt asks. */
  const follow = (stream: Rendition, feed: Feed, signal: AbortSignal): Feed => {
    const items = async function* (): AsyncGenerator<FeedItem> {
      let bytes = 0;
      const stop = startRenewal({ clock, expiresAt: stream.expiresAt, renew: () => renew(stream, signal), onDefect });
      try {
        for await (const item of feed.items) {
          if (!isBreak(item)) bytes += item.length;
          heard ||= bytes > 0;
          yield item;
        }
      } catch (error) {
        if (!isVigieError(error)) throw error;
        trusted = isUnreachable(error);
        throw asOutage(error);
      } finally {
        stop();
        choice.worked(stream, bytes >= workedBytes);
      }
      throw outage('stream-ended', 200);
    };
    return { ...feed, kind: 'live', durationMs: null, items: items() };
  };

  const renew = async (stream: Rendition, signal: AbortSignal): Promise<number | null> => {
    const answer = await hands.lookup(account, signal).catch((error: unknown) => {
      if (isVigieError(error, 'cancelled')) return null;
      throw error;
    });
    if (answer?.how !== 'live' || answer.roomId !== account.roomId) return null;
    choice.offer(answer.streams);
    const same = answer.streams.find((each) => keyOf(each) === keyOf(stream));
    if (!same || same.url === stream.url) return null;
    renewed = same.url;
    return same.expiresAt;
  };

  return {
    label,
    reopens: true,
    async open(signal, heardMs) {
      if (trusted) {
        trusted = false;
        const opened = await firstThatOpens(false, signal, heardMs);
        if (!isVigieError(opened)) return opened;
      }
      await ask(signal);
      const opened = await firstThatOpens(true, signal, heardMs);
      if (isVigieError(opened)) throw asOutage(opened);
      return opened;
    },
  };
}

function typedStream(url: string): Rendition {
  const expire = /^\d{10}$/.exec(new URL(url).searchParams.get('expire') ?? '')?.[0];
  const expiresAt = expire === undefined ? null : Number(expire) * 1000;
  return { url, protocol: 'flv', quality: 'typed', audio: false, expiresAt };
}

const isUnreachable = (error: VigieError): boolean =>
  isVigieError(error, 'timed-out') || (isVigieError(error, 'network-failed') && error.data.status === undefined);

const detailOf = (error: VigieError): string =>
  'detail' in error.data ? String(error.data.detail) : 'reason' in error.data ? String(error.data.reason) : '';
