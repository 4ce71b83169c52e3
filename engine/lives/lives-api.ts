import { stat } from 'node:fs/promises';
import path from 'node:path';
import { assertNever, VigieError } from '#shared/errors.ts';
import { type Account, parseAccount } from '#shared/model/account.ts';
import { parseSource, type ResolverTool, type Source, type SourceChoices } from '#shared/model/source.ts';
import type { TentativeNews } from '#shared/model/tentative.ts';
import type { Settings } from '#shared/model/settings.ts';
import { type CaptureService, sourceLabel } from '../capture/capture-service.ts';
import type { DevicesService } from '../capture/devices-service.ts';
import { readSound } from '../capture/spool-read.ts';
import { wavFile } from '../capture/wav.ts';
import type { Implementer } from '../carriers/implement.ts';
import type { Commands } from '../db/commands.ts';
import type { SoundService } from '../retention/sound-service.ts';
import type { ResolvedModel } from '../transcribe/models.ts';
import { courseOf } from './course.ts';
import { isFollowed, type LivesStore } from './lives-store.ts';
import type { SearchStore } from './search-store.ts';
import type { SegmentsStore } from './segments-store.ts';

const maxSoundMs = 60_000;

/** Handlers of `contract.lives`. */
export function livesApi(
  os: Implementer,
  deps: {
    lives: LivesStore;
    segments: SegmentsStore;
    capture: CaptureService;
    commands: Commands;
    settings(): Settings;
    /** @throws VigieError `not-found`, `case-closed` */
    openCase(caseId: string): unknown;
    resolveModel(idOrPath: string): Promise<ResolvedModel>;
    /** The same for sound that cannot be heard again: a model that has yet to come is waited for. */
    resolveModelForLive(idOrPath: string): Promise<{ path: string }>;
    /** Whom a platform's short link leads to; null when nobody. */
    followShortLink(link: string, signal: AbortSignal): Promise<Account | null>;
    /** @throws VigieError `capacity-reached` */
    checkCapacity(modelPath: string): void;
    devices: DevicesService;
    search: SearchStore;
    sound: Pick<SoundService, 'choose' | 'drops' | 'stillThere'>;
    soundUse(): Promise<{ bytes: number; lives: number }>;
    tentative: { follow(liveId: string, signal?: AbortSignal): AsyncGenerator<TentativeNews, void, void> };
    /** Whether the program is set and can be run. Rejects with `program-unusable`. */
    checkResolver(tool: ResolverTool): Promise<void>;
  },
) {
  const { lives, segments, capture, commands } = deps;
  const known = (liveId: string) => {
    const live = lives.get(liveId);
    if (!live) throw new VigieError('not-found', { what: 'live', id: liveId });
    return live;
  };

  /** What was typed, with the account's name in place of a short link: whoever asks to hear one asks to follow it. */
  const named = async (text: string, signal = new AbortController().signal): Promise<string> => {
    const parsed = parseAccount(text);
    if (!('problem' in parsed) || parsed.problem !== 'short-link') return text;
    const account = await deps.followShortLink(parsed.link, signal);
    if (!account) throw new VigieError('source-unsupported', { source: parsed.link, detail: 'link-without-account' });
    return `@${account.handle}`;
  };

  return {
    watch: os.lives.watch.handler(async ({ input, context, signal }) => {
      const text = await named(input.source, signal);
      const source = await checkedSource(text, input, {
        network: deps.settings().network,
        checkResolver: deps.checkResolver,
      });
      // Before the live exists: a model that cannot work is told at once, not by a live that never gets its words. A file can wait for its
      // model where it lies; a broadcast cannot.
      const resolve = source.kind === 'file' ? deps.resolveModel : deps.resolveModelForLive;
      const model = await resolve(input.model ?? deps.settings().model);
      if (!input.force && isFollowed(source.kind)) deps.checkCapacity(model.path);
      const pace = input.speed === '1' ? { realtimeForMs: input.realtimeForMs ?? null } : null;
      if (input.caseId !== undefined) deps.openCase(input.caseId);
      return commands.once({ id: input.commandId, call: 'lives.watch', actor: context.actor.id }, () => ({
        liveId: capture.watch({
          source,
          title: input.title ?? sourceLabel(source),
          account: input.account ?? (source.kind === 'tiktok' ? source.handle : null),
          caseId: input.caseId ?? null,
          keepAudio: input.keepAudio,
          language: input.language,
          model: model.path,
          pace,
          actor: context.actor.id,
        }),
      }));
    }),
    devices: os.lives.devices.handler(({ signal }) => deps.devices.list(signal)),
    stop: os.lives.stop.handler(({ input, context }) => {
      known(input.liveId);
      return commands.once({ id: input.commandId, call: 'lives.stop', actor: context.actor.id }, () => {
        capture.stop(input.liveId, context.actor.id);
        return {};
      });
    }),
    keepSound: os.lives.keepSound.handler(({ input, context }) =>
      commands.once({ id: input.commandId, call: 'lives.keepSound', actor: context.actor.id }, () => {
        deps.sound.choose(input.liveId, input.keepAudio, context.actor.id);
        return {};
      }),
    ),
    soundUse: os.lives.soundUse.handler(() => deps.soundUse()),
    list: os.lives.list.handler(({ input }) => {
      const items = lives.list({ states: input.states, before: input.before, limit: input.limit });
      return { items, next: items.length === input.limit ? (items.at(-1)?.id ?? null) : null };
    }),
    get: os.lives.get.handler(({ input }) => ({
      live: known(input.liveId),
      gaps: lives.gaps(input.liveId),
      drops: deps.sound.drops(input.liveId),
    })),
    course: os.lives.course.handler(({ input }) => ({
      items: [...new Set(input.liveIds)].flatMap((liveId) => {
        const live = lives.row(liveId);
        if (!live) return [];
        const gaps = lives.gaps(liveId);
        const lengthMs = Math.max(live.captured_ms, gaps.at(-1)?.endMs ?? 0);
        const steps = courseOf({ lengthMs, gaps, segments: segments.weighed(liveId) }, input.steps);
        return [{ liveId, lengthMs, steps }];
      }),
    })),
    audience: os.lives.audience.handler(({ input }) => {
      known(input.liveId);
      const items = lives.figures(input.liveId);
      const viewers = items.flatMap((figure) => figure.viewers ?? []);
      return { items, peakViewers: viewers.length === 0 ? null : Math.max(...viewers) };
    }),
    segments: os.lives.segments.handler(({ input }) => {
      known(input.liveId);
      return { items: segments.page(input.liveId, input.fromNumber, input.limit) };
    }),
    segment: os.lives.segment.handler(({ input }) => {
      const segment = segments.get(input.segmentId);
      if (!segment) throw new VigieError('not-found', { what: 'segment', id: input.segmentId });
      return segment;
    }),
    tentative: os.lives.tentative.handler(async function* ({ input, signal }) {
      yield* deps.tentative.follow(input.liveId, signal);
    }),
    search: os.lives.search.handler(({ input }) => deps.search.find(input)),
    sound: os.lives.sound.handler(async ({ input }) => {
      known(input.liveId);
      if (input.endMs <= input.startMs || input.endMs - input.startMs > maxSoundMs) {
        throw new VigieError('bad-input', { problem: `endMs must lie within ${maxSoundMs} ms after startMs` });
      }
      const kept = deps.sound.stillThere(input.liveId, input);
      const pcm = await readSound(capture.spoolDir(input.liveId), kept.startMs, kept.endMs);
      return { wavBase64: Buffer.from(wavFile(pcm)).toString('base64'), ...kept };
    }),
  };
}

