import { create } from 'zustand';
import { engine } from '../link/engine.ts';

/** A stretch of one live's timeline; `key` tells the rows which of them is heard. */
export type Stretch = { key: string; liveId: string; startMs: number; endMs: number };

type Sound =
  | { state: 'silent'; key: null }
  | { state: 'loading' | 'playing'; key: string }
  | { state: 'failed'; key: string; error: unknown };

/** Nothing is heard until a person asks for it, and one thing at a time. */
export const useSound = create<Sound>(() => ({ state: 'silent', key: null }));

const player = new Audio();
let address: string | null = null;
let asked = 0;

player.addEventListener('ended', silence);

/** Ends what is heard and lets go of its bytes. */
export function silence(): void {
  asked += 1;
  player.pause();
  if (address !== null) URL.revokeObjectURL(address);
  address = null;
  useSound.setState({ state: 'silent', key: null }, true);
}

/** Plays a stretch from the spool, or stops it when it is the one being heard. */
export async function togglePlay({ key, liveId, startMs, endMs }: Stretch): Promise<void> {
  const now = useSound.getState();
  const wasThis = now.key === key && now.state !== 'failed';
  silence();
  if (wasThis) return;
  const turn = asked;
  useSound.setState({ state: 'loading', key }, true);
  try {
    const { wavBase64 } = await engine.lives.sound({ liveId, startMs, endMs });
    if (turn !== asked) return;
    address = URL.createObjectURL(new Blob([bytesOf(wavBase64)], { type: 'audio/wav' }));
    player.src = address;
    await player.play();
    if (turn === asked) useSound.setState({ state: 'playing', key }, true);
  } catch (error) {
    if (turn === asked) useSound.setState({ state: 'failed', key, error }, true);
  }
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
