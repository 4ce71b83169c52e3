import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { id } from '../ids.ts';
import { gap, languages, live, liveStates, soundDrop } from '../model/live.ts';
import { audienceFigure, course } from '../model/course.ts';
import { device, deviceTrouble } from '../model/device.ts';
import { mostSearchChars, searchHit } from '../model/search.ts';
import { segment } from '../model/segment.ts';
import { bands } from '../policy/risk.ts';
import { resolverTools } from '../model/source.ts';
import { tentativeNews } from '../model/tentative.ts';
import { call } from './base.ts';

const read = { permission: 'read', personalData: false } as const;
const readContent = { permission: 'read', personalData: true } as const;
const operate = { permission: 'operate', personalData: false } as const;

export const watchInput = z.object({
  /** Path, address, `device:<system>:<name>`, or `-` (command line only). */
  source: z.string().min(1).max(4096),
  title: z.string().max(300).optional(),
  account: z.string().max(100).optional(),
  /** An open case: its glossary is what the recogniser expects. */
  caseId: id.optional(),
  language: z.enum(languages).default('fr'),
  /** Model id or path; the configured default when absent. */
  model: z.string().max(4096).optional(),
  /** Paced at real time, or as fast as the machine can. Streams that are live pace themselves. */
  speed: z.enum(['1', 'max']).default('max'),
  /** With speed 1: go on at full speed after this much sound. */
  realtimeForMs: z.number().int().positive().optional(),
  /** The person allows loopback and private addresses for this source. */
  allowPrivate: z.boolean().default(false),
  /** The person lets ffmpeg itself open this rtmp, rtmps, rtsp or srt address. */
  allowProtocol: z.boolean().default(false),
  /** The program (its path is a setting) that finds the stream behind the address. */
  resolver: z.enum(resolverTools).optional(),
  /** Off: the sound may go some time after all of it is written down and decided, but for what is around alerts. */
  keepAudio: z.boolean().default(true),
  /** The person wants it although the machine is at its limit (`capacity-reached`). Files are never refused. */
  force: z.boolean().default(false),
  commandId: id,
});

export const lives = {
  /** Starts hearing a source. The same commandId again answers with the same live. */
  watch: call(operate)
    .input(watchInput)
    .output(z.object({ liveId: id })),
  /** Microphones and the machine's own sound, as the system lists them; and why a sound system lists none. */
  devices: call(read).output(
    z.object({ items: z.array(device), troubles: z.array(deviceTrouble), ffmpeg: z.string() }),
  ),
  /** Whether all sound of a live stays. What is erased stays erased. */
  keepSound: call(operate)
    .input(z.object({ liveId: id, keepAudio: z.boolean(), commandId: id }))
    .output(z.object({})),
  /** How much of the disk the sound of all lives takes. */
  soundUse: call(read).output(z.object({ bytes: z.number().int(), lives: z.number().int() })),
  /** Ends our capture. What was heard is still written down and weighed. */
  stop: call(operate)
    .input(z.object({ liveId: id, commandId: id }))
    .output(z.object({})),
  /** Newest first. */
  list: call(read)
    .input(
      z.object({
        states: z.array(z.enum(liveStates)).optional(),
        before: id.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(live), next: id.nullable() })),
  get: call(read)
    .input(z.object({ liveId: id }))
    .output(z.object({ live, gaps: z.array(gap), drops: z.array(soundDrop) })),
  /** How risk, alerts and gaps are spread over each of these lives; a live that is not known is left out. */
  course: call(read)
    .input(z.object({ liveIds: z.array(id).min(1).max(200), steps: z.number().int().min(1).max(240).default(60) }))
    .output(z.object({ items: z.array(course) })),
  /** Viewers and title as the platform told them, oldest first. */
  audience: call(read)
    .input(z.object({ liveId: id }))
    .output(z.object({ items: z.array(audienceFigure), peakViewers: z.number().int().nullable() })),
  /** Segments in order, from `fromNumber` upwards. */
  segments: call(readContent)
    .input(
      z.object({
        liveId: id,
        fromNumber: z.number().int().min(1).default(1),
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ items: z.array(segment) })),
  /** One segment by its id. */
  segment: call(readContent)
    .input(z.object({ segmentId: id }))
    .output(segment),
  /**
   * What is being said now, as it changes, until its segment takes its place; ends with the live. It is heard only while somebody reads
   * this, and while the machine has nothing better to do.
   */
  tentative: call(readContent)
    .input(z.object({ liveId: id }))
    .output(eventIterator(tentativeNews)),
  /**
   * Full-text search over what was said and how people corrected it, newest first; accents and case do not matter. Words must all be there;
   * "a phrase" as it stands, `mot*` and the last word as beginnings.
   */
  search: call(readContent)
    .input(
      z.object({
        text: z.string().min(1).max(mostSearchChars),
        liveId: id.optional(),
        caseId: id.optional(),
        account: z.string().max(100).optional(),
        language: z.string().max(8).optional(),
        /** This band or a higher one. */
        band: z.enum(bands).optional(),
        /** Wall time at which it was said, epoch ms, the end not included. */
        from: z.number().int().optional(),
        to: z.number().int().optional(),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ items: z.array(searchHit), next: z.number().int().nullable() })),
  /**
   * The sound of [startMs, endMs) of a live as a WAV file (16 kHz mono), base64; at most 60 s. Missing time is silence; where parts of it were
   * erased, the first part that was not (`startMs`, `endMs`), and `sound-dropped` when there is none.
   */
  sound: call(readContent)
    .input(z.object({ liveId: id, startMs: z.number().int().min(0), endMs: z.number().int().positive() }))
    .output(z.object({ wavBase64: z.string(), startMs: z.number().int(), endMs: z.number().int() })),
};
