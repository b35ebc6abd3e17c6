/** What a page sends: one request of a protocol, by a number of its own. */
export type RequestOf<Requests extends Record<keyof Requests, { params: unknown }>> = {
  readonly [K in keyof Requests]: {
    readonly id: number;
    readonly name: K;
    readonly params: Requests[K]['params'];
  };
}[keyof Requests];

/** What it gets for each: the result, or one sentence on why there is none. */
export type Answer =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };
