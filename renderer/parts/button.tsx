import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { keyOf, type KeyId } from '../keys/table.ts';
import css from './button.module.css';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'plain' | 'main' | 'quiet' | 'danger';
  icon?: ReactNode;
  /** The key that does the same, shown on the button. */
  keyId?: KeyId;
  busy?: boolean;
};

export function Button({ look = 'plain', icon, keyId, busy = false, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={`${css.button} ${rest.className ?? ''}`}
      data-look={look}
      aria-busy={busy}
      disabled={disabled === true || busy}
      aria-keyshortcuts={keyId && keyOf(keyId)}
    >
      {icon}
      {children}
      {keyId && <kbd aria-hidden="true">{keyOf(keyId)}</kbd>}
    </button>
  );
}
