/** What proxies fit into: enough to follow a scene by, small enough to be decoded in a few milliseconds. */
export const proxyBox = { width: 960, height: 540 } as const
