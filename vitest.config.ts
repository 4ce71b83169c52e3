import { defineConfig } from 'vitest/config';

const long = process.env.VIGIE_LONG === '1';

export default defineConfig({
  test: {
    // Real ffmpeg, Whisper and Chromium share two cores: more files at once only makes each slower.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A condition that is waited for may take its time on a busy machine; it is the condition that is tested.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,engine,headless,electron,build,tests,bench}/**/*.test.ts'],
          exclude: ['tests/browser/**', ...(long ? [] : ['**/*.long.test.ts'])],
        },
      },
      { extends: true, test: { name: 'renderer', environment: 'jsdom', include: ['renderer/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'browser', environment: 'node', include: ['tests/browser/**/*.test.ts'] } },
    ],
  },
});
