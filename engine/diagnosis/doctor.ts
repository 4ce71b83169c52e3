import { once } from 'node:events';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { isVigieError, VigieError } from '#shared/errors.ts';
import type { CapacityFigures } from '#shared/model/lane.ts';
import type { Check, CheckName } from '#shared/model/system.ts';
import type { NextModel } from '#shared/model/speech-model.ts';
import type { Clock } from '../base/clock.ts';
import type { Store } from '../db/store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Spawn } from '../process/spawn.ts';
import type { SpeechInfo } from '../transcribe/speech-engine.ts';
import { freeBytesOf } from './free-bytes.ts';

/** Under this much free space a capture of one hour (115 MB of sound) and its database would not fit with a margin. */
export const lowDiskBytes = 1_000_000_000;

const modelProblems = [
  { code: 'model-missing', fix: 'speech-model-failed' },
  { code: 'model-invalid', fix: 'speech-model-failed' },
  { code: 'model-unexpected', fix: 'speech-model-unexpected' },
  { code: 'model-too-large', fix: 'speech-model-too-large' },
] as const;

type Finding = Omit<Check, 'name' | 'tookMs'>;
const ok = (detail: Finding['detail']): Finding => ({ outcome: 'ok', detail, fix: null });
const warning = (detail: Finding['detail'], fix: string): Finding => ({ outcome: 'warning', detail, fix });
const failed = (detail: Finding['detail'], fix: string): Finding => ({ outcome: 'failed', detail, fix });

/** Tests every part that the main job stands on, each for real, each with the name of its fix when something is wrong. */
export async function examine(deps: {
  store: Store;
  journal: Journal;
  clock: Clock;
  spawn: Spawn;
  ffmpeg: string;
  dataDir: string;
  network(): boolean;
  speech(): Promise<SpeechInfo>;
  /** What the next live takes. */
  nextModel(): Promise<NextModel | null>;
  voiceModel(): Promise<{ path: string; digest: string }>;
  soundUse(): Promise<{ bytes: number }>;
  capacity(): { figures: CapacityFigures | null; running: number };
}): Promise<Check[]> {
  const { clock } = deps;
  const run = async (name: CheckName, test: () => Promise<Finding>): Promise<Check> => {
    const since = clock.monotonicMs();
    const finding = await test().catch((error: unknown) => failed({ problem: problemOf(error) }, `${name}-failed`));
    return { name, ...finding, tookMs: Math.round(clock.monotonicMs() - since) };
  };

  const checks = [
    await run('ffmpeg', async () => ok({ version: await ffmpegVersion(deps.spawn, deps.ffmpeg), path: deps.ffmpeg })),
  ];
  const speech = await deps.speech().then(
    (info) => ({ info, error: null }),
    (error: unknown) => ({ info: null, error }),
  );
  const modelBroken = modelProblems.find(({ code }) => isVigieError(speech.error, code));
  checks.push(
    await run('speech-worker', async () => {
      if (!speech.info)
        return modelBroken
          ? warning({ problem: 'no-model' }, modelBroken.fix)
          : failed({ problem: problemOf(speech.error) }, 'speech-worker-failed');
      const detail = { worker: speech.info.worker, library: speech.info.library, threads: speech.info.threads };
      return speech.info.notices.includes('prebuilt-slow') ? warning(detail, 'speech-worker-prebuilt') : ok(detail);
    }),
    await run('speech-model', async () => {
      if (speech.info) {
        const detail = { model: speech.info.modelName, digest: speech.info.modelDigest };
        const next = await deps.nextModel();
        if (next?.test) return warning(detail, 'speech-model-test');
        return next?.fit === 'tight' ? warning(detail, 'speech-model-too-large') : ok(detail);
      }
      return modelBroken
        ? failed({ problem: problemOf(speech.error) }, modelBroken.fix)
        : warning({ problem: problemOf(speech.error) }, 'speech-worker-failed');
    }),
    await run('voice-model', async () => ok(await deps.voiceModel())),
    await run('gpu', async () => {
      if (!speech.info) return warning({ device: 'unknown' }, 'speech-worker-failed');
      const { device, deviceName, graphics } = speech.info;
      const unused = graphics?.unused ?? null;
      const detail = { device, name: deviceName, ...(graphics && unused && { card: graphics.card, unused }) };
      if (unused === null || unused === 'switched-off') return ok(detail);
      return warning(detail, unused === 'crashed' ? 'gpu-fallback' : `gpu-${unused}`);
    }),
    await run('capacity', () => {
      const { figures, running } = deps.capacity();
      if (figures === null) return Promise.resolve(ok({ measured: false, running }));
      const { lives, realTimeFactor, voiceShare } = figures;
      const percent = (part: number) => Math.round(part * 100);
      const detail = { lives, running, factorPercent: percent(realTimeFactor), voicePercent: percent(voiceShare) };
      return Promise.resolve(lives < 1 || running > lives ? warning(detail, 'capacity-low') : ok(detail));
    }),
    await run('disk', async () => {
      const freeBytes = await writableBytes(deps.dataDir);
      const detail = { freeBytes, path: deps.dataDir, soundBytes: (await deps.soundUse()).bytes };
      return freeBytes < lowDiskBytes ? warning(detail, 'disk-low') : ok(detail);
    }),
    await run('database', async () => {
      const verdict: unknown = deps.store.raw.pragma('quick_check(1)', { simple: true });
      if (verdict !== 'ok') return failed({ problem: String(verdict) }, 'database-failed');
      const sqlite = deps.store.raw.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()?.v ?? '';
      return ok({
        sqlite,
        journalMode: String(deps.store.raw.pragma('journal_mode', { simple: true })),
        readOnly: deps.store.readOnly,
      });
    }),
    await run('journal', async () => {
      const { lines, brokenAt, headHash } = deps.journal.verify();
      return brokenAt === null ? ok({ lines, head: headHash }) : failed({ lines, brokenAt }, 'journal-failed');
    }),
    await run('network', async () =>
      deps.network() ? ok({ allowed: true }) : warning({ allowed: false }, 'network-off'),
    ),
  );
  return checks;
}

function problemOf(error: unknown): string {
  return isVigieError(error) ? error.code : error instanceof Error ? error.message : String(error);
}

/** The version ffmpeg gives itself. @throws VigieError `ffmpeg-missing` */
export async function ffmpegVersion(spawn: Spawn, ffmpeg: string): Promise<string> {
  const child = spawn(ffmpeg, ['-hide_banner', '-version']);
  const ended = once(child, 'close');
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(0, 10_000);
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new VigieError('ffmpeg-missing', { path: ffmpeg }, { cause: error });
  }
  child.stdin?.end();
  await ended;
  const version = /^ffmpeg version (\S+)/m.exec(text)?.[1];
  if (!version) throw new VigieError('ffmpeg-missing', { path: ffmpeg });
  return version;
}

/** Writes, syncs and removes a small file, then says how much room is left. */
async function writableBytes(dataDir: string): Promise<number> {
  await mkdir(dataDir, { recursive: true });
  const probe = path.join(dataDir, '.doctor');
  const file = await open(probe, 'w');
  try {
    await file.write(Buffer.alloc(4096, 1));
    await file.sync();
  } finally {
    await file.close();
    await rm(probe, { force: true });
  }
  return await freeBytesOf(dataDir);
}
