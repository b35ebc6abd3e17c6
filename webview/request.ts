/** The one line to the host: every request settles, with a result or with an error to show. */

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export const vscode = acquireVsCodeApi();

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const waiting = new Map<number, Waiting>();
let lastId = 0;

/** Makes the request function of one protocol. `onOther` gets every message that is no answer. */
export function requestsTo<Requests extends Record<keyof Requests, { params: unknown; result: unknown }>>(
  onOther: (message: { kind: string }) => void,
): <K extends keyof Requests & string>(
  name: K,
  params: Requests[K]['params'],
) => Promise<Requests[K]['result']> {
  window.addEventListener('message', event => {
    const message = event.data as { kind: string; id?: number; result?: unknown; message?: string };
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (message.id === undefined || !asked) {
      onOther(message);
      return;
    }
    waiting.delete(message.id);
    if (message.kind === 'result') asked.resolve(message.result);
    else asked.reject(new Error(message.message ?? 'The request failed.'));
  });
  return (name, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      vscode.postMessage({ id, name, params });
    });
}
