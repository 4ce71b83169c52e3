export type ByteRange = { from: number; length: number };

/** One media segment of a playlist, addresses resolved. */
export type PlaylistSegment = {
  sequence: number;
  url: string;
  durationMs: number;
  byteRange: ByteRange | null;
  /** Timestamps or encoding start anew here. */
  discontinuity: boolean;
  /** Initialization section that must come before (fragmented MP4). */
  map: { url: string; byteRange: ByteRange | null } | null;
  /** AES-128 in CBC mode over the whole segment; `iv` null: the sequence number. */
  key: { url: string; iv: Uint8Array | null } | null;
  /** The server says that it has no sound for this time. */
  gap: boolean;
};

export type MediaPlaylist = {
  kind: 'media';
  targetDurationMs: number;
  mediaSequence: number;
  /** Nothing will be added. */
  ended: boolean;
  segments: PlaylistSegment[];
};

export type Variant = { url: string; bandwidth: number; codecs: string[] | null; audioGroup: string | null };
export type AudioRendition = { group: string; url: string | null; isDefault: boolean; autoselect: boolean };
export type MasterPlaylist = { kind: 'master'; variants: Variant[]; audio: AudioRendition[] };
