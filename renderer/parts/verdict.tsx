import type { Verdict } from '#shared/model/verdict.ts';
import { useWords } from '../i18n/index.ts';
import { markQuotes } from './quotes.ts';
import css from './verdict.module.css';

/** What was said, with the words that the verdict quotes marked. */
export function SpeechText({ text, verdict, lang }: { text: string; verdict: Verdict | null; lang: string | null }) {
  return (
    <span dir="auto" lang={lang ?? undefined}>
      {markQuotes(text, verdict?.reasons ?? []).map((piece, index) =>
        piece.quoted ? (
          <mark key={index} className={css.quote}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
}

/** Category, virality, hate and target, each named. */
export function Facets({ verdict }: { verdict: Verdict }) {
  const { t } = useWords();
  const facets = [
    { label: t('facet.category'), value: t(`category.${verdict.category}`), strong: verdict.category === 'haineux' },
    { label: t('facet.virality'), value: t(`virality.${verdict.virality}`), strong: verdict.virality === 'forte' },
    { label: t('facet.hate'), value: t(verdict.hate ? 'hate.yes' : 'hate.no'), strong: verdict.hate },
    ...(verdict.target === null
      ? []
      : [
          {
            label: t('facet.target'),
            value: targetWords(t(`target.${verdict.target}`), verdict.targetText),
            strong: false,
          },
        ]),
  ];
  return (
    <dl className={css.facets}>
      {facets.map(({ label, value, strong }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd data-strong={strong}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function targetWords(name: string, spoken: string | null): string {
  return spoken === null ? name : `${name} (${spoken})`;
}

/** Why the verdict is what it is, one sentence per rule, in the reader's language. */
export function Justification({ verdict }: { verdict: Verdict }) {
  const { t } = useWords();
  if (verdict.reasons.length === 0) return null;
  return (
    <ul className={css.reasons}>
      {verdict.reasons.map((reason, index) => (
        <li key={index}>
          {t(`reason.${reason.rule}`, {
            quote: reason.quote,
            target: verdict.targetText ?? (verdict.target === null ? '' : t(`target.${verdict.target}`)),
          })}
        </li>
      ))}
    </ul>
  );
}

/** The score as the sum a person can check. */
export function ScoreTerms({ verdict }: { verdict: Verdict }) {
  const { t, format } = useWords();
  return (
    <p className={css.terms}>
      {verdict.terms.map(({ term, bp }) => (
        <span key={term} className="figure">
          {t(`term.${term}`)} {format.score(bp)}
        </span>
      ))}
      <span className="figure">
        {t('term.total')} {format.score(verdict.scoreBp)}
      </span>
    </p>
  );
}
