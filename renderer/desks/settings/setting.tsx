import type { ReactNode } from 'react';
import css from './settings.module.css';

/** One setting: its name, what it changes, and where it is changed. */
export function Setting({ name, says, children }: { name: string; says: string; children: ReactNode }) {
  return (
    <div className={css.setting}>
      <div>
        <p className={css.name}>{name}</p>
        <p className="soft label">{says}</p>
      </div>
      <div className={css.control}>{children}</div>
    </div>
  );
}
