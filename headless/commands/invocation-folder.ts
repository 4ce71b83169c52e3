import path from 'node:path';

/**
 * The folder that relative paths are meant from. `npm run` starts scripts in the folder of package.json and keeps the one
 * where the person typed in INIT_CWD; that counts only when npm is really what put us here, since the variable is inherited by
 * everything below.
 */
export function invocationFolder(env: Record<string, string | undefined>, cwd: string): string {
  const { INIT_CWD: typedIn, npm_package_json: packageFile } = env;
  return typedIn && packageFile && path.dirname(packageFile) === cwd ? typedIn : cwd;
}
