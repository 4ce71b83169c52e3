import { useEffect, useRef, useState } from 'react';

/** Nearer to the end than this counts as being there. */
const nearPx = 48;

/**
 * Whether the transcript follows what is being said. Only a person's own scrolling ends it, never growth; reaching the end
 * by hand takes it up again. `onHand`: a person began to scroll.
 */
export function useFollow(box: HTMLElement | null, initially: boolean, onHand: () => void) {
  const [following, setFollowing] = useState(initially);
  const byHand = useRef(false);
  const told = useRef(onHand);
  useEffect(() => {
    told.current = onHand;
  });
  useEffect(() => {
    if (!box) return;
    const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    const hand = () => {
      byHand.current = true;
      told.current();
    };
    const scrolled = () => {
      if (!byHand.current) return;
      setFollowing(atEnd());
    };
    const rest = () => {
      byHand.current = false;
    };
    const kinds = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    for (const kind of kinds) box.addEventListener(kind, hand, { passive: true });
    box.addEventListener('scroll', scrolled, { passive: true });
    box.addEventListener('scrollend', rest);
    return () => {
      for (const kind of kinds) box.removeEventListener(kind, hand);
      box.removeEventListener('scroll', scrolled);
      box.removeEventListener('scrollend', rest);
    };
  }, [box]);
  return { following, setFollowing };
}
