/** Types for the UI tests, which are TypeScript; the options are described in vscodeServer.mjs. */
export interface ServerOptions {
  readonly extensionDevelopmentPaths?: readonly string[];
  readonly extensionFolders?: readonly string[];
  readonly extensionVsix?: string;
  readonly extensionsDir?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly driver?: boolean;
}

export interface VscodeServer {
  readonly version: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  readonly ended: Promise<unknown>;
  log(): string;
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  writeSettings(changed: Readonly<Record<string, unknown>>): void;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export function startServer(name: string, options?: ServerOptions): Promise<VscodeServer>;
