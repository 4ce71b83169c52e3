import packageJson from '../../package.json' with { type: 'json' };

/** Version of this program, as exports and the status bar state it. */
export const version: string = packageJson.version;
