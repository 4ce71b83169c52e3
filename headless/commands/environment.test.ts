import { describe, expect, it } from 'vitest';
import { createSay } from '../i18n/index.ts';
import { modelReference, settingsFrom } from './environment.ts';

const say = createSay('en');

describe('settings from the environment', () => {
  it.each([
    [{}, {}],
    [{ RISK_THRESHOLD: '0.7' }, { riskThresholdBp: 7000 }],
    [{ RISK_THRESHOLD: '0.29' }, { riskThresholdBp: 2900 }],
    [{ WHISPER_LANGUAGE: 'EN' }, { language: 'en' }],
    [{ WHISPER_MODEL: 'ggml-base' }, { model: 'ggml-base' }],
    [{ WHISPER_MODEL: 'm/ggml.bin' }, { model: '/here/m/ggml.bin' }],
    [{ RISK_THRESHOLD: '', WHISPER_MODEL: '' }, {}],
  ])('%j', (env, settings) => expect(settingsFrom(env, '/here', say)).toEqual(settings));

  it.each([
    [{ RISK_THRESHOLD: '7' }, /RISK_THRESHOLD .*7/],
    [{ RISK_THRESHOLD: 'high' }, /RISK_THRESHOLD .*high/],
    [{ WHISPER_LANGUAGE: 'klingon' }, /WHISPER_LANGUAGE .*klingon/],
  ])('refuses %j by name', (env, message) => expect(() => settingsFrom(env, '/here', say)).toThrow(message));

  it('takes what is written like a path for a path', () => {
    expect(modelReference('./x', '/here')).toBe('/here/x');
    expect(modelReference('x.bin', '/here')).toBe('/here/x.bin');
    expect(modelReference('ggml-vigie-micro', '/here')).toBe('ggml-vigie-micro');
  });
});
