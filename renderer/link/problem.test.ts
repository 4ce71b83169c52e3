import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { VigieError } from '#shared/errors.ts';
import { createTranslator } from '#shared/i18n/index.ts';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { isConnectionFailure, keptProblemText, problemText } from './problem.ts';

const { t } = createTranslator('fr', { fr, en });

test('an error of the closed list is its sentence, over the wire as well', () => {
  const wire = new ORPCError('model-missing', { data: { model: 'grand', known: ['vigie-micro', 'autre'] } });
  expect(problemText(wire, t)).toBe(
    'Modèle introuvable\u202f: grand. Modèles connus\u202f: vigie-micro, autre. Voir «\u202fvigie models\u202f».',
  );
  expect(isConnectionFailure(wire)).toBe(false);
});

test('a broken line may be tried again, a defect is told as one', () => {
  const broken = new Error('Cannot send message, WebSocket is not open.');
  expect(isConnectionFailure(broken)).toBe(true);
  expect(problemText(broken, t)).toMatch(/ne répond pas en ce moment/);
  expect(isConnectionFailure(new Error('x is undefined'))).toBe(false);
  expect(problemText(new Error('x is undefined'), t)).toMatch(/^Quelque chose s’est mal passé/);
});

test('a kept log line is told in the reader’s language, a cut one is left to the caller', () => {
  const line = new VigieError('disk-full', { path: '/data' }).message;
  expect(keptProblemText(line, t)).toMatch(/^Disque plein\u202f: \/data/);
  expect(keptProblemText(line.slice(0, -3), t)).toBeNull();
  expect(keptProblemText('out of memory', t)).toBeNull();
});
