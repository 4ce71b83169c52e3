import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react';
import { locales } from '#shared/i18n/index.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../i18n/index.ts';
import { useSwitchLocale } from './locale.ts';
import css from './top-bar.module.css';

/** Keys, light or dark, and the language, at the same place on every screen. `#desk-title` is filled by the desk. */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  const { t, locale } = useWords();
  const switchLocale = useSwitchLocale();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className={css.top}>
      <div id="desk-title" className={css.title} />
      <div className={css.tools}>
        <Button look="quiet" icon={<IconKeyboard />} onClick={onHelp} keyId="help">
          {t('top.keys')}
        </Button>
        <Button
          look="quiet"
          icon={scheme === 'dark' ? <IconSun /> : <IconMoon />}
          onClick={() => setColorScheme(other)}
          aria-label={t(`top.${other}`)}
          title={t(`top.${other}`)}
        />
        <div className={css.languages} role="group" aria-label={t('top.language')}>
          {locales.map((one) => (
            <button
              key={one}
              type="button"
              lang={one}
              aria-pressed={one === locale}
              aria-label={t(`language.${one}`)}
              onClick={() => switchLocale(one)}
            >
              {one.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}
