import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../i18n/index.ts';
import { DeskTitle } from '../../shell/desk-title.tsx';
import css from './live-page.module.css';

export function LiveTitle({ title }: { title: string }) {
  const { t } = useWords();
  return (
    <DeskTitle plain={title}>
      <Link to="/lives" className={css.back}>
        <IconChevronLeft aria-hidden="true" size={16} />
        {t('desk.lives')}
      </Link>
      <h1 className="clip">{title}</h1>
    </DeskTitle>
  );
}
