import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Nearer to the end than this counts as being there. */
const nearPx = 48;

/**
 * Whether the transcript follows what is being said. Only a person's own scrolling ends it, never growth; reaching the end
 * by hand takes it up again.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, initially: boolean) {
  const [following, setFollowing] = useState(initially);
  const byHand = useRef(false);
  const atEnd = useCallback(() => {
    const box = scroller.current;
    return box !== null && box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
  }, [scroller]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const hand = () => {
      byHand.current = true;
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
  }, [scroller, atEnd]);
  return { following, setFollowing };
}
