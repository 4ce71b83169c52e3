import { Modal } from '@mantine/core';
import { useWords } from '../i18n/index.ts';
import { keyTable, type KeyBinding, type KeyScope } from './table.ts';
import { activeScopes } from './use-keys.ts';
import css from './keys-help.module.css';

/** Every key that works, from the table that binds them; those of the present screen first. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords();
  const all: KeyScope[] = ['review', 'live', 'lives', 'everywhere'];
  const here = activeScopes();
  const scopes = [...all.filter((scope) => here.includes(scope)), ...all.filter((scope) => !here.includes(scope))];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={css.columns}>
        {scopes.map((scope) => (
          <section key={scope} className={css.group} data-here={here.includes(scope)}>
            <h2>{t(`keys.scope.${scope}`)}</h2>
            <dl>
              {(keyTable as readonly KeyBinding[])
                .filter((binding) => binding.scope === scope)
                .map((binding) => (
                  <div key={binding.id}>
                    <dt>{t(`keys.${binding.id}`)}</dt>
                    <dd>
                      {binding.keys.map((key) => (
                        <Keys key={key} typed={key} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Enter: '⏎' };

function Keys({ typed }: { typed: string }) {
  return typed.split(' ').map((key) => <kbd key={key}>{signs[key] ?? key}</kbd>);
}
