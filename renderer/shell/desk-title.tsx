import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The desk's name and the way back, shown in the top bar; `plain` names the window. */
export function DeskTitle({ plain, children }: { plain: string; children?: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById('desk-title')), []);
  useEffect(() => {
    document.title = `${plain} · Vigie`;
  }, [plain]);
  return place && createPortal(children ?? <h1 className="clip">{plain}</h1>, place);
}
