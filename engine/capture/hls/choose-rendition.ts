import type { MasterPlaylist, Variant } from './types.ts';

/** Codec names of pictures and of text (RFC 6381 prefixes); everything else is sound. */
const notSound = /^(avc|hvc|hev|dvh|dva|vp0?[89]|av01|mp4v|jpeg|stpp|wvtt|theora|vp09)/;

const hasSound = (variant: Variant): boolean =>
  variant.codecs === null || variant.audioGroup !== null || variant.codecs.some((codec) => !notSound.test(codec));
const soundOnly = (variant: Variant): boolean =>
  variant.codecs !== null && variant.codecs.every((codec) => !notSound.test(codec));

/**
 * Address of the media playlist with the least besides sound: a variant of sound alone, else the separate sound of the lowest variant,
 * else the lowest variant that carries sound; null where none does.
 */
export function chooseRendition(master: MasterPlaylist): string | null {
  const byRate = [...master.variants].sort((a, b) => a.bandwidth - b.bandwidth);
  const alone = byRate.find((variant) => soundOnly(variant) && variant.audioGroup === null);
  if (alone) return alone.url;
  const lowest = byRate.find(hasSound);
  if (!lowest) return null;
  const group = master.audio.filter((each) => each.group === lowest.audioGroup);
  const chosen = group.find((each) => each.isDefault) ?? group.find((each) => each.autoselect) ?? group[0];
  return chosen?.url ?? lowest.url;
}