/**
 * What was typed, as a source that can be tried. Files are looked at here so that a wrong path is an answer, not a failed live.
 * @throws VigieError `source-unsupported`, `protocol-not-allowed`, `program-unusable`, `network-off`, and those of `checkedFile`
 */
async function checkedSource(
  text: string,
  choices: SourceChoices,
  known: { network: boolean; checkResolver(tool: ResolverTool): Promise<void> },
): Promise<Source> {
  const parsed = parseSource(text, choices);
  if ('problem' in parsed) {
    const typed = text.trim().slice(0, 200);
    if (parsed.problem === 'protocol')
      throw new VigieError('protocol-not-allowed', { scheme: typed.split(':')[0] ?? '' });
    throw new VigieError('source-unsupported', { source: typed, detail: parsed.problem });
  }
  const { source } = parsed;
  switch (source.kind) {
    case 'file':
      return { kind: 'file', path: await checkedFile(source.path) };
    case 'stdin':
    case 'device':
      return source;
    case 'tiktok':
      if (!known.network) throw new VigieError('network-off', { host: 'tiktok.com' });
      return source;
    case 'url':
    case 'protocol':
    case 'external':
      if (!known.network) throw new VigieError('network-off', { host: new URL(source.url).host });
      if (source.kind === 'external') await known.checkResolver(source.tool);
      return source;
    default:
      return assertNever(source);
  }
}

/** @throws VigieError `source-not-found`, `source-is-directory`, `source-empty`, `source-unreadable` */
async function checkedFile(typed: string): Promise<string> {
  const file = path.resolve(typed);
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new VigieError('source-is-directory', { source: file });
    if (found.isFile() && found.size === 0) throw new VigieError('source-empty', { source: file });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new VigieError('source-not-found', { source: file }, { cause: error });
    if (code === 'EACCES' || code === 'EPERM')
      throw new VigieError('source-unreadable', { source: file, detail: code }, { cause: error });
    throw error;
  }
  return file;
}
