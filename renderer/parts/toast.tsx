import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import css from './toast.module.css';

/** A short word at the lower edge. `id` lets a later word take the place of an earlier one; a `card` has several lines and stays longer. */
export function toast(
  message: ReactNode,
  options: { id?: string; bad?: boolean; card?: boolean; action?: { label: string; run: () => void } } = {},
): void {
  const { id, bad = false, card = false, action } = options;
  const data = {
    id,
    className: bad ? css.bad : css.good,
    autoClose: card ? 30_000 : bad ? 12_000 : 6_000,
    message: (
      <span className={css.line}>
        <span role={bad ? 'alert' : undefined}>{message}</span>
        {action && (
          <button type="button" className={css.action} onClick={action.run}>
            {action.label}
          </button>
        )}
      </span>
    ),
  };
  if (id !== undefined) notifications.hide(id);
  notifications.show(data);
}
